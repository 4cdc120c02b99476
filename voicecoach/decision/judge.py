"""From a hearing to a command, or a refusal with its reason. Pure.

Two tiers: halt phrases act on a partial result that has been stable for a while; control phrases
act on the final result. Both are matched whole, but for words without a meaning of their own around
them ("please"), since running speech is full of their sounds; only the quick ones ("stop") may
follow one other sound. A phrase that the coach itself is saying is refused.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from voicecoach.decision.evidence import (
    DISTINCT_DB,
    EARLY,
    ENDED_FIT,
    ENDED_SHARE,
    HUSH_FIT,
    HUSH_SHARE,
    LIKELY_NEAR,
    LOUD_DB,
    denies,
    free_objection,
    higher_number,
    is_distinct,
    least_fit,
    least_share,
    likely_halt,
    may_be_halt,
    missed_word,
    objection,
    worth_writing,
)
from voicecoach.decision.hearing import Hearing, Look
from voicecoach.decision.own_words import SLACK, says
from voicecoach.decision.talk import Talk
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.decision.verdict import (
    Accepted,
    Doubtful,
    Hushed,
    Refused,
    Released,
    Spoken,
    Verdict,
)
from voicecoach.language.phrasebook import CALLING, HALTING, Command, Phrasebook
from voicecoach.units import FRAMES_PER_MS, Frame

STAND_QUICK = Frame(120 * FRAMES_PER_MS)
STAND = Frame(420 * FRAMES_PER_MS)
"""Frames for which the partial result must keep a halt phrase. A word appears there before it has
ended, and so do parts of other words: see ``docs/hearing.md`` for the effect of other values."""

SETTLED = Frame(200 * FRAMES_PER_MS)
"""Frames for which a partial result must keep a form that other words begin with before the coach
goes quiet. "number three" by 12 synthetic voices hushes 11 times without it, and never with it."""

VERDICT = Frame(270 * FRAMES_PER_MS)
"""Frames from a hush to its end: a halt, a question or a release. Partial results come every 30 ms,
and the dialog waits 300 ms."""

STALE = Frame(1500 * FRAMES_PER_MS)
"""Age from which a word is no longer obeyed: endpoints come within 700 ms."""

LONG = 3
"""Words from which an unsure halt phrase is asked about; our own choice, not measured."""


class Judge:
    """Decides about hearings, one utterance after the other."""

    def __init__(self, book: Phrasebook, taught: TaughtVoice = STRANGER) -> None:
        """Judge what is said in the phrases of `book`, by a user of whom `taught` is known."""
        self._book, self._taught = book, taught
        self._live: frozenset[str] = frozenset()
        self._numbers: dict[str, int] = {}
        """The number of each live form that tells one; "no pain" tells zero."""
        self._halts = book.forms(HALTING)
        self._standing: tuple[str, Frame] | None = None
        self._fired: Accepted | None = None
        self._talk = Talk()
        self._doubted = ""
        """The halt phrase that a partial result had last."""
        self._hushed: Frame | None = None
        """When the coach was told to be quiet, while it is not known whether that was a halt."""

    def listen(self, phrases: frozenset[str]) -> None:
        """Make every form of the commands of these phrases live, and no other."""
        known = self._book.meanings
        commands = {known[phrase].command for phrase in phrases if phrase in known}
        self._live = self._book.forms(commands)
        self._numbers = self._told(commands)
        self._standing = self._hushed = None

    def consider(self, hearing: Hearing, spoken: Sequence[Spoken] = ()) -> Verdict | None:
        """Decide about `hearing`, given the lines of the coach; None if there is nothing to
        decide.
        """
        if hearing.final:
            hushed, self._standing, self._hushed = self._hushed is not None, None, None
            verdict = self._final(self.as_taught(hearing), spoken)
            if hushed and isinstance(verdict, Refused):
                return replace(verdict, hushed=True)
            return verdict
        return self._partial(hearing, spoken)

    def as_taught(self, hearing: Hearing) -> Hearing:
        """Return a hearing that is final with what the user has taught taken into account."""
        if not hearing.final or hearing.look is None:
            return hearing
        return replace(hearing, look=self._taught.adapt(hearing.look))

    def maybe(self, hearing: Hearing) -> str | None:
        """Return the live form that a hearing may have been, however unsure."""
        return self._live_form(hearing)

    def _partial(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Verdict | None:
        phrase = self._halting(hearing.text)
        if phrase is None or self._echo(phrase, hearing, spoken):
            self._standing = None
            return self._end_of_hush(hearing, over=phrase is None)
        if self._standing is None or self._standing[0] != phrase:
            self._standing = (phrase, hearing.decided)
            self._doubted = phrase
        if self._again(phrase, hearing):
            return None
        over, share = _over(hearing, spoken), self._share_needed(phrase, hearing, spoken)
        said, look = self._said(phrase, hearing), hearing.look
        if self._stood(phrase, hearing) and not objection(said, look, EARLY, over, share):
            return self._fire(phrase, hearing)
        share = max(share, HUSH_SHARE)
        likely = look and self._settled(phrase, hearing)
        likely = likely and not objection(said, look, HUSH_FIT, over, share)
        if likely and self._hushed is None:
            self._hushed = hearing.decided
            return Hushed(hearing)
        return self._end_of_hush(hearing, over=False)

    def _stood(self, phrase: str, hearing: Hearing) -> bool:
        """Return whether a partial result has kept `phrase` for long enough to be obeyed: its time,
        or that of a hush.
        """
        assert self._standing is not None
        long = hearing.decided - self._standing[1] >= _stand(phrase, self._book)
        return long or self._is_due(hearing)

    def _settled(self, phrase: str, hearing: Hearing) -> bool:
        """Return whether `phrase` is likely to be the whole word: "numb", not "number"."""
        assert self._standing is not None
        long = hearing.decided - self._standing[1] >= SETTLED
        return long or phrase not in self._book.beginnings

    def _is_due(self, hearing: Hearing) -> bool:
        return self._hushed is not None and hearing.decided - self._hushed >= VERDICT

    def _end_of_hush(self, hearing: Hearing, over: bool) -> Released | Doubtful | None:
        """Return what follows from a hush in which nothing was obeyed, once it is due; `over`: the
        recogniser hears no halt phrase any more.
        """
        if not self._is_due(hearing):
            return None
        self._hushed = None
        sure = over and denies(hearing.look, (self._live & self._halts).__contains__)
        return Released(hearing) if sure else Doubtful(hearing, self._calls(self._doubted))

    def _final(self, hearing: Hearing, spoken: Sequence[Spoken]) -> Accepted | Refused | None:
        if not hearing.text:
            return None
        over = _over(hearing, spoken)
        phrase = self._live_form(hearing)
        wanted = self._book.quick & self._live if over else self._live
        own = hearing.said and self._echo(hearing.said, hearing, spoken)  # "slow" looks like "stop"
        missed = None if own else missed_word(phrase, hearing, wanted, self._talk.before(hearing))
        phrase = missed or phrase
        said = missed or (self._said(phrase, hearing) if phrase else "")
        why = self._objection(phrase, said, hearing, spoken) if phrase else "not a phrase"
        if phrase is None or why:
            if self._is_rest(hearing):
                return Refused("repeated", hearing)
            if not over:  # the rest of its own voice is no talk
                self._talk = self._talk.then(hearing)
            near = may_be_halt(hearing, (self._live & self._halts).__contains__)
            near = near or (why == "unsure" and self._is_long_halt(phrase, hearing))
            calls = near and self._calls(likely_halt(phrase, hearing.look, self._book.halting))
            return Refused(why or "", hearing, near, is_distinct(hearing), for_help=calls)
        if self._again(phrase, hearing):
            return Refused("repeated", hearing)
        if hearing.decided - hearing.end > STALE:
            return Refused("late", hearing)
        if self._echo(phrase, hearing, spoken):
            return Refused("echo", hearing)
        return self._fire(higher_number(phrase, hearing.look, self._numbers), hearing)

    def _live_form(self, hearing: Hearing) -> str | None:
        """Return the live form that a final result says."""
        form = self._book.find(hearing.text)
        if form not in self._live:
            form = self._halting(hearing.text, True)
        if form is None and hearing.free:
            form = self._book.find(hearing.text, free=True) or self._book.halt_within(hearing.text)
        return form if form in self._live else None

    def _said(self, phrase: str, hearing: Hearing) -> str:
        """Return the words that a look is asked about: after another sound the phrase alone."""
        return hearing.said if self._book.find(hearing.text) else phrase

    def _objection(
        self, phrase: str, said: str, hearing: Hearing, spoken: Sequence[Spoken]
    ) -> str | None:
        """Return why `phrase`, said in the words `said`, is refused, if it is."""
        halting = self._book.halting(phrase)
        if (hearing.free or not halting) and hearing.above_db < DISTINCT_DB:
            return "noise"
        over, share = _over(hearing, spoken), self._share_needed(phrase, hearing, spoken)
        talk = self._talk.before(hearing)
        if hearing.free:
            words = hearing.said if phrase in hearing.said else said
            return free_objection(words, hearing.look, talk, over and not halting, share)
        return objection(said, hearing.look, least_fit(hearing, talk), over, share)

    def _share_needed(self, phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> float:
        """Return the least share of a word that a verifier knows."""
        near = [word for word, like in self._book.near.items() if like == phrase]
        if any(self._echo(word, hearing, spoken) for word in near):
            return LIKELY_NEAR
        return least_share(
            hearing, self._book.halting(phrase), _over(hearing, spoken), self._talk.before(hearing)
        )

    def _told(self, commands: Set[Command]) -> dict[str, int]:
        """Return the number that each form of these commands tells, where numbers are asked for."""
        if Command.NUMBER not in commands:
            return {}
        told = self._book.forms(commands & {Command.NUMBER, Command.NO_PAIN})
        return {form: self._book.meanings[form].number or 0 for form in told}

    def _fire(self, phrase: str, hearing: Hearing) -> Accepted:
        self._hushed = None
        self._fired = Accepted(phrase, self._book.meanings[phrase], hearing)
        return self._fired

    def _again(self, phrase: str, hearing: Hearing) -> bool:
        """Return whether this says once more what was obeyed already."""
        if self._fired is None or not self._is_rest(hearing):
            return False
        return self._book.meanings[phrase].command is self._fired.meaning.command

    def _is_rest(self, hearing: Hearing) -> bool:
        """Return whether this is the rest of an utterance that was obeyed already."""
        return self._fired is not None and hearing.start <= self._fired.hearing.end

    def _is_long_halt(self, phrase: str | None, hearing: Hearing) -> bool:
        """Return whether a halt of several words was said aloud. One weak sound in it makes it
        unsure, but few other sentences come near to "call an ambulance": so the coach asks.
        """
        loud = hearing.above_db >= LOUD_DB
        words = len(hearing.said.split())
        return phrase is not None and self._book.halting(phrase) and words >= LONG and loud

    def _calls(self, phrase: str) -> bool:
        """Return whether a halt phrase calls for help."""
        return self._book.meanings[phrase].command in CALLING if phrase else False

    def _echo(self, phrase: str, hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
        """Return whether the coach was saying `phrase`, or a word that begins with it, just
        then.
        """
        return says(spoken, self._book, phrase, hearing)

    def _halting(self, text: str, final: bool = False) -> str | None:
        """Return the live halt form that `text` says, or that follows one other sound; else None.

        Such a form must be a quick one, unless it is final and one word: "it hurts" may be heard as
        "it's hurts".
        """
        form = _halt_form(self._book, text, final)
        return form if form in self._live else None


def needs_words(book: Phrasebook, hearing: Hearing) -> bool:
    """Return whether a final result says no phrase, or one that a second look would refuse while
    the coach speaks, and may be speech all the same: then it is worth writing down.
    """
    form = book.find(hearing.text) or _halt_form(book, hearing.text, True)
    if form is not None:
        halting = book.halting(form)
        fit = least_fit(hearing, talk=False)
        share = least_share(hearing, halting, over=False, talk=False)
        if not objection(hearing.said, hearing.look, fit, False, share):
            return False
    return worth_writing(hearing)


def all_said(book: Phrasebook, text: str, look: Look) -> str | None:
    """Return the words of `text`, after which it is quiet, if they are sure to be all that was
    said; "two" for "to", which sounds alike.
    """
    said = text if book.find(text) else book.sounding(text)
    form = book.find(said)
    sure = form and not objection(form, look, ENDED_FIT, False, ENDED_SHARE)
    return said if sure else None


def near_halt(book: Phrasebook, text: str) -> bool:
    """Return whether a partial result of `text` makes the coach go quiet, if a look agrees."""
    return _halt_form(book, text, False) is not None


def _halt_form(book: Phrasebook, text: str, final: bool) -> str | None:
    form = book.find(text)
    if form is not None or text in book.decoys:
        return form if form is not None and book.halting(form) else None
    _, _, rest = text.partition(" ")
    if final and " " not in rest and book.halting(rest):
        return rest
    form = book.find(rest)
    return form if form in book.quick else None


def _stand(phrase: str, book: Phrasebook) -> Frame:
    return STAND_QUICK if phrase in book.quick else STAND


def _over(hearing: Hearing, spoken: Sequence[Spoken]) -> bool:
    """Return whether the coach spoke during this hearing."""
    return any(line.start < hearing.end and hearing.start < line.end + SLACK for line in spoken)
