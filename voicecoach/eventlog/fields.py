"""What the events of the log are made of: the types of their fields, and the event itself."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, UnsetType

Halt = Literal["stop", "pain", "help", "unwell", "emergency", "urgent", "too_much"]
ExerciseOutcome = Literal["done", "skipped", "dropped"]
Outcome = Literal[
    "done", "ended", "emergency", "urgent", "help", "no_answer", "asked", "unanswered", "declined",
    "interrupted", "failed", "given up", "chosen", "idle",
]  # fmt: skip

Seconds = Annotated[float, Meta(ge=-86_400, le=86_400)]
"""Seconds on the session's clock, which is that of the sound device. The limit of a day keeps a
damaged log from being drawn for years; a rehearsal is given up after four hours."""

Start = Annotated[Seconds, Meta(description="second at which the words began")]
End = Annotated[Seconds, Meta(description="second at which the words ended")]
Decided = Annotated[
    Seconds, Meta(description="second of the sound at which the recogniser had decided")
]
CueId = Annotated[int, Meta(description="number of the cue, the same when it starts and ends")]
ExerciseId = Annotated[str, Meta(description="id of the exercise in the routine file")]
Score = Annotated[int, Meta(ge=0, le=10, description="pain, from 0 to 10")]
Minutes = Annotated[int, Meta(ge=1, le=600, description="length that was wished for, in minutes")]
Level = Annotated[int, Meta(ge=-1, le=1, description="-1 easier, 0 as written, 1 harder")]


class Source(Enum):
    """Where a command came from; `door` is another program, such as home automation."""

    MICROPHONE = "microphone"
    KEYBOARD = "keyboard"
    DOOR = "door"
    """Another program, such as home automation."""


CameFrom = Annotated[
    Source | UnsetType, Meta(description="where it came from, if not the microphone")
]


class LogEvent(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """An event of any kind."""

    t: Annotated[Seconds, Meta(description="seconds since the session's clock began")] = 0.0
