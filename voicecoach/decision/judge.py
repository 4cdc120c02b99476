"""From a hearing to a command, or a refusal with its reason. Pure.

Two tiers: halt phrases act on a partial result that has been stable for a while; control phrases
act on the final result. Both are matched whole, since running speech is full of their sounds; only
the quick ones ("stop") may follow one other sound. A phrase that the coach itself is saying is
refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.decision.evidence import (
    DISTINCT_DB,
    EARLY,
    LATE,
    higher_number,
    may_be_halt,
    missed_word,
    objection,
)
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import Meaning, Phrasebook
from voicecoach.units import FRAMES_PER_MS, Frame

STAND_QUICK = Frame(120 * FRAMES_PER_MS)
STAND = Frame(420 * FRAMES_PER_MS)
"""Frames for which the partial result must keep a halt phrase. A word appears there before it has
ended, and so do parts of other words: see ``docs/hearing.md`` for the effect of other values."""

STALE = Frame(1500 * FRAMES_PER_MS)
"""Age from which a word is no longer obeyed: endpoints come within 700 ms."""

SLACK = Frame(300 * FRAMES_PER_MS)
"""Tolerance of the place of a word in a clip of the coach: words are placed by their share of the
letters, which is wrong by up to this, with delay and reverberation."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line that the coach is speaking or has just spoken."""

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
    """A hearing that is not obeyed.

    `why` is "not a phrase", "unsure" (the second look found something else), "noise", "echo",
    "repeated" or "late".
    """

    why: str
    hearing: Hearing
    near_halt: bool = False
    """Whether it was loud and may have been a halt word, so that the coach asks."""


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
        """Decide about `hearing`, given the lines of the coach; None if there is nothing to
        decide.
        """
        if hearing.final:
            self._standing = None
            return self._final(hearing, spoken)
        return self._partial(hearing, spoken)

    def _partial(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | None:
        phrase = self._halting(hearing.text)
        if phrase is None or self._echo(phrase, hearing, spoken):
            self._standing = None
            return None
        if self._standing is None or self._standing[0] != phrase:
            self._standing = (phrase, hearing.decided)
            return None
        stand = _stand(phrase, self._book)
        if hearing.decided - self._standing[1] < stand or self._again(phrase, hearing):
            return None
        if objection(phrase, hearing.look, EARLY, _over(hearing, spoken)):
            return None
        return self._fire(phrase, hearing)

    def _final(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | Refused | None:
        if not hearing.text:
            return None
        over = _over(hearing, spoken)
        phrase = hearing.text if hearing.text in self._live else self._halting(hearing.text, True)
        wanted = self._book.quick & self._live if over else self._live
        phrase = missed_word(phrase, hearing, wanted) or phrase
        why = self._objection(phrase, hearing, over) if phrase else "not a phrase"
        if phrase is None or why:
            halts = filter(self._book.halting, self._live)
            return Refused(why or "", hearing, may_be_halt(hearing, halts))
        if self._again(phrase, hearing):
            return Refused("repeated", hearing)
        if hearing.decided - hearing.end > STALE:
            return Refused("late", hearing)
        if self._echo(phrase, hearing, spoken):
            return Refused("echo", hearing)
        return self._fire(higher_number(phrase, hearing.look, self._numbers()), hearing)

    def _objection(self, phrase: str, hearing: Hearing, over: bool) -> str | None:
        """Return why the final result `phrase` is refused, if it is; `over`: the coach spoke."""
        halting = self._book.halting(phrase)
        if not halting and hearing.above_db < DISTINCT_DB:
            return "noise"
        return objection(phrase, hearing.look, EARLY if over and not halting else LATE, over)

    def _numbers(self) -> dict[str, int]:
        found = {phrase: self._book.meanings[phrase].number for phrase in self._live}
        return {phrase: number for phrase, number in found.items() if number is not None}

    def _fire(self, phrase: str, hearing: Hearing) -> Accepted:
        self._fired = Accepted(phrase, self._book.meanings[phrase], hearing)
        return self._fired

    def _again(self, phrase: str, hearing: Hearing) -> bool:
        """Return whether this is the rest of an utterance that was obeyed already."""
        fired = self._fired
        if fired is None or hearing.start > fired.hearing.end:
            return False
        return self._book.meanings[phrase].command is fired.meaning.command

    def _echo(self, phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
        """Return whether the coach was saying `phrase`, or a word that begins with it, just
        then.
        """
        return any(_says(line, self._book.sounding(line.text), phrase, hearing) for line in spoken)

    def _halting(self, text: str, final: bool = False) -> str | None:
        """Return `text` if it is a live halt phrase, or its last word after one other sound; else
        None.

        That word must be a quick one, unless it is final: "it hurts" may be heard as "it's hurts".
        """
        *before, last = text.split()
        may_follow = self._book.halting(last) if final else last in self._book.quick
        if len(before) == 1 and may_follow and last in self._live:
            return last
        return text if text in self._live and self._book.halting(text) else None


def stands(book: Phrasebook) -> dict[str, int]:
    """Return for each halt phrase how many frames the partial result must keep it."""
    return {phrase: _stand(phrase, book) for phrase in book.meanings if book.halting(phrase)}


def _stand(phrase: str, book: Phrasebook) -> Frame:
    return STAND_QUICK if phrase in book.quick else STAND


def _over(hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
    """Return whether the coach spoke during this hearing."""
    return any(line.start < hearing.end and hearing.start < line.end + SLACK for line in spoken)


def _says(line: Spoken, words: str, phrase: str, hearing: Hearing) -> bool:
    letters = f" {words} "
    pace = (line.end - line.start) / len(letters)
    at = letters.find(f" {phrase}")  # "Stopped." begins with "stop", and is heard so at first
    while at >= 0:
        start = line.start + at * pace - SLACK
        end = line.start + (at + len(phrase)) * pace + SLACK
        if hearing.start < end and hearing.end > start:
            return True
        at = letters.find(f" {phrase}", at + 1)
    return False
