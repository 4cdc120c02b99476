"""What the conversations before a session have in common: the screening and the refusal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from voicecoach.dialog import asking
from voicecoach.dialog.alarms import repeat_alarm
from voicecoach.dialog.context import REACTION, Context
from voicecoach.dialog.ending import leave
from voicecoach.dialog.next import Next
from voicecoach.dialog.safe_position import Complaint, Move
from voicecoach.dialog.safety_dialog import ask_open, halt
from voicecoach.dialog.shared_rows import halts
from voicecoach.dialog.states import SAFETY, State
from voicecoach.dialog.transitions import Row, Step, row
from voicecoach.dialog.trouble import Trouble
from voicecoach.eventlog.fields import Outcome
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import Lengths, spoken

C, S = Command, State

LINES = (
    "stopped", "before_hint", "paused", "paused_hint", "paused_later", "before_ended",
    "before_no_answer",
    "ask_breathing", "ask_breathing_again", "ask_passed", "ask_passed_again", "ask_help",
    "ask_help_again", "take_time", "stay_down", "rise_slowly", "check_in", "check_in_last",
    "emergency", "urgent", "help_over", "no_helper", "helper_called", "helper_missed",
    "cannot_hear", "hear_again", "sound_back", "cut_off",
    *(move.value for move in Move if move is not Move.RELEASE),
)  # fmt: skip
"""Keys of what any of them may say."""


def shared_lines(prompts: Prompts) -> list[str]:
    """Return what any of them may say, to be rendered before it."""
    return [prompts.say(key) for key in LINES]


@dataclass
class BeforeSession(Context):
    """The mutable part of a conversation before a session: the user does not exercise yet."""

    lines: Prompts = field(kw_only=True)
    rendered: Lengths = field(kw_only=True)

    unsteady: bool = field(default=False, kw_only=True)
    """Whether the user was dizzy, and it has passed."""

    STOPPED_HINT: ClassVar[str] = "before_hint"
    SAVED: ClassVar[tuple[str, ...]] = (*Context.SAVED, "unsteady")
    UNHELPED: ClassVar[State] = State.ASK_PASSED

    @property
    def prompts(self) -> Prompts:
        """The coach's own lines."""
        return self.lines

    @property
    def lengths(self) -> Lengths:
        """The lengths of all lines; a silent cue's is 0."""
        return self.rendered

    def goodbye(self) -> list[str]:
        """Return the goodbye of a conversation that ends early; none after an alarm."""
        return [] if self.ending.alarmed else [self.line("before_ended")]

    def conclude(self, lines: Sequence[str], outcome: Outcome) -> None:
        """Say the last lines of a conversation that came to its end, and be over."""
        self.ending.take(outcome)
        self.enter(State.CLOSING, spoken(lines, self.lengths, lead=REACTION), Next.GOODBYE_SAID)


def give_up(s: BeforeSession) -> None:
    """The user does not want a session."""
    s.hush()
    leave(s, s.rise() if s.trouble.stays_down else [], "ended")


def pain(s: BeforeSession) -> None:
    """Pain is a stop here: there is no exercise to leave. But silence leads to the helper."""
    halt(s, "pain")
    if s.ending.alarmed:
        repeat_alarm(s)
        return
    s.trouble.add(Complaint.PAIN)
    if not ask_open(s, s.line("stopped")):
        s.asking.open = None  # nothing but "continue" puts it again
        asking.stand(s, State.STOPPED, [s.line("stopped")], s.STOPPED_HINT)


def well(s: BeforeSession) -> None:
    """A question about a complaint was answered by the better answer: put the next, or stand."""
    s.trouble.answered(s.state)
    if ask_open(s, s.line("take_time")):
        return
    hint = s.STOPPED_HINT
    s.asking.open = None
    asking.stand(s, State.STOPPED, [s.line("take_time"), s.line(hint)], hint)


def go_on(s: BeforeSession) -> bool:
    """After a stop: say an alarm again, or put a safety question again; tell whether it was so."""
    if s.ending.alarmed:
        repeat_alarm(s)
    elif s.asking.open and s.asking.open[0] in SAFETY:
        asking.reopen_question(s)
    else:
        s.unsteady = s.unsteady or s.trouble.kind is Complaint.UNWELL
        s.ending.outcome, s.trouble = None, Trouble()
        return False
    return True


B = TypeVar("B", bound=BeforeSession)


def shared_rows(
    live: Iterable[State],
    asked: State | None,
    resume: Step[B],
    *resumed: State,
) -> tuple[Row[B], ...]:
    """Return the rows of halts, pause, resume and end; `resume` leads to `asked` or `resumed`.
    Without a question `asked` its rows are those of the conversation itself.

    "go" sounds like "no", so it answers no question.
    """
    states, waiting = frozenset(live), {S.STOPPED, S.PAUSED}
    question = (asked,) if asked else ()
    open_ones = (S.ASK_HELP, S.ASK_BREATHING, S.ASK_PASSED)
    to = (*question, *resumed, *open_ones, S.CLOSING)
    return (
        *halts(states),
        row(states, (C.PAIN, C.SHARP_PAIN), pain, S.STOPPED, S.CLOSING, *open_ones),
        row({S.ASK_HELP, S.ASK_BREATHING}, C.NO, well, S.STOPPED, *open_ones),
        row(S.ASK_PASSED, C.YES, well, S.STOPPED, *open_ones),
        row({*open_ones, *waiting}, C.REPEAT, asking.repeat_question),
        row(states - {S.PAUSED}, C.PAUSE, asking.pause, S.PAUSED),
        row(S.PAUSED, C.PAUSE, asking.repeat_question),
        row(waiting, (C.RESUME, C.START, C.GO, C.READY), resume, *to),
        row({*question, *open_ones, *waiting}, C.END, give_up, S.CLOSING),
    )
