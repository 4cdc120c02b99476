"""From a hearing to a command, or a refusal with its reason. Pure.

Two tiers: halt phrases act on a partial result that has stood for a while; control phrases act on
the final result. Both are matched whole, for running speech is full of their sounds; only the quick
ones ("stop") may follow one other sound. What the coach itself is saying just then is not obeyed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.phrases import Meaning, Phrasebook
from voicecoach.ports import Hearing, Look
from voicecoach.units import FRAMES_PER_MS, Frame

STAND_QUICK = Frame(120 * FRAMES_PER_MS)
STAND = Frame(420 * FRAMES_PER_MS)
"""How long a halt phrase must stand in the partial result. A word appears there before it has
ended, and so do the halves of others: see ``docs/hearing.md`` for what other values give."""

STALE = Frame(1500 * FRAMES_PER_MS)
"""A word that ended longer ago than this is no command any more: endpoints come within 700 ms."""

LIKELY, CERTAIN, NOISY = 0.2, 0.6, 0.2
"""Of a verifier's look: how likely a word must be to be obeyed, to be put in place of what the
recogniser heard, and how likely noise must be to speak against any phrase. Of 925 words that were
heard right (held-out people in quiet, at 10 dB and in rooms, and synthetic voices) none was taken
for noise by more than 0.17."""

LATE = (-1.6, -5.5)
"""Below these, on average or in its weakest phone, a phrase that the verifier has no class for fits
its sound too badly."""

EARLY = (-0.8, -3.0)
"""Below these it is not obeyed before it is final. Of 247 human words that were heard right, one in
ten and one in thirty are worse; they are obeyed 200 ms later. While the coach speaks a control
phrase has to fit as well, or the coach's own words are among them."""

LIKELY_OVER = 0.5
"""How likely a word must be while the coach speaks. Of 223 people's stops over its voice (echo
+6 dB) 202 are obeyed as with `LIKELY`, of 200 with clocks 50 ppm apart 179 instead of 182; without
a user it no longer takes a "slowly" of its own for a stop (1.6 h, 2026-11-21)."""

OTHER_OVER = 0.35
"""How likely a word has to be there to speak against a phrase that the verifier has no class for,
while the coach speaks. Of 64 halt phrases of synthetic voices in quiet none holds one over 0.2."""

DISTINCT_DB = 6.0
"""A control phrase that is less above what was before it comes out of running speech or noise."""

NEAR, LOUD_DB = 0.15, 12.0
"""How likely, and how far above the quiet, a refused halt word must be to be asked about."""

RIVAL = 0.25
"""How likely a second number must be for the higher of the two to count."""

SHORT = Frame(1200 * FRAMES_PER_MS)
"""A longer stretch is no single word."""

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
        if _doubt(phrase, hearing.look, EARLY, _over(hearing, spoken)):
            return None
        return self._fire(phrase, hearing)

    def _final(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | Refused | None:
        if not hearing.text:
            return None
        phrase = hearing.text if hearing.text in self._live else self._halting(hearing.text)
        phrase = self._missed(phrase, hearing, _over(hearing, spoken)) or phrase
        doubt = self._final_doubt(phrase, hearing, spoken) if phrase else "not a phrase"
        if phrase is None or doubt:
            return Refused(doubt or "", hearing, self._near_halt(hearing))
        if self._again(phrase, hearing):
            return Refused("repeated", hearing)
        if hearing.decided - hearing.end > STALE:
            return Refused("late", hearing)
        if self._echo(phrase, hearing, spoken):
            return Refused("echo", hearing)
        return self._fire(self._higher(phrase, hearing.look), hearing)

    def _final_doubt(self, phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> str | None:
        halting, over = self._book.halting(phrase), _over(hearing, spoken)
        if not halting and hearing.above_db < DISTINCT_DB:
            return "noise"
        fit = EARLY if over and not halting else LATE
        return _doubt(phrase, hearing.look, fit, over)

    def _higher(self, phrase: str, look: Look | None) -> str:
        """Return the higher of two numbers between which a second look cannot decide (S2)."""
        number = self._book.meanings[phrase].number
        if number is None or look is None:
            return phrase
        rivals = {phrase: number}
        for word in self._live.intersection(look.shares):
            rival = self._book.meanings[word].number
            if rival is not None and look.shares[word] >= RIVAL:
                rivals[word] = rival
        return max(rivals, key=rivals.__getitem__)

    def _missed(self, phrase: str | None, hearing: Hearing, over: bool) -> str | None:
        """Return the live word that a second look finds for certain where `phrase` was heard.

        Over the coach's voice only the soonest halts: its own words hold the sounds of others.
        """
        if hearing.look is None or hearing.end - hearing.start > SHORT:
            return None
        word, share = hearing.look.best
        wanted = self._book.quick if over else self._live
        return word if share >= CERTAIN and word != phrase and word in wanted & self._live else None

    def _near_halt(self, hearing: Hearing) -> bool:
        """Tell whether a halt word may have been said, and loud: then it is worth asking."""
        if hearing.look is None or hearing.above_db < LOUD_DB:
            return False
        words = (w for w in hearing.look.shares if w in self._live and self._book.halting(w))
        return sum(hearing.look.shares[word] for word in words) >= NEAR

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

    def _halting(self, text: str) -> str | None:
        """Return the live halt phrase that `text` is, or a quick one after one other sound."""
        last = text.split()[-1]
        if last in self._book.quick and last in self._live and text.count(" ") <= 1:
            return last
        return text if text in self._live and self._book.halting(text) else None


def stands(book: Phrasebook) -> dict[str, int]:
    """Return the halt phrases, and for how many frames each must stand in the partial result."""
    return {phrase: _stand(phrase, book) for phrase in book.meanings if book.halting(phrase)}


def _stand(phrase: str, book: Phrasebook) -> Frame:
    return STAND_QUICK if phrase in book.quick else STAND


def _doubt(phrase: str, look: Look | None, least: tuple[float, float], over: bool) -> str | None:
    """Return why a second look speaks against `phrase`, if it does.

    `least` is how well it has to fit, on average and in its weakest phone, if the verifier has no
    class for it; `over` tells that the coach spoke.
    """
    if look is None:
        return None
    if look.noise >= NOISY:
        return "noise"
    share = look.of(phrase)
    if share is not None:
        return "unsure" if share < (LIKELY_OVER if over else LIKELY) else None
    poor = look.fit < least[0] or look.weakest < least[1]
    return "unsure" if poor or look.best[1] >= (OTHER_OVER if over else CERTAIN) else None


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
