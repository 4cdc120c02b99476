"""The phone set, its numbers, and the network's outputs (pdfs).

Each phone has two outputs, its first frame and the rest (the topology of Kaldi's chain models);
silence and noise have one. A word in OWN_PHONE_WORDS has phones of its own: enough people say it
in the training data for the network to learn the word apart from the same sounds elsewhere.
"""

BASE = (
    "AA",
    "AE",
    "AH",
    "AO",
    "AW",
    "AY",
    "B",
    "CH",
    "D",
    "DH",
    "EH",
    "ER",
    "EY",
    "F",
    "G",
    "HH",
    "IH",
    "IY",
    "JH",
    "K",
    "L",
    "M",
    "N",
    "NG",
    "OW",
    "OY",
    "P",
    "R",
    "S",
    "SH",
    "T",
    "TH",
    "UH",
    "UW",
    "V",
    "W",
    "Y",
    "Z",
    "ZH",
)
SIL, NSN = "SIL", "NSN"
OWN_PHONE_WORDS: dict[str, tuple[str, ...]] = {
    "stop": ("S", "T", "AA", "P"),
    "go": ("G", "OW"),
    "yes": ("Y", "EH", "S"),
    "no": ("N", "OW"),
}
MERGED = {("stop", "AO"): "AA"}  # a word's own phones are shared by its pronunciations


def own_phone(phone: str, word: str) -> str:
    """The name of a word's own copy of a phone, "S.stop"; base phones for other words."""
    phone = MERGED.get((word, phone), phone)
    return f"{phone}.{word}" if word in OWN_PHONE_WORDS else phone


OWN = tuple(own_phone(p, w) for w, phones in OWN_PHONE_WORDS.items() for p in phones)
SPEECH = BASE + OWN
PDF_FIRST: dict[str, int] = {SIL: 0, NSN: 1} | {p: 2 + 2 * i for i, p in enumerate(SPEECH)}
PDF_REST: dict[str, int] = {SIL: 0, NSN: 1} | {p: 3 + 2 * i for i, p in enumerate(SPEECH)}
PDFS = 2 + 2 * len(SPEECH)

# Vosk takes word times from the position of phones in words: begin, end, internal, singleton.
POSITIONS = ("B", "E", "I", "S")
GRAPH_PHONES = (SIL, NSN, *tuple(f"{p}_{pos}" for p in SPEECH for pos in POSITIONS))
PHONE_ID = {name: i + 1 for i, name in enumerate(GRAPH_PHONES)}


def positions(count: int) -> list[str]:
    """Position letters of a word of `count` phones."""
    return ["S"] if count == 1 else ["B"] + ["I"] * (count - 2) + ["E"]
