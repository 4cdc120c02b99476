"""Saying that there is no session today, why, and what to do instead (SAFETY S8 to S20)."""

from __future__ import annotations

from voicecoach.dialog.talk import QUESTION, WAIT, Talk, talk_lines
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.plan.narration import breathing
from voicecoach.plan.track import Lengths
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

OUTCOME = "declined"


def refusal_lines(declined: Declined, say: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    asked: set[str] = set()

    def note(text: str) -> Ms:
        asked.add(text)
        return Ms(0)

    breathing(say, note)
    own = [say.say("offer_breathing"), say.say("finished_early")]
    return [*declined.sentences, *own, *sorted(asked), *talk_lines(say)]


class Refusal(Talk):
    """Tells it; calm breathing is offered where that is all that may be done (S20)."""

    def __init__(self, declined: Declined, say: Prompts, lengths: Lengths) -> None:
        super().__init__(say, lengths)
        self._declined, self._all = declined, lengths

    def begin(self) -> None:
        """Say why, and what to do instead."""
        lines = self._declined.sentences
        self.record("declined", rule=self._declined.rule)
        if self._declined.breathing:
            self._offer(*lines)
        else:
            self.part(lines, OUTCOME)

    def answer(self, command: Command) -> None:
        """Breathe, or end."""
        if command is Command.YES:
            self.record("breathing_started")
            self.play(breathing(self.say, self._all), self._goodbye)
        elif command is Command.NO:
            self._goodbye()
        else:
            self._offer()

    def go_on(self) -> None:
        """Say it again from the start."""
        self.begin()

    def _offer(self, *lines: str) -> None:
        question = self.line("offer_breathing")
        rungs = [(WAIT, question), (WAIT, "")]
        self.ask(QUESTION, [*lines, question], rungs, self._goodbye)

    def _goodbye(self) -> None:
        self.part([self.line("finished_early")], OUTCOME)
