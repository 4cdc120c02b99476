"""The questions before a session, spoken (SAFETY S9 to S20, S31): one at a time, each repeatable.

`screening.questionnaire` knows which question comes next; here is how it is asked. Nothing is taken
for an answer that was not one: who says nothing is asked again, and then there is no session.
"""

from __future__ import annotations

from voicecoach.dialog.talk import QUESTION, WAIT, Talk, talk_lines
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.plan.track import Lengths
from voicecoach.screening.profile import Due, Profile
from voicecoach.screening.questionnaire import REPLIES, Screening, screen_lines

UNCLEAR_LIMIT = 3
"""So many answers to one question that nobody could make out count as "not sure" (S2 has two; but
a television is no reason to decline a session before anybody has lain down)."""


def prelude_lines(say: Prompts) -> list[str]:
    """Return every line of the questions and around them, to be rendered before."""
    return [*screen_lines(say), *talk_lines(say), say.say("talk_please")]


class Prelude(Talk):
    """Asks what is due. `profile` has the answers once it is over with the outcome "asked"."""

    def __init__(self, screening: Screening, say: Prompts, lengths: Lengths) -> None:
        super().__init__(say, lengths)
        self._screening = screening
        self._mumbled = 0

    @property
    def profile(self) -> Profile | None:
        """The profile with the answers; blocked after an alarm of S8; None if nothing is known."""
        if self.blocked:
            return self._screening.profile.block(self._screening.today)
        return self._screening.outcome if self.outcome == "asked" else None

    def begin(self) -> None:
        """Say what comes, and put the first question."""
        whole = self._screening.profile.due(self._screening.today) is Due.ALL
        self._ask([self.say.screen["intro" if whole else "intro_today"]])

    def answer(self, command: Command) -> None:
        """Take the answer, and put the next question."""
        question = self._screening.current
        assert question is not None
        self.record("answered", question=question.fact.value, answer=command.value)
        self._screening = self._screening.answer(REPLIES[command])
        if self._screening.current is not question:
            self._mumbled = 0
        self._ask([])

    def mumbled(self) -> None:
        """Say which answers there are; at the third time it counts as "not sure"."""
        self._mumbled += 1
        if self._mumbled >= UNCLEAR_LIMIT:
            self._mumbled = 0
            self.answer(Command.NOT_SURE)
        else:
            self._ask([self.line("talk_please")])

    def go_on(self) -> None:
        """Put the question again."""
        self._ask([])

    def _ask(self, lines: list[str]) -> None:
        if self._screening.current is None:
            self.part([*lines, self.say.screen["thanks"]], "asked")
            return
        question = self._screening.question
        self.record("asked", question=self._screening.current.fact.value, text=question)
        self.ask(QUESTION, [*lines, question], [(WAIT, question), (WAIT, "")], self._nobody)

    def _nobody(self) -> None:
        self.part([self.line("talk_no_answer")], "no_answer")
