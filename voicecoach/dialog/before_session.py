"""What the conversations before a session have in common: the screening and the refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from voicecoach.dialog import asking, safety_dialog
from voicecoach.dialog.context import REACTION, Context
from voicecoach.dialog.ending import leave
from voicecoach.dialog.next import Next
from voicecoach.dialog.shared_rows import halts
from voicecoach.dialog.states import SAFETY, State
from voicecoach.dialog.transitions import Row, Step, row
from voicecoach.eventlog.kinds import Outcome
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import Lengths, spoken
from voicecoach.units import Ms

C, S = Command, State

LINES = (
    "stopped", "before_hint", "paused", "paused_hint", "before_ended", "before_no_answer",
    "lie_still", "lie_left", "ask_breathing", "ask_breathing_again", "well_enough", "check_in",
    "check_in_last", "emergency", "urgent", "cannot_hear",
)  # fmt: skip
"""Keys of what any of them may say."""


def shared_lines(prompts: Prompts) -> list[str]:
    """Return what any of them may say, to be rendered before it."""
    return [prompts.say(key) for key in LINES]


@dataclass
class BeforeSession(Context):
    """The mutable part of a conversation before a session: the user does not exercise yet."""

    lines: Prompts = field(kw_only=True)
    lengths: Lengths = field(kw_only=True)

    STOPPED_HINT: ClassVar[str] = "before_hint"

    @property
    def prompts(self) -> Prompts:
        """The coach's own lines."""
        return self.lines

    def length(self, text: str) -> Ms:
        """Return the length of a line; a silent cue's is 0."""
        return self.lengths(text) if text else Ms(0)

    def goodbye(self) -> list[str]:
        """Return the goodbye of a conversation that ends early; none after an alarm."""
        return [] if self.ending.alarmed else [self.line("before_ended")]

    def conclude(self, lines: Sequence[str], outcome: Outcome) -> None:
        """Say the last lines of a conversation that came to its end, and be over."""
        self.ending.take(outcome)
        self.enter(State.CLOSING, spoken(lines, self.length, lead=REACTION), Next.GOODBYE_SAID)


def give_up(s: BeforeSession) -> None:
    """The user does not want a session."""
    s.hush()
    leave(s, [], "ended")


def go_on(s: BeforeSession) -> bool:
    """After a stop: say an alarm again, or put a safety question again; tell whether it was so."""
    if s.ending.alarmed:
        safety_dialog.repeat_alarm(s)
    elif s.asking.open and s.asking.open[0] in SAFETY:
        asking.reopen(s)
    else:
        s.ending.outcome = None
        return False
    return True


B = TypeVar("B", bound=BeforeSession)


def shared_rows(
    live: Iterable[State],
    asked: State,
    resume: Step[B],
    *resumed: State,
) -> tuple[Row[B], ...]:
    """Return the rows of halts, pause, resume and end; `resume` leads to `asked` or `resumed`.

    Pain is a stop here: there is no exercise to leave. "go" sounds like "no", so it answers no
    question.
    """
    states, waiting = frozenset(live), {S.STOPPED, S.PAUSED}
    to = (asked, *resumed, S.ASK_BREATHING, S.CLOSING)
    return (
        *halts(states),
        row(states, (C.PAIN, C.SHARP_PAIN), safety_dialog.stop, S.STOPPED),
        row(states, C.HELP, safety_dialog.unwell, S.ASK_BREATHING),
        row(S.ASK_BREATHING, C.NO, safety_dialog.well, S.STOPPED),
        row({S.ASK_BREATHING, *waiting}, C.REPEAT, asking.repeat_question),
        row({asked, S.STOPPED}, C.PAUSE, asking.pause, S.PAUSED),
        row(waiting, (C.RESUME, C.START, C.GO, C.READY), resume, *to),
        row({asked, S.ASK_BREATHING, *waiting}, C.END, give_up, S.CLOSING),
    )
