"""The kinds of events in the log of a session, one class each.

An event is a line of the log: ``{"t": 1.5, "kind": "halted", "why": "stop"}``. The dialog makes it
without `t`; the conductor sets that when it writes the event. The descriptions of classes and
fields are also those of the JSON Schema and of the table in ``docs/commands.md``.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from voicecoach.eventlog.fields import (
    ExerciseId,
    ExerciseOutcome,
    Halt,
    Level,
    LogEvent,
    Minutes,
    Outcome,
    Score,
)
from voicecoach.eventlog.inputs import Input
from voicecoach.eventlog.sounds import (
    CommandHeard,
    Count,
    CueFinished,
    CueStarted,
    Hushed,
    HushReleased,
    SpeechRefused,
    UserSpoke,
)


class SessionStarted(LogEvent, frozen=True, tag="session_started"):
    """A session begins."""

    routine: Annotated[str, Meta(description="id of the routine")]
    minutes: Annotated[
        Minutes | UnsetType, Meta(description="absent where a whole routine is led")
    ] = UNSET


class SessionRestored(LogEvent, frozen=True, tag="session_restored"):
    """A session goes on that the end of the program had cut off; its clock goes on, too."""

    routine: Annotated[str, Meta(description="id of the routine")]


class Adapted(LogEvent, frozen=True, tag="adapted"):
    """The routine was changed for this user; once for each kind of change."""

    rule: Annotated[str, Meta(description="id of the safety rule")]
    exercises: Annotated[
        tuple[str, ...], Meta(description="ids of the exercises; none where it concerns all")
    ]


class SessionFinished(LogEvent, frozen=True, tag="session_finished"):
    """The session has ended."""

    outcome: Annotated[
        Outcome, Meta(description="how it ended (`interrupted` by Ctrl-C, `urgent` by rule S8)")
    ]
    done: Annotated[
        int | UnsetType,
        Meta(description="how many exercises were done; absent if interrupted or failed"),
    ] = UNSET


class DialogFinished(LogEvent, frozen=True, tag="dialog_finished"):
    """The questions before a session, the refusal of one, or the menu have ended."""

    outcome: Annotated[Outcome, Meta(description="how they ended")]


class ExerciseStarted(LogEvent, frozen=True, tag="exercise_started"):
    """The description of an exercise begins."""

    id: ExerciseId
    name: Annotated[str, Meta(description="its name as spoken")]
    n: Annotated[int, Meta(ge=1, description="its number in the routine, from 1")]
    level: Level | UnsetType = UNSET


class ExerciseFinished(LogEvent, frozen=True, tag="exercise_finished"):
    """An exercise is left: once for each visit, except the one in which the session ends."""

    id: ExerciseId
    outcome: Annotated[ExerciseOutcome, Meta(description="why it is left")]


class SetStarted(LogEvent, frozen=True, tag="set_started"):
    """The work of a set, or of one side of it, begins or goes on."""

    n: Annotated[int, Meta(ge=1, description="its number in the exercise, from 1")]
    of: Annotated[int, Meta(ge=1, description="how many sets there are")]
    side: Annotated[
        str | UnsetType,
        Meta(description="the side that works, `left` or `right`, where the exercise has sides"),
    ] = UNSET


class StateEntered(LogEvent, frozen=True, tag="state"):
    """A state of the dialog begins."""

    name: Annotated[
        str, Meta(description="its name in the tables of `voicecoach docs architecture`")
    ]


class Paused(LogEvent, frozen=True, tag="paused"):
    """The routine pauses."""


class Resumed(LogEvent, frozen=True, tag="resumed"):
    """The routine continues."""

    state: Annotated[str, Meta(description="the state it continues in")]
    level: Level


class Halted(LogEvent, frozen=True, tag="halted"):
    """A halt command was obeyed."""

    why: Annotated[
        Literal[Halt, "no_answer"], Meta(description="the command, or that no answer came")
    ]


class Asked(LogEvent, frozen=True, tag="asked"):
    """The coach asks a question."""

    question: Annotated[
        str, Meta(description="a state of the session, or before it the key of a question")
    ]
    text: Annotated[str, Meta(description="the question as spoken")]


class Answered(LogEvent, frozen=True, tag="answered"):
    """The user answered a question about pain, or one before a session."""

    question: Annotated[str, Meta(description="which question, as in `asked`")]
    score: Score | UnsetType = UNSET
    sharp: Annotated[bool | UnsetType, Meta(description="whether the pain is sharp")] = UNSET
    region: Annotated[
        str | UnsetType,
        Meta(description="where it hurts, such as `low-back`; empty if the user could not say"),
    ] = UNSET
    answer: Annotated[
        str | UnsetType, Meta(description="before a session: `yes`, `no`, `not_sure` or `repeat`")
    ] = UNSET


class Judged(LogEvent, frozen=True, tag="judged"):
    """What follows from a report of pain."""

    verdict: Annotated[
        Literal["low", "middle", "drop", "high", "sharp"],
        Meta(description="how strong the pain counts; `drop` is a middle one for the second time"),
    ]


class Dropped(LogEvent, frozen=True, tag="dropped"):
    """An exercise is left out today."""

    id: ExerciseId


class LevelChanged(LogEvent, frozen=True, tag="level"):
    """The user changed the level of an exercise."""

    id: ExerciseId
    level: Level


class PaceChanged(LogEvent, frozen=True, tag="pace"):
    """The user changed the pace."""

    percent: Annotated[
        int, Meta(description="length of a repetition in per cent of the length as written")
    ]


class Preferred(LogEvent, frozen=True, tag="preferred"):
    """The user said how an exercise is wanted from now on."""

    id: ExerciseId
    count: Annotated[
        int | UnsetType,
        Meta(description="repetitions in a set; 0: left out; absent: as written"),
    ] = UNSET


class Liked(LogEvent, frozen=True, tag="liked"):
    """The user said whether the routine is a favourite from now on."""

    routine: Annotated[str, Meta(description="id of the routine")]
    likes: Annotated[bool, Meta(description="whether it is one")]


class BreathingStarted(LogEvent, frozen=True, tag="breathing_started"):
    """The minute of calm breathing begins."""


class BreathingFinished(LogEvent, frozen=True, tag="breathing_finished"):
    """The minute of calm breathing has ended."""


class HelperCalled(LogEvent, frozen=True, tag="helper_called"):
    """The helper was called; in a rehearsal, would have been called."""

    why: Annotated[str, Meta(description="the reason, such as `no answer`")]


class HelperAnswered(LogEvent, frozen=True, tag="helper_answered"):
    """It is known whether the helper was reached."""

    reached: Annotated[
        bool, Meta(description="whether a helper command or request ran without an error")
    ]


class Declined(LogEvent, frozen=True, tag="declined"):
    """There is no session for this person today."""

    rule: Annotated[
        str, Meta(description="id of the safety rule; empty if the questions were not answered")
    ]


class PartFailed(LogEvent, frozen=True, tag="failed"):
    """A part of the program failed."""

    part: Annotated[str, Meta(description="which part, such as `recogniser`")]
    why: Annotated[str, Meta(description="the error")]


class PartRecovered(LogEvent, frozen=True, tag="recovered"):
    """A part that had failed works again."""

    part: Annotated[str, Meta(description="which part, as in `failed`")]
    after: Annotated[float, Meta(ge=0, description="for how many seconds it was gone")]


Event = (
    SessionStarted | SessionRestored | Adapted | SessionFinished | DialogFinished
    | ExerciseStarted | ExerciseFinished
    | SetStarted | StateEntered | CueStarted | CueFinished | Count | UserSpoke | CommandHeard
    | SpeechRefused | Hushed | HushReleased | Paused | Resumed | Halted | Asked | Answered | Judged
    | Dropped | LevelChanged | PaceChanged | BreathingStarted | BreathingFinished | HelperCalled
    | HelperAnswered | Declined | PartFailed | PartRecovered | Preferred | Liked | Input
)  # fmt: skip
