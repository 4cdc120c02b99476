"""What is remembered of the user: answers with their dates, what was left out, and the scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Final

from voicecoach.screening.questions import ASKED, GOOD_FOR_DAYS, QUESTIONS, Fact

WORSE: Final = 2
"""So much above the score at the start is a worse day (S27)."""

KEPT_SCORES: Final = 20
"""Sessions whose scores are kept: the rules look at the last two."""


class Due(Enum):
    """Which questions have to be asked before a session."""

    ALL = "all"
    TODAY = "today"
    """Whether anything has changed, and how the user is today."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A yes or no, and the day it was given."""

    yes: bool
    on: date
    sure: bool = True
    """False for "not sure": then `yes` is the careful answer (`answer_to`)."""

    @property
    def word(self) -> str:
        """The answer as it was given: one of `WORDS`."""
        return ("yes" if self.yes else "no") if self.sure else "not sure"


WORDS: Final[Mapping[str, bool | None]] = {"yes": True, "no": False, "not sure": None}
"""The answers by their words; None is "not sure"."""


def answer_to(fact: Fact, yes: bool | None, on: date) -> Answer:
    """Return the answer to the question of `fact`; None is "not sure": the careful answer."""
    return Answer(ASKED[fact].careful if yes is None else yes, on, sure=yes is not None)


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user told, by fact. An unanswered follow-up counts as the careful answer."""

    given: Mapping[Fact, Answer] = field(default_factory=dict)

    def says(self, fact: Fact, today: date) -> bool:
        """Tell whether `fact` holds today, as far as it was told."""
        question = ASKED[fact]
        if question.after and not self.says(question.after, today):
            return False
        answer = self.given.get(fact)
        if answer is None:
            return question.careful and question.after is not None
        lapsed = question.days is not None and (today - answer.on).days > question.days
        return answer.yes and not lapsed

    def sure(self, fact: Fact) -> bool:
        """Tell whether the answer to `fact` was told, and not "not sure"."""
        answer = self.given.get(fact)
        return answer is not None and answer.sure

    def complete(self, today: date) -> bool:
        """Tell whether every question that concerns this person was answered lately enough."""
        return all(
            question.fact in self.given and self._fresh(question.fact, today)
            for question in QUESTIONS
            if question.after is None or self._yes(question.after)
        )

    def with_answer(self, fact: Fact, yes: bool | None, today: date) -> Answers:
        """Return these answers with one given today; None is "not sure"."""
        return Answers({**self.given, fact: answer_to(fact, yes, today)})

    def _yes(self, fact: Fact) -> bool:
        answer = self.given.get(fact)
        return answer is not None and answer.yes

    def _fresh(self, fact: Fact, today: date) -> bool:
        # a date in the future is a clock that was wrong: then nothing is known of the age
        return 0 <= (today - self.given[fact].on).days <= GOOD_FOR_DAYS


@dataclass(frozen=True, slots=True)
class Dropped:
    """An exercise that was left out because of pain: it is offered one level easier next time."""

    exercise: str
    """The exercise's id, in whichever routine."""
    region: str
    """A `routine.model.Region` value: the part that was reported; "" if none was."""
    on: date
    level: int = -1
    """The level to offer next time; the easiest is -1."""


@dataclass(frozen=True, slots=True)
class Scores:
    """The pain at the start and at the end of a session, 0 to 10; None: not told."""

    on: date
    start: int | None = None
    end: int | None = None

    @property
    def worse(self) -> bool:
        """Tell whether the end was worse than the start by the measure of S27."""
        return self.start is not None and self.end is not None and self.end - self.start >= WORSE


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is remembered of a user, from session to session."""

    answers: Answers = Answers()
    dropped: tuple[Dropped, ...] = ()
    scores: tuple[Scores, ...] = ()
    """The last sessions, the oldest first."""
    blocked: date | None = None
    """Since when no routine is led: emergency care was called for, and nobody has seen the user
    yet (S8)."""

    @property
    def level(self) -> int:
        """The level to begin at: -1 after a session that made it worse (S27), else 0."""
        return -1 if self.scores and self.scores[-1].worse else 0

    @property
    def worse_days(self) -> int:
        """On how many days, up to the last one, a session made it worse without a break (S27)."""
        days = set()
        for scores in reversed(self.scores):
            if not scores.worse:
                break
            days.add(scores.on)
        return len(days)

    def due(self, today: date) -> Due:
        """Return which questions have to be asked before a session today."""
        if self.blocked or not self.answers.complete(today):
            return Due.ALL
        return Due.TODAY

    def with_answers(self, answers: Answers, today: date) -> Profile:
        """Return this profile with new answers; a yes to the emergency question blocks it (S8)."""
        blocked = today if answers.says(Fact.EMERGENCY, today) else self.blocked
        return replace(self, answers=answers, blocked=blocked)

    def block(self, today: date) -> Profile:
        """S8: lead no routine until the user says that somebody has seen them."""
        return replace(self, blocked=today)

    def seen(self) -> Profile:
        """S8: somebody has seen the user; what was answered before is asked again."""
        return replace(self, blocked=None, answers=Answers())

    def after_session(
        self, scores: Scores, dropped: Iterable[Dropped] = (), done: Iterable[str] = ()
    ) -> Profile:
        """Return the profile after a session.

        Args:
            scores: The pain at its start and end (S27).
            dropped: What was left out for pain.
            done: Ids of the exercises that were done whole; what was remembered of them is over.

        """
        new = {entry.exercise: entry for entry in dropped}
        over = {*new, *done}
        kept = tuple(entry for entry in self.dropped if entry.exercise not in over)
        lately = (*self.scores, scores)[-KEPT_SCORES:]
        return replace(self, dropped=(*kept, *new.values()), scores=lately)


def let_through(today: date) -> Profile:
    """Return the profile of somebody whom every question lets through: all was answered by no."""
    no = Answer(False, today)
    asked = {question.fact: no for question in QUESTIONS if question.after is None}
    return Profile(Answers(asked))
