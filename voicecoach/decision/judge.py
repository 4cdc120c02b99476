"""From a hearing to a command, or a refusal with its reason. Pure.

Two tiers: halt phrases act on a partial result that has stood for a while; control phrases act on
the final result. Both are matched whole, for running speech is full of their sounds; only the quick
ones ("stop") may follow one other sound. What the coach itself is saying just then is not obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.decision.evidence import DISTINCT_DB, EARLY, LATE, doubt, higher, missed, near
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import Meaning, Phrasebook
from voicecoach.units import FRAMES_PER_MS, Frame

STAND_QUICK = Frame(120 * FRAMES_PER_MS)
STAND = Frame(420 * FRAMES_PER_MS)
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

    `why` is "not a phrase", "unsure" (the second look found something else), "noise", "echo",
    "repeated" or "late".
    """

    why: str
    hearing: Hearing
    near_halt: bool = False
    """Whether it was loud and may have been a halt word: worth a question."""


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
        if phrase is None or self._echo(phrase, hearing, spoken):
            self._standing = None
            return None
        if self._standing is None or self._standing[0] != phrase:
            self._standing = (phrase, hearing.decided)
            return None
        stand = _stand(phrase, self._book)
        if hearing.decided - self._standing[1] < stand or self._again(phrase, hearing):
            return None
        if doubt(phrase, hearing.look, EARLY, _over(hearing, spoken)):
            return None
        return self._fire(phrase, hearing)

    def _final(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | Refused | None:
        if not hearing.text:
            return None
        over = _over(hearing, spoken)
        phrase = hearing.text if hearing.text in self._live else self._halting(hearing.text, True)
        wanted = self._book.quick & self._live if over else self._live
        phrase = missed(phrase, hearing, wanted) or phrase
        why = self._doubt(phrase, hearing, over) if phrase else "not a phrase"
        if phrase is None or why:
            halts = filter(self._book.halting, self._live)
            return Refused(why or "", hearing, near(hearing, halts))
        if self._again(phrase, hearing):
            return Refused("repeated", hearing)
        if hearing.decided - hearing.end > STALE:
            return Refused("late", hearing)
        if self._echo(phrase, hearing, spoken):
            return Refused("echo", hearing)
        return self._fire(higher(phrase, hearing.look, self._numbers()), hearing)

    def _doubt(self, phrase: str, hearing: Hearing, over: bool) -> str | None:
        """Return why the final result `phrase` is not believed; `over`: the coach spoke."""
        halting = self._book.halting(phrase)
        if not halting and hearing.above_db < DISTINCT_DB:
            return "noise"
        return doubt(phrase, hearing.look, EARLY if over and not halting else LATE, over)

    def _numbers(self) -> dict[str, int]:
        found = {phrase: self._book.meanings[phrase].number for phrase in self._live}
        return {phrase: number for phrase, number in found.items() if number is not None}

    def _fire(self, phrase: str, hearing: Hearing) -> Accepted:
        self._fired = Accepted(phrase, self._book.meanings[phrase], hearing)
        return self._fired

    def _again(self, phrase: str, hearing: Hearing) -> bool:
        """Tell whether this is the utterance that was obeyed already, heard to its end."""
        fired = self._fired
        if fired is None or hearing.start > fired.hearing.end:
            return False
        return self._book.meanings[phrase].command is fired.meaning.command

    def _echo(self, phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
        """Tell whether the coach was saying `phrase`, or a word that begins so, when it came."""
        return any(_says(line, self._book.sounding(line.text), phrase, hearing) for line in spoken)

    def _halting(self, text: str, final: bool = False) -> str | None:
        """Return the live halt phrase that `text` is, or a single word after one other sound.

        That word is a quick one, or any when it is final: "it hurts" may be heard as "it's hurts".
        """
        *before, last = text.split()
        may_follow = self._book.halting(last) if final else last in self._book.quick
        if len(before) == 1 and may_follow and last in self._live:
            return last
        return text if text in self._live and self._book.halting(text) else None


def stands(book: Phrasebook) -> dict[str, int]:
    """Return the halt phrases, and for how many frames each must stand in the partial result."""
    return {phrase: _stand(phrase, book) for phrase in book.meanings if book.halting(phrase)}


def _stand(phrase: str, book: Phrasebook) -> Frame:
    return STAND_QUICK if phrase in book.quick else STAND


def _over(hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
    """Tell whether the coach spoke while this was heard."""
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
