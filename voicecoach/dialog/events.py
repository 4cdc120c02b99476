"""What can happen to a session. Time comes inside the event: `now` is the frames played, in ms."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Started:
    """The device plays its first frame."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Woke:
    """Time has passed; `Session.deadline` may be due."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Heard:
    """A command was accepted."""

    now: Ms
    command: Command
    at: Ms
    """When the user's last sound ended; before `now`."""
    number: int | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody said something that is no live phrase."""

    now: Ms
    near_halt: bool = False
    """Whether it was loud and may have been a halt word."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A part of the program died: "ears", "device"."""

    now: Ms
    part: str
    why: str


Event = Started | Woke | Heard | Unclear | Failed
