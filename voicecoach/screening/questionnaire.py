"""The questions before a session, one at a time: data in, data out, typed and spoken alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum

from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.screening.profile import Answer, Answers, Due, Profile, answer_to
from voicecoach.screening.questions import ABOUT_TODAY, QUESTIONS, SEEN, Fact, Question


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


@dataclass(frozen=True, slots=True)
class Screening:
    """The questions still to be asked of one user today, the present one first.

    Begin with `start`, put the question of `key`, take the reply by `answer`, which gives the next
    `Screening`; until `outcome` is there.
    """

    profile: Profile
    today: date
    queue: tuple[Question, ...]
    given: Mapping[Fact, Answer] = field(default_factory=dict)
    """What was answered so far."""
    again: bool = False
    """Whether the present question was answered by "not sure" once."""

    @classmethod
    def start(cls, profile: Profile, today: date, *, everything: bool = False) -> Screening:
        """Begin with what is due, or with all the questions.

        That is all of them if answers are missing or old, else whether anything has changed; but
        first of all whether somebody has seen the user, if emergency care was called for (S8).
        """
        if profile.blocked:
            return cls(profile, today, (SEEN,))
        whole = everything or profile.due(today) is Due.ALL
        return cls(profile, today, QUESTIONS if whole else ABOUT_TODAY)

    @property
    def current(self) -> Question | None:
        """The present question; None when there are no more."""
        return self.queue[0] if self.queue else None

    @property
    def key(self) -> str:
        """The key of the prompt that puts the present question, in other words after a "not sure".

        Empty when all is asked.
        """
        if not self.queue:
            return ""
        return self.queue[0].fact.value + ("_again" if self.again else "")

    @property
    def outcome(self) -> Profile | None:
        """The profile with the new answers; None while a question is open."""
        if self.queue:
            return None
        if self.profile.blocked:
            return self.profile
        fresh = Fact.EMERGENCY in self.given  # all were asked: no older answer is left
        older = {} if fresh else self.profile.answers.given
        return self.profile.with_answers(Answers({**older, **self.given}), self.today)

    @property
    def so_far(self) -> Profile:
        """The profile with the answers given so far, to be kept in case the rest never comes.

        Where all the questions are asked, the one that is open counts as not answered, whatever was
        answered earlier: so all of them are asked again the next time.
        """
        if self.outcome is not None:
            return self.outcome
        if self.profile.blocked:
            return self.profile
        known = {**self.profile.answers.given, **self.given}
        if self.given.keys() | {question.fact for question in self.queue} >= {Fact.EMERGENCY}:
            known.pop(self.queue[0].fact, None)
        return self.profile.with_answers(Answers(known), self.today)

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
        if not self.queue:
            raise ValueError("all the questions are answered")
        if reply is Reply.REPEAT:
            return self
        if reply is Reply.NOT_SURE and not self.again:
            return replace(self, again=True)
        return replace(self._taken(self.queue[0], reply), again=False)

    def _taken(self, question: Question, reply: Reply) -> Screening:
        yes = question.careful if reply is Reply.NOT_SURE else reply is Reply.YES
        if question.fact is Fact.SEEN:
            return replace(self, profile=self.profile.seen(), queue=QUESTIONS) if yes else self._end
        if question.fact is Fact.CHANGED:
            return replace(self, queue=QUESTIONS if yes else self.queue[1:])
        told = None if reply is Reply.NOT_SURE else yes
        given = {**self.given, question.fact: answer_to(question.fact, told, self.today)}
        if yes and question.final:
            return replace(self._end, given=given)
        asked = tuple(q for q in self.queue[1:] if yes or q.after is not question.fact)
        return replace(self, queue=asked, given=given)

    @property
    def _end(self) -> Screening:
        return replace(self, queue=())


def screen_lines(say: Prompts) -> list[str]:
    """Return every line of the questions, so that they can be rendered before the session."""
    return list(say.screen.values())
