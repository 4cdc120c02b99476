"""What is remembered of the user: answers with their dates, what was left out, and the scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from voicecoach.screening.facts import Fact
from voicecoach.screening.questions import ASKED, BLOCKING, QUESTIONS, Question, reached

WORSE: Final = 2
"""So much above the score at the start is a worse day (S27)."""

KNOWN_DAYS: Final = 30
"""What was not done for longer is described in full again. Our own choice."""

KEPT_SCORES: Final = 20
"""Sessions whose scores are kept: the rules look at the last two."""


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
        if not self.reaches(question, today):
            return False
        told = self._told(fact, today)
        return question.careful and question.after is not None if told is None else told

    def reaches(self, question: Question, today: date) -> bool:
        """Tell whether `question` concerns a user with these answers."""
        return reached(question, lambda fact: self._told(fact, today))

    def sure(self, fact: Fact) -> bool:
        """Tell whether the answer to `fact` was told, and not "not sure"."""
        answer = self.given.get(fact)
        return answer is not None and answer.sure

    def due(self, today: date) -> frozenset[Fact]:
        """Return what has to be asked today: what is not known, or not any more (S41)."""
        concerned = (question for question in QUESTIONS if self.reaches(question, today))
        return frozenset(q.fact for q in concerned if not self._fresh(q, today))

    def with_answer(self, fact: Fact, yes: bool | None, today: date) -> Answers:
        """Return these answers with one given today; None is "not sure"."""
        return Answers({**self.given, fact: answer_to(fact, yes, today)})

    def _told(self, fact: Fact, today: date) -> bool | None:
        answer = self.given.get(fact)
        return None if answer is None else answer.yes and not _lapsed(ASKED[fact], answer, today)

    def _fresh(self, question: Question, today: date) -> bool:
        answer = self.given.get(question.fact)
        if answer is None:
            return False
        # a date in the future is a clock that was wrong: then nothing is known of the age
        yes = answer.yes and not _lapsed(question, answer, today)
        return 0 <= (today - answer.on).days <= question.holds(yes)


def _lapsed(question: Question, answer: Answer, today: date) -> bool:
    """Tell whether a yes does not count any more, without being asked again."""
    return question.lapses and (today - answer.on).days > question.yes_for


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
class Practice:
    """How often something was done whole, and on which day last."""

    times: int
    on: date

    def lately(self, today: date) -> bool:
        """Tell whether it is known by heart: it was done within `KNOWN_DAYS`."""
        return 0 <= (today - self.on).days <= KNOWN_DAYS


@dataclass(frozen=True, slots=True)
class Preference:
    """How the user wants an exercise from now on, in whichever routine."""

    on: date
    """The day on which it was said."""
    out: bool = False
    """Whether it is left out for good."""
    count: int = 0
    """Repetitions or strokes of a set; 0: as written."""


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
    exercises: Mapping[str, Practice] = field(default_factory=dict)
    """The exercises that were done whole, by id."""
    routines: Mapping[str, Practice] = field(default_factory=dict)
    """The routines of which any exercise was done, by id."""
    preferences: Mapping[str, Preference] = field(default_factory=dict)
    """What the user wants of an exercise, by its id; the latest is last."""
    favourites: Mapping[str, date] = field(default_factory=dict)
    """The routines that the user likes, by id, with the day on which that was said."""
    blocked: date | None = None
    """Since when no routine is led: emergency care was called for, and no doctor has seen the user
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

    def due(self, today: date) -> frozenset[Fact]:
        """Return what has to be asked before a session today."""
        return frozenset({Fact.SEEN}) if self.blocked else self.answers.due(today)

    def with_answers(self, answers: Answers, today: date) -> Profile:
        """Return this profile with new answers; some block it until a doctor has seen the user."""
        grave = any(answers.says(fact, today) for fact in BLOCKING)
        return replace(self, answers=answers, blocked=today if grave else self.blocked)

    def block(self, today: date) -> Profile:
        """S8: lead no routine until the user says that a doctor has seen them."""
        return replace(self, blocked=today)

    def seen(self) -> Profile:
        """S8: a doctor has seen the user; what was answered before is asked again."""
        return replace(self, blocked=None, answers=Answers())

    def prefer(self, exercise: str, preference: Preference | None) -> Profile:
        """Return the profile with a preference, or without that of an exercise."""
        kept = {id_: one for id_, one in self.preferences.items() if id_ != exercise}
        new = {exercise: preference} if preference else {}
        return replace(self, preferences={**kept, **new})

    def like(self, routine: str, on: date | None) -> Profile:
        """Return the profile with a routine among the favourites from a day on, or without it."""
        kept = {id_: day for id_, day in self.favourites.items() if id_ != routine}
        return replace(self, favourites={**kept, **({routine: on} if on else {})})

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

    def practised(self, routine: str, done: Iterable[str], today: date) -> Profile:
        """Return the profile after the exercises `done` of a routine; without any, it is this."""
        ids = tuple(done)
        return replace(
            self,
            exercises=_once_more(self.exercises, ids, today),
            routines=_once_more(self.routines, (routine,) if ids else (), today),
        )


def _once_more(
    known: Mapping[str, Practice], ids: Iterable[str], today: date
) -> Mapping[str, Practice]:
    before = {id_: known[id_].times if id_ in known else 0 for id_ in ids}
    return {**known, **{id_: Practice(times + 1, today) for id_, times in before.items()}}


def let_through(today: date) -> Profile:
    """Return the profile of a user whom every question lets through: all was answered by no."""
    no = Answer(False, today)
    asked = {question.fact: no for question in QUESTIONS if question.after is None}
    return Profile(Answers(asked))
