"""From a hearing to a command, or a refusal with its reason. Pure.

Two tiers: halt phrases act on a partial result that has stood for a while; control phrases act on
the final result. Both are matched whole, for running speech is full of their sounds; only the quick
ones ("stop") may follow one other sound. What the coach itself is saying just then is not obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.phrases import UNKNOWN, Meaning, Phrasebook, normalise
from voicecoach.ports import Hearing
from voicecoach.units import FRAMES_PER_MS, Frame

STAND_QUICK = Frame(180 * FRAMES_PER_MS)
STAND = Frame(600 * FRAMES_PER_MS)
"""How long a halt phrase must stand in the partial result. A word appears there before it has
ended, and so do the halves of others: see ``docs/hearing.md`` for what other values give."""

STALE = Frame(1500 * FRAMES_PER_MS)
"""A word that ended longer ago than this is no command any more: endpoints come within 700 ms."""

SLACK = Frame(300 * FRAMES_PER_MS)
"""How far from its estimated place in a clip a word is still taken for the coach's own: words are
placed by their share of the letters, which is off by up to this, plus delay and reverberation."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line of the coach that sounds or has just sounded."""

    text: str
    start: Frame
    end: Frame


@dataclass(frozen=True, slots=True)
class Accepted:
    """A command to obey."""

    phrase: str
    meaning: Meaning
    hearing: Hearing


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that was heard and is not obeyed.

    `why` is "not a phrase", "echo", "repeated" or "late".
    """

    why: str
    hearing: Hearing


class Judge:
    """Decides about hearings, one utterance after the other."""

    def __init__(self, book: Phrasebook) -> None:
        self._book = book
        self._live: frozenset[str] = frozenset()
        self._standing: tuple[str, Frame] | None = None
        self._fired: Accepted | None = None

    def listen(self, phrases: frozenset[str]) -> None:
        """Make exactly these phrases live."""
        self._live = phrases
        self._standing = None

    def consider(
        self, hearing: Hearing, spoken: Sequence[Spoken] = ()
    ) -> Accepted | Refused | None:
        """Return what follows from `hearing`; None for partial results that decide nothing."""
        if hearing.final:
            self._standing = None
            return self._final(hearing, spoken)
        return self._partial(hearing, spoken)

    def _partial(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | None:
        phrase = self._halting(hearing.text)
        if phrase is None or _echo(phrase, hearing, spoken):
            self._standing = None
            return None
        if self._standing is None or self._standing[0] != phrase:
            self._standing = (phrase, hearing.decided)
            return None
        stand = STAND_QUICK if phrase in self._book.quick else STAND
        if hearing.decided - self._standing[1] < stand or self._again(phrase, hearing):
            return None
        return self._fire(phrase, hearing)

    def _final(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | Refused | None:
        words = hearing.text.split()
        if not [word for word in words if word != UNKNOWN]:
            return Refused("not a phrase", hearing) if words else None
        phrase = hearing.text if hearing.text in self._live else self._halting(hearing.text)
        if phrase is None:
            return Refused("not a phrase", hearing)
        if self._again(phrase, hearing):
            return Refused("repeated", hearing)
        if hearing.decided - hearing.end > STALE:
            return Refused("late", hearing)
        if _echo(phrase, hearing, spoken):
            return Refused("echo", hearing)
        return self._fire(phrase, hearing)

    def _fire(self, phrase: str, hearing: Hearing) -> Accepted:
        self._fired = Accepted(phrase, self._book.meanings[phrase], hearing)
        return self._fired

    def _again(self, phrase: str, hearing: Hearing) -> bool:
        """Tell whether this is the utterance that was obeyed already, heard to its end."""
        fired = self._fired
        if fired is None or hearing.start > fired.hearing.end:
            return False
        return self._book.meanings[phrase].command is fired.meaning.command

    def _halting(self, text: str) -> str | None:
        """Return the live halt phrase that `text` is, or a quick one after one other sound."""
        last = text.split()[-1]
        if last in self._book.quick and last in self._live and text.count(" ") <= 1:
            return last
        return text if text in self._live and self._book.halting(text) else None


def _echo(phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
    """Tell whether the coach was saying every word of `phrase` when it was heard."""
    return any(_says(line, phrase, hearing) for line in spoken)


def _says(line: Spoken, phrase: str, hearing: Hearing) -> bool:
    letters = f" {normalise(line.text)} "
    pace = (line.end - line.start) / len(letters)
    at = letters.find(f" {phrase} ")
    while at >= 0:
        start = line.start + at * pace - SLACK
        end = line.start + (at + len(phrase)) * pace + SLACK
        if hearing.start < end and hearing.end > start:
            return True
        at = letters.find(f" {phrase} ", at + 1)
    return False
