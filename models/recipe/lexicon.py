"""The pronunciation lexicon: one word and its phones a line of `lexicon.txt`, a line per variant.

The file may be edited by hand. `extend` appends what the phrase lists and the program's language
file need, with pronunciations from the CMU dictionary that the pocketsphinx package carries.
"""

import re
from pathlib import Path

from voicecoach.language.loader import load_language
from voicecoach.language.phrasebook import Command

from .phones import OWN_PHONE_WORDS, PDF_FIRST, own_phone

HERE = Path(__file__).parent
LEXICON = HERE / "lexicon.txt"
WORD = re.compile(r"[a-z][a-z']*")

# Ways of saying a word that the dictionary lacks, and names among the recordings.
EXTRA: dict[str, tuple[str, ...]] = {
    "ouch": ("AW CH",),
    "ow": ("AW",),
    "yep": ("Y EH P",),
    "nope": ("N OW P",),
    "nought": ("N AO T",),
    "oh": ("OW",),
    "a": ("AH", "EY"),
    "can't": ("K AE N T", "K AA N T", "K AE N"),
    "half": ("HH AE F", "HH AA F"),
    "pardon": ("P AA R D AH N", "P AA D AH N"),
    "start": ("S T AA R T", "S T AA T"),
    "hard": ("HH AA R D", "HH AA D"),
    "harder": ("HH AA R D ER", "HH AA D AH"),
    "sharp": ("SH AA R P", "SH AA P"),
    "stop": ("S T AA P", "S T AO P"),
    "popped": ("P AA P T", "P AO P T"),
    "faster": ("F AE S T ER", "F AA S T AH"),
    "fast": ("F AE S T", "F AA S T"),
    "slower": ("S L OW ER", "S L OW AH"),
    "easier": ("IY Z IY ER", "IY Z IY AH"),
    "louder": ("L AW D ER", "L AW D AH"),
    "quieter": ("K W AY AH T ER", "K W AY AH T AH"),
    "gentler": ("JH EH N T L ER", "JH EH N T AH L ER", "JH EH N T L AH"),
    "longer": ("L AO NG G ER", "L AO NG G AH"),
    "shorter": ("SH AO R T ER", "SH AO T AH"),
    "four": ("F AO R", "F AO"),
    "more": ("M AO R", "M AO"),
    "sure": ("SH UH R", "SH AO"),
    "never": ("N EH V ER", "N EH V AH"),
    "shoulder": ("SH OW L D ER", "SH OW L D AH"),
    "hurts": ("HH ER T S",),
    "burning": ("B ER N IH NG",),
    "where": ("W EH R", "W EH"),
    "pause": ("P AO Z",),
    "twenty": ("T W EH N T IY", "T W EH N IY"),
    "okay": ("OW K EY", "K EY"),
    "zero": ("Z IH R OW", "Z IY R OW"),
    "snowboy": ("S N OW B OY",),
    "chatterbox": ("CH AE T ER B AA K S",),
    "alexa": ("AH L EH K S AH",),
    "athena": ("AH TH IY N AH",),
    "amelia": ("AH M IY L Y AH", "AH M IY L IY AH"),
    "glute": ("G L UW T",),
    "tingly": ("T IH NG G L IY",),
    "unpause": ("AH N P AO Z",),
    "am": ("AE M",),
    "an": ("AH N", "AE N"),
    "glutes": ("G L UW T S",),
    "shins": ("SH IH N Z",),
    "forearm": ("F AO R AA R M", "F AO AA M"),
    "hear": ("HH IH R", "HH IY R"),
    "you're": ("Y UH R", "Y UW R", "Y AO R", "Y AO"),
    "unwell": ("AH N W EH L",),
    "herniated": ("HH ER N IY EY T IH D",),
    "favourite": ("F EY V R IH T", "F EY V ER IH T"),
    "favourites": ("F EY V R IH T S", "F EY V ER IH T S"),
}


def words_of(path: Path) -> list[str]:
    """Every word of a text file, without comment lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [w for line in lines if not line.startswith("#") for w in WORD.findall(line.lower())]


def language_phrases(path: Path) -> list[str]:
    """What the recogniser listens for in a language, given its phrase file."""
    book = load_language(path.parent.name, path.parent.parent).phrasebook
    return sorted(book.grammar(Command) | book.further)


def phrases(language: Path | None) -> list[str]:
    """All phrases to listen for: `phrases.txt` and the language file, each once."""
    lines = (HERE / "phrases.txt").read_text(encoding="utf-8").splitlines()
    listed = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    extra = language_phrases(language) if language and language.exists() else []
    return list(dict.fromkeys(listed + extra))


def dictionary() -> dict[str, list[str]]:
    """The CMU dictionary of the pocketsphinx package: word -> pronunciations."""
    from pocketsphinx import get_model_path

    found: dict[str, list[str]] = {}
    path = Path(get_model_path("en-us/cmudict-en-us.dict"))
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, phones = line.partition(" ")
        found.setdefault(re.sub(r"\(\d+\)$", "", word), []).append(phones.strip())
    return found


def load(path: Path = LEXICON) -> dict[str, list[list[str]]]:
    """Read the lexicon: word -> list of pronunciations (lists of phones)."""
    found: dict[str, list[list[str]]] = {}
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                word, *phones = line.split()
                found.setdefault(word, []).append(phones)
    return found


def decoding(lexicon: dict[str, list[list[str]]]) -> dict[str, list[list[str]]]:
    """The lexicon of the graph: words with phones of their own use those, and the usual ones too:
    the network learned its own phones from the word said alone, the usual ones in sentences."""
    out = dict(lexicon)
    for word in OWN_PHONE_WORDS:
        if word in lexicon:
            prons = [tuple(own_phone(p, word) for p in pron) for pron in lexicon[word]]
            out[word] = [list(pron) for pron in dict.fromkeys(prons)] + lexicon[word]
    return out


def outputs() -> dict[str, list[list[int]]]:
    """The same by the network's outputs for the first frame of each phone, for the verifier."""
    prons = decoding(load())
    return {word: [[PDF_FIRST[p] for p in pron] for pron in ways] for word, ways in prons.items()}


def ordinary(language: Path | None) -> list[list[str]]:
    """Pronunciations of words that no phrase has, and that sound like none that a phrase has."""
    have = load()
    spoken = {w for p in phrases(language) for w in p.split()}
    taken = {tuple(p) for w in spoken for p in have.get(w, [])}
    rest = [p for w in sorted(set(have) - spoken) for p in have[w]]
    unique = dict.fromkeys(tuple(p) for p in rest if len(p) > 1)
    return [list(p) for p in unique if p not in taken]


def extend(language: Path | None, path: Path = LEXICON) -> list[str]:
    """Append the words that the lists need and the lexicon lacks; return words without a known
    pronunciation."""
    have, known = load(path), dictionary()
    wanted = {w for p in phrases(language) for w in p.split()}
    wanted |= set(words_of(HERE / "words.txt")) | set(words_of(HERE / "sentences.txt"))
    unknown: list[str] = []
    for word in sorted(wanted - set(have)):
        prons = list(EXTRA.get(word, ())) or known.get(word, [])
        have[word] = [p.split() for p in prons]
        if not prons:
            unknown.append(word)
    lines = ["# word phones... (ARPAbet); one line a variant. Hand edits are kept."]
    lines += [f"{w} {' '.join(p)}" for w in sorted(have) for p in have[w]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return unknown
