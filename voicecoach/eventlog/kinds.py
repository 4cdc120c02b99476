"""The kinds of events that a session leaves in its log, one class each.

An event is a line of the log: ``{"t": 1.5, "kind": "halted", "why": "stop"}``. The dialog makes it
without `t`; the conductor sets that when it writes the event. All times are seconds on the clock of
the session, which is that of the sound device.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from voicecoach.language.phrasebook import Command
from voicecoach.track import Breath, CueKind

Halt = Literal["stop", "pain", "help", "unwell", "emergency", "urgent", "too_much"]
ExerciseOutcome = Literal["done", "skipped", "dropped"]
Outcome = Literal[
    "done", "ended", "emergency", "urgent", "no_answer", "asked", "declined", "interrupted",
    "failed", "given up",
]  # fmt: skip


class LogEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """An event of any kind."""

    t: float = 0.0
    """Seconds since the session's clock began."""


class SessionStarted(LogEvent, frozen=True, tag="session_started"):
    """A session begins."""

    routine: str
    """Id of the routine."""


class SessionFinished(LogEvent, frozen=True, tag="session_finished"):
    """A session is over."""

    outcome: Outcome
    done: int | UnsetType = UNSET
    """How many exercises were done; not known after "interrupted" and "failed"."""


class DialogFinished(LogEvent, frozen=True, tag="dialog_finished"):
    """The questions before a session, or the refusal, are over."""

    outcome: Outcome


class ExerciseStarted(LogEvent, frozen=True, tag="exercise_started"):
    """The description of an exercise begins."""

    id: str
    name: str
    n: int
    """Number of the exercise in the routine, from 1."""


class ExerciseFinished(LogEvent, frozen=True, tag="exercise_finished"):
    """An exercise is left: once for each visit, except for the one in which the session ends."""

    id: str
    outcome: ExerciseOutcome


class StateEntered(LogEvent, frozen=True, tag="state"):
    """A state of the dialog begins."""

    name: str


class CueStarted(LogEvent, frozen=True, tag="cue_started"):
    """A line began to sound, at the frame at which it really began."""

    id: int
    text: str
    kind_of_cue: CueKind
    late_ms: float
    """Milliseconds after the frame it was meant for."""
    breath: Breath | UnsetType = UNSET


class CueFinished(LogEvent, frozen=True, tag="cue_finished"):
    """A line fell silent."""

    id: int
    whole: bool
    """False if it was cut."""


class Count(LogEvent, frozen=True, tag="count"):
    """A repetition or stroke began."""

    n: int
    of: int


class UserSpoke(LogEvent, frozen=True, tag="says"):
    """The simulated user speaks; in rehearsals only."""

    text: str
    start: float
    end: float


class CommandHeard(LogEvent, frozen=True, tag="heard"):
    """A command was accepted."""

    command: Command
    text: str
    start: float
    end: float
    decided: float
    """When the recogniser had decided, in seconds of the sound."""


class SpeechRefused(LogEvent, frozen=True, tag="refused"):
    """Something was heard and is not obeyed."""

    text: str
    why: str
    start: float
    end: float
    decided: float


class Paused(LogEvent, frozen=True, tag="paused"):
    """The routine stands still."""


class Resumed(LogEvent, frozen=True, tag="resumed"):
    """The routine goes on."""

    state: str
    level: int
    """-1 easier, 0 plain, 1 harder."""


class Halted(LogEvent, frozen=True, tag="halted"):
    """A halt command was obeyed."""

    why: Halt | Literal["no_answer"]


class Asked(LogEvent, frozen=True, tag="asked"):
    """The coach asks."""

    question: str
    """A state of the session, or the key of a question before it."""
    text: str


class Answered(LogEvent, frozen=True, tag="answered"):
    """The user answered a question about pain, or one before a session."""

    question: str
    score: int | UnsetType = UNSET
    """0 to 10."""
    sharp: bool | UnsetType = UNSET
    region: str | UnsetType = UNSET
    """A `routine.model.Region` value; empty if the user could not tell."""
    answer: str | UnsetType = UNSET
    """yes, no, not_sure or repeat."""


class Judged(LogEvent, frozen=True, tag="judged"):
    """What follows from a report of pain."""

    verdict: Literal["low", "middle", "drop", "high", "sharp"]


class Dropped(LogEvent, frozen=True, tag="dropped"):
    """An exercise is left out today."""

    id: str


class LevelChanged(LogEvent, frozen=True, tag="level"):
    """The user changed the level of an exercise."""

    id: str
    level: int


class PaceChanged(LogEvent, frozen=True, tag="pace"):
    """The user changed the pace."""

    percent: int
    """Length of a repetition in per cent of the written one."""


class BreathingStarted(LogEvent, frozen=True, tag="breathing_started"):
    """The minute of calm breathing begins."""


class BreathingFinished(LogEvent, frozen=True, tag="breathing_finished"):
    """The minute of calm breathing is over."""


class HelperCalled(LogEvent, frozen=True, tag="helper_called"):
    """The helper was called; in a rehearsal, would have been."""

    why: str


class Declined(LogEvent, frozen=True, tag="declined"):
    """There is no session for this person today."""

    rule: str
    """Id of the safety rule, or empty for somebody who was not asked the questions."""


class PartFailed(LogEvent, frozen=True, tag="failed"):
    """A part of the program died."""

    part: str
    why: str


Event = (
    SessionStarted | SessionFinished | DialogFinished | ExerciseStarted | ExerciseFinished
    | StateEntered | CueStarted | CueFinished | Count | UserSpoke | CommandHeard | SpeechRefused
    | Paused | Resumed | Halted | Asked | Answered | Judged | Dropped | LevelChanged | PaceChanged
    | BreathingStarted | BreathingFinished | HelperCalled | Declined | PartFailed
)  # fmt: skip
