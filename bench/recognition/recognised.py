"""A recogniser with the program's own judge behind it, and what comes of a stream."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bench.english import BOOK
from bench.recognition.live import ALL
from voicecoach.app.recognise import HUSHED, Line, Recognition
from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Hearing
from voicecoach.dialog.states import State
from voicecoach.ports import Recogniser
from voicecoach.units import BLOCK, RATE

SWEPT = frozenset({"unsure", "noise"})
"""Refusals for want of certainty: at another threshold these would be obeyed."""


@dataclass(frozen=True)
class Decision:
    """Something obeyed, or nearly; times in seconds of the stream."""

    phrase: str
    start_s: float
    end_s: float
    decided_s: float
    score: float
    """0 to 1: how sure the system was."""
    why: str | None
    """None: obeyed. `HUSHED`: the coach goes quiet. Else the reason of the refusal, of `SWEPT`."""


def certainty(phrase: str, hearing: Hearing) -> float:
    """Return how sure the recogniser was of `phrase`: the one place that knows the field.

    With a verifier, what it gives to the phrase, or does not give to noise and other words; without
    one the recogniser's confidence, which is relative to the live phrases.
    """
    look = hearing.look
    if look is None:
        return hearing.confidence
    share = look.of(phrase)
    return 1 - max(look.noise, look.best[1]) if share is None else share


def said(text: str) -> str:
    """Return the phrase in a text that was heard: the last of its words that is one, where another
    sound or a word such as "please" stands beside it.
    """
    words = (word for word in reversed(text.split()) if word in BOOK.meanings)
    return text if text in BOOK.meanings else next(words, text)


class _Overheard:
    """A recogniser that keeps its hearings: a line of an recognition has no score."""

    def __init__(self, recogniser: Any) -> None:
        self._recogniser, self.heard = recogniser, list[Hearing]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._recogniser, name)

    def restart(self) -> None:
        self.heard = []
        self._recogniser.restart()

    def feed(self, block: Samples) -> list[Hearing]:
        return self._keep(self._recogniser.feed(block))

    def flush(self) -> list[Hearing]:
        return self._keep(self._recogniser.flush())

    def _keep(self, hearings: list[Hearing]) -> list[Hearing]:
        self.heard += hearings
        return hearings

    def of(self, line: Line) -> Hearing:
        """Return the hearing of a line."""
        same = [h for h in self.heard if round(h.decided / RATE, 3) == line["decided"]]
        return next((h for h in same if round(h.start / RATE, 3) == line["start"]), same[-1])


class Recognised:
    """Any recogniser with the program's own judge behind them."""

    name = ""

    def load(self) -> None:
        """Load the recogniser."""
        self._recogniser = _Overheard(self._make())

    def listen(self, live: str) -> None:
        """Make the phrases of a state live, or all."""
        recogniser: Any = self._recogniser
        self._recognition = Recognition(recogniser, BOOK, None if live == ALL else State(live))

    def hear(self, samples: Samples) -> list[Decision]:
        """Return what is obeyed, what hushes, and what is refused for want of certainty."""
        blocks = (samples[at : at + BLOCK] for at in range(0, len(samples), BLOCK))
        lines = list(self._recognition.stream(blocks))
        return [self._decision(line) for line in lines if line["why"] in (None, HUSHED, *SWEPT)]

    def _decision(self, line: Line) -> Decision:
        phrase = said(line["text"])
        score = certainty(phrase, self._recogniser.of(line))
        times = line["start"], line["end"], line["decided"]
        return Decision(phrase, *times, round(score, 4), line["why"])

    def _make(self) -> Recogniser:
        raise NotImplementedError
