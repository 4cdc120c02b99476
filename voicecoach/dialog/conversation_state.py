"""The parts of the state of every conversation: the event at hand, the open question, the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from voicecoach.dialog.effects import Effect
from voicecoach.dialog.events import Heard, Unclear
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.language.phrasebook import Command
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
    restarted: bool = False
    """Whether the program was restarted ..."""
    agreed: bool = False
    """... and the user wants to go on."""
    silent_again: bool = False
    """Whether a line did not sound that was said again for that reason."""
    effects: list[Effect] = field(default_factory=list)
    news: tuple[str, ...] = ()
    """Keys of lines that come before the next ones into which the dialog waits."""
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
    unknown_told: int = 0
    """How often that was told since a command was understood."""
    unknown_until: Ms = Ms(0)
    """Until when it is not told again."""
    telling: tuple[Command, ...] = ()
    """Questions of the user's whose answers are being said."""
    told: Ms = Ms(0)
    """When they will have been said."""
    cut: bool = False
    """Whether they were cut before that, so that they are to be said again."""

    def understood(self) -> None:
        """Note that a command was understood."""
        self.unknown, self.unknown_told = None, 0

    def tell(self, questions: Iterable[Command], until: Ms) -> None:
        """Note that these questions are being answered."""
        self.telling, self.told, self.cut = tuple(questions), until, False

    def untold(self, now: Ms) -> tuple[Command, ...]:
        """Return the questions whose answers have not been said whole."""
        return self.telling if self.cut or now < self.told else ()

    def hushed(self, now: Ms) -> None:
        """Note that the coach fell silent: an answer that was not over is to be said again."""
        self.cut = bool(self.untold(now))

    def take_cut(self) -> tuple[Command, ...]:
        """Return the questions whose answers were cut, and forget them."""
        cut = self.telling if self.cut else ()
        self.tell((), Ms(0))
        return cut


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
