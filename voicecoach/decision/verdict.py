"""What a judge decides, and what it must know of the coach's own voice: values."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import Meaning
from voicecoach.units import Frame


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of a line, and when it sounds."""

    text: str
    start: Frame
    end: Frame


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that the coach is speaking or has just spoken."""

    text: str
    start: Frame
    end: Frame
    words: tuple[SpokenWord, ...] = ()
    """Its words, if the voice tells when each sounds."""

    def cut(self, at: Frame) -> Spoken:
        """Return what was said of it before `at`: its later words are not the coach's."""
        share = (at - self.start) / max(1, self.end - self.start)
        words = tuple(word for word in self.words if word.start < at)
        return Spoken(self.text[: round(len(self.text) * share)], self.start, at, words)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A command to obey."""

    phrase: str
    """The form that was said, without what stands around it."""
    meaning: Meaning
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Refused:
    """A hearing that is not obeyed.

    `why` is "not a phrase", "unsure" (the second look found something else), "noise", "echo",
    "repeated" or "late". The conductor adds one, for what another program may not ask for.
    """

    why: str
    hearing: Hearing
    near_halt: bool = False
    """Whether it was loud and may have been a halt word, so that the coach asks."""
    distinct: bool = False
    """Whether it was speech, short, and stood out of a quiet room."""
    hushed: bool = False
    """Whether the coach is quiet because of it."""
    for_help: bool = False
    """Whether that halt word calls for help, so that the coach asks about that."""


@dataclass(frozen=True, slots=True)
class Hushed:
    """What sounds like a halt word and may not be over yet: the coach must be quiet at once."""

    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Released:
    """What the coach went quiet for was no halt word: a second look is sure."""

    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What the coach went quiet for may have been a halt word: the coach must ask."""

    hearing: Hearing
    for_help: bool = False
    """Whether it calls for help."""


Verdict = Accepted | Refused | Hushed | Released | Doubtful
