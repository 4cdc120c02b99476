"""The questions before a session, one at a time: data in, data out, typed and spoken alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer, Answers, Profile, answer_to
from voicecoach.screening.questions import CHANGED, CLEARED, DAILY, QUESTIONS, SEEN, TODAY, Question


class Reply(Enum):
    """What may be answered to a question."""

    YES = "yes"
    NO = "no"
    NOT_SURE = "not sure"
    REPEAT = "repeat"


REPLIES: Mapping[Command, Reply] = {
    Command.YES: Reply.YES,
    Command.NO: Reply.NO,
    Command.NOT_SURE: Reply.NOT_SURE,
    Command.REPEAT: Reply.REPEAT,
}
"""Which reply a spoken or typed command is; the others are none."""

FIRST: Mapping[Fact, Question] = {q.fact: q for q in (SEEN, CLEARED, TODAY, CHANGED)}
"""The questions that come before all others, and whose answers are not kept."""

EVERYTHING = tuple(question.fact for question in QUESTIONS)


@dataclass(frozen=True, slots=True)
class Screening:
    """The questions still to be asked of one user today.

    Begin with `start`, put the question of `key`, take the reply by `answer`, which gives the next
    `Screening`; until `outcome` is there.
    """

    profile: Profile
    today: date
    wanted: tuple[Fact, ...]
    """What is asked anyway, in order; follow-ups of new answers come on top."""
    first: Fact | None = None
    """One of `FIRST`, while it is open."""
    given: Mapping[Fact, Answer] = field(default_factory=dict)
    """What was answered so far."""
    again: bool = False
    """Whether the present question was answered by "not sure" once."""
    since: bool = False
    """Whether a doctor has seen the user, so that only what is new since then is asked (S8)."""
    changed: bool = False
    """Whether something has changed, so that no earlier answer counts."""
    over: bool = False
    """Whether an answer ended the questions: there is no session."""

    @classmethod
    def start(cls, profile: Profile, today: date, *, everything: bool = False) -> Screening:
        """Begin with what is due, or with all the questions.

        First of all comes whether a doctor has seen the user, if the coach asked for that (S8);
        else, of a user who has answered before, whether anything is not as usual.
        """
        if profile.blocked:
            return cls(profile, today, (), Fact.SEEN)
        if everything or not profile.answers.given:
            return cls(profile, today, EVERYTHING)
        due = profile.due(today) | DAILY
        return cls(profile, today, tuple(f for f in EVERYTHING if f in due), Fact.TODAY)

    @property
    def current(self) -> Question | None:
        """The present question; None when there are no more."""
        if self.first:
            return FIRST[self.first]
        if self.over:
            return None
        return next((q for q in QUESTIONS if self._asks(q)), None)

    @property
    def count(self) -> int:
        """How many questions are to come, if none brings a follow-up."""
        as_usual = self._as_usual() if self.first is Fact.TODAY else self
        return sum(map(as_usual._asks, QUESTIONS)) + (self.first is not None)

    @property
    def whole(self) -> bool:
        """Whether the user is asked everything."""
        return self.wanted == EVERYTHING

    @property
    def thanked(self) -> bool:
        """Whether the answers are thanked for: not for the one of a usual day, nor a grave one."""
        return not self.over and bool(self.given.keys() - DAILY or self.whole)

    @property
    def key(self) -> str:
        """The key of the prompt that puts the present question, in other words after a "not sure".

        Empty when all is asked.
        """
        question = self.current
        if question is None:
            return ""
        since = "_since" if self.since and question.since else ""
        return question.fact.value + since + ("_again" if self.again else "")

    @property
    def outcome(self) -> Profile | None:
        """The profile with the new answers; None while a question is open."""
        return None if self.current else self.so_far

    @property
    def known(self) -> Answers:
        """The answers of today, and the earlier ones unless something has changed."""
        older = {} if self.changed else self.profile.answers.given
        return Answers({**older, **self.given})

    @property
    def so_far(self) -> Profile:
        """The profile with the answers given so far, to be kept in case the rest never comes: what
        is still open is asked next time.
        """
        if self.profile.blocked:
            return self.profile
        return self.profile.with_answers(self.known, self.today)

    @property
    def lie_left(self) -> bool:
        """Whether a user who feels dizzy is told to roll onto the left side, as far as is known:
        by the answers that were just given, and the earlier ones (S17).
        """
        known = Answers({**self.profile.answers.given, **self.given})
        return known.says(Fact.PREGNANT_LONG, self.today)

    @property
    def knows_pregnancy(self) -> bool:
        """Whether it was answered, today or before, if the user is pregnant."""
        return Fact.PREGNANT in {**self.profile.answers.given, **self.given}

    def answer(self, reply: Reply) -> Screening:
        """Take the reply to the present question.

        "Repeat" changes nothing. "Not sure" puts the question once more in other words; a second
        time it is kept as such, and counts as the careful answer. Raises `ValueError` when no
        question is open.
        """
        question = self.current
        if question is None:
            raise ValueError("all the questions are answered")
        if reply is Reply.REPEAT:
            return self
        if reply is Reply.NOT_SURE and not self.again:
            return replace(self, again=True)
        yes = question.careful if reply is Reply.NOT_SURE else reply is Reply.YES
        plain = replace(self, again=False)
        if self.first:
            return plain._begun(self.first, yes)
        told = None if reply is Reply.NOT_SURE else yes
        given = {**self.given, question.fact: answer_to(question.fact, told, self.today)}
        return replace(plain, given=given, over=yes in question.ends)

    def _begun(self, first: Fact, yes: bool) -> Screening:
        """Take the answer to one of the first questions."""
        if first is Fact.TODAY:
            return replace(self, first=Fact.CHANGED) if yes else self._as_usual()
        if first is Fact.CHANGED:
            wanted = EVERYTHING if yes else self.wanted
            return replace(self, first=None, wanted=wanted, changed=yes)
        if not yes:  # no doctor yet, or none who agreed
            return replace(self, first=None, over=True)
        if first is Fact.SEEN:
            return replace(self, first=Fact.CLEARED)
        seen = self.profile.seen()
        return replace(self, first=None, profile=seen, wanted=EVERYTHING, since=True)

    def _as_usual(self) -> Screening:
        """Take it that nothing has changed, and that the user is well today."""
        well = {fact: answer_to(fact, False, self.today) for fact in DAILY}
        return replace(self, first=None, given={**self.given, **well})

    def _asks(self, question: Question) -> bool:
        """Tell whether a question is still to be asked."""
        if question.fact in self.given or not self.known.reaches(question, self.today):
            return False
        return question.fact in self.wanted or self._follows(question)

    def _follows(self, question: Question) -> bool:
        """Tell whether a question follows from an answer that is new today."""
        before = question.after and self.given.get(question.after)
        if not question.after or not before:
            return False
        old = self.profile.answers.given.get(question.after)
        kept = question.fact in self.profile.answers.given
        return not kept or old is None or old.yes is not before.yes


def screen_lines(say: Prompts) -> list[str]:
    """Return every line of the questions that is always the same, to be rendered before."""
    return [line for key, line in say.screen.items() if not key.startswith("intro")]


def intro(screening: Screening, say: Prompts) -> str:
    """Return what is said before the first question: how many come, and why; "" before one."""
    if screening.count < 2:
        return ""
    line = say.screen["intro" if screening.whole else "intro_today"]
    text = line.format(n=say.number(screening.count))
    return text[:1].upper() + text[1:]
