"""The baseline: pocketsphinx with the same phrases and a loop of phones for all other sounds.

It takes the place of the program's recogniser (the port `Recogniser`), so the same blocks go in and
the same judge decides. Its own voice activity detector cuts the utterances.
"""

from __future__ import annotations

from typing import Any

from bench.recognition.endpointer import Endpointer
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.units import FRAMES_PER_MS, RATE, Frame

STEP = 60 * FRAMES_PER_MS
"""Frames between two looks at the partial result."""

LONGEST = 4 * RATE
"""Frames of the longest utterance that can be a phrase. A longer one is not decoded to the end: its
lattice of phones can take minutes."""

PHONES = (
    "AA", "AE", "AH", "AO", "AW", "AY", "B", "CH", "D", "DH", "EH", "ER", "EY", "F", "G", "HH",
    "IH", "IY", "JH", "K", "L", "M", "N", "NG", "OW", "OY", "P", "R", "S", "SH", "T", "TH",
    "UH", "UW", "V", "W", "Y", "Z", "ZH",
)  # fmt: skip

FURTHER = (
    ("nought", "N AO T"),
    ("glute", "G L UW T"),
    ("glutes", "G L UW T S"),
    ("shins", "SH IH N Z"),
    ("favourites", "F EY V R IH T S"),
)
"""Words of the phrases that the package's dictionary lacks."""

OTHER = "garbage"
"""How the words of the phone loop begin."""

INSERTION, GARBAGE = 1e-2, 0.5
"""The filler's cost: the penalty of one more word (every phone of the loop is one), and the share
of the loop against all phrases. Taken as a fair middle of what was tried on 120 commands and
0.13 h of speech, of speakers that are not measured: 55 % right, 7.5 % confused, 71 false accepts an
hour. Stronger fillers gave 42 % right and 39 an hour (0.03, 0.5), 44 % and 102 (0.65, 1e-18), 27 %
and 8 (0.65, 1e-10); weaker ones 58 % and 189 (1e-3, 0.5), 65 % and 456 (0.65, 1e-30)."""


def grammar(phrases: frozenset[str], filler: float = GARBAGE) -> str:
    """Return the JSGF: one phrase, or any phones; `filler` is the share of these, 0 to 1."""
    loop = " | ".join(map(_other, PHONES))
    said = " | ".join(sorted(phrases))
    return (
        "#JSGF V1.0;\ngrammar coach;\n"
        f"public <heard> = /{1 - filler}/ <phrase> | /{filler}/ <other>+;\n"
        f"<phrase> = {said};\n<other> = {loop};\n"
    )


class PocketsphinxRecogniser:
    """The `Recogniser` port by pocketsphinx.

    `missing`: phrases with a word its dictionary lacks.
    """

    def __init__(self, filler: float = GARBAGE, **settings: Any) -> None:
        import pocketsphinx  # type: ignore[import-untyped]

        self._filler, self._endpointer = filler, Endpointer()
        chosen = {"lm": None, "wip": INSERTION, "loglevel": "FATAL"} | settings
        self._decoder: Any = pocketsphinx.Decoder(**chosen)
        for word, phones in (*FURTHER, *((_other(phone), phone) for phone in PHONES)):
            self._decoder.add_word(word, phones, False)
        self._phrases: frozenset[str] = frozenset()
        self.missing: list[str] = []
        self._cmn = self._decoder.get_cmn()
        self._renew(Frame(0))

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases live."""
        if phrases == self._phrases:
            return
        self._break_off()
        self._phrases = phrases
        known = self._decoder.lookup_word
        self.missing = sorted(p for p in phrases if not all(known(w) for w in p.split()))
        self._decoder.add_jsgf_string("coach", grammar(phrases - set(self.missing), self._filler))
        self._decoder.activate_search("coach")

    def restart(self) -> None:
        """Forget everything heard, the level of the voice too: the order must not matter."""
        self._break_off()
        self._decoder.set_cmn(self._cmn)
        self._renew(Frame(0))

    def feed(self, block: Samples) -> list[Hearing]:
        """Take int16 samples of any length; decode what the detector takes for speech."""
        return [found for speech in self._endpointer.feed(block) for found in self._piece(speech)]

    def flush(self) -> list[Hearing]:
        """Close what is open and return it."""
        heard = self._piece(self._endpointer.finish())
        self._renew(self._endpointer.fed)
        return heard

    def _renew(self, origin: Frame) -> None:
        """Begin with a fresh detector, whose clock is 0 at `origin`."""
        self._endpointer.renew(origin)
        self._looked, self._open, self._began = origin, False, origin

    def _break_off(self) -> None:
        if self._open:
            self._decoder.end_utt()
            self._open = False

    def close(self) -> None:
        """Free the decoder."""
        self._decoder = None

    def _piece(self, speech: bytes | None) -> list[Hearing]:
        if not speech or not self._phrases:  # the last frame of a stream may be empty
            return self._end() if self._open else []
        if not self._open:
            self._decoder.start_utt()
            self._open = True
            self._began = self._endpointer.start
        self._decoder.process_raw(speech)
        if not self._endpointer.in_speech:
            return self._end()
        return self._partial()

    def _partial(self) -> list[Hearing]:
        now = self._endpointer.fed
        if now - self._looked < STEP:
            return []
        self._looked = now
        text = self._heard()
        return [Hearing(text, self._began, now, now, final=False)] if text else []

    def _end(self) -> list[Hearing]:
        text, now = self._heard(), self._endpointer.fed
        self._decoder.end_utt()
        self._open = False
        if now - self._began > LONGEST:
            text = UNKNOWN
        if text != UNKNOWN:
            text = self._heard()
        if not text:
            return []
        end = self._endpointer.end
        sure = 0.0 if text == UNKNOWN else self._confidence()
        return [Hearing(text, self._began, end, now, True, sure)]

    def _heard(self) -> str:
        best = self._decoder.hyp()
        words = best.hypstr.split() if best else []
        if any(word.startswith(OTHER) for word in words):
            return UNKNOWN
        return " ".join(words)

    def _confidence(self) -> float:
        return float(min(1.0, self._decoder.get_logmath().exp(self._decoder.hyp().prob)))


def _other(phone: str) -> str:
    return f"{OTHER}{phone.lower()}"
