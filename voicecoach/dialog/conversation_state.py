"""The parts of the state of every conversation: the event at hand, the open question, the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.dialog.effects import Effect
from voicecoach.dialog.events import Heard, Unclear
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.units import Ms

ALARMS: tuple[Outcome, ...] = ("emergency", "urgent", "help", "no_answer")
"""Outcomes that no later, milder one replaces; the gravest first (S7, S8, S25)."""


@dataclass
class Turn:
    """The event that is being handled, and what it brings."""

    base: Ms = Ms(0)
    """When a new track begins: now, or the wanted end of the one before, so that no lateness adds
    up."""
    heard: Heard | None = None
    """The command that is being obeyed, if one is."""
    unclear: Unclear | None = None
    """What was no command, if that is taken."""
    effects: list[Effect] = field(default_factory=list)
    leads_out: bool = False
    """Whether the way out begins with this event."""


@dataclass
class Asking:
    """The question that was put last."""

    text: str = ""
    """What "say again" says."""
    open: tuple[State, str] | None = None
    """The question that has no answer yet: a resume puts it again (S29)."""
    unclear: int = 0
    """Answers to it that could not be understood (S2)."""
    stood: State = State.WELCOME
    """Where the dialog stood when its end was asked for."""
    sure_until: Ms = Ms(0)
    """Until when an utterance that may have been a halt word is ignored."""
    unknown: Ms | None = None
    """When something was said that is no command, and no command since."""
    untold: int = 0
    """How often that was told since a command was understood."""
    untold_until: Ms = Ms(0)
    """Until when it is not told again."""
    answer: tuple[str, ...] = ()
    """What the user asked for, and is told."""
    answered: Ms = Ms(0)
    """When that will have been said."""
    cut: bool = False
    """Whether it was cut before that, so that it is to be said again."""

    def understood(self) -> None:
        """Note that a command was understood."""
        self.unknown, self.untold = None, 0

    def tell(self, answer: tuple[str, ...], until: Ms) -> None:
        """Note an answer that is being said."""
        self.answer, self.answered, self.cut = answer, until, False

    def hushed(self, now: Ms) -> None:
        """Note that the coach fell silent: an answer that was not over is to be said again."""
        self.cut = self.cut or (bool(self.answer) and now < self.answered)

    def take_answer(self) -> tuple[str, ...]:
        """Return the answer that was cut, if one was, and forget it."""
        answer = self.answer if self.cut else ()
        self.tell((), Ms(0))
        return answer


@dataclass
class Ending:
    """How the dialog ends, once that is known."""

    outcome: Outcome | None = None
    """From here on nothing leads back to an exercise."""
    asked_score: bool = False
    """Whether the score at the end was asked for (S27)."""
    goodbye: tuple[str, ...] = ()
    """What is still to be said once that score was given."""
    blocked: bool = False
    """Whether no routine may be led until a doctor has seen the user (S8)."""
    reached: bool | None = None
    """Whether the helper was reached; None until that is known."""

    @property
    def alarmed(self) -> bool:
        """Whether it ends by an alarm."""
        return self.outcome in ALARMS

    def take(self, outcome: Outcome) -> None:
        """Set the outcome, unless a graver alarm is known."""
        if not self.alarmed or _gravity(outcome) < _gravity(self.outcome):
            self.outcome = outcome


def _gravity(outcome: Outcome | None) -> int:
    return ALARMS.index(outcome) if outcome in ALARMS else len(ALARMS)
