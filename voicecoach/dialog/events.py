"""What can happen to a dialog. Time comes inside the event: `now` is the frames played, in ms."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Started:
    """The clock of the dialog begins."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Woke:
    """Time has passed; `Dialog.deadline` may be due."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Said:
    """How something was said."""

    form: str
    """The live form, as the phrase file has it."""
    embedding: tuple[float, ...]
    """Where its sound lies among others, by the verifier; never empty."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A command was accepted."""

    now: Ms
    command: Command
    at: Ms
    """When the user's last sound ended; before `now`."""
    number: int | None = None
    region: str | None = None
    said: Said | None = None
    """None where it was typed, or no verifier looked at it."""
    thing: str = ""
    """The id of the exercise or routine that was named."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something was said that is no live phrase."""

    now: Ms
    near_halt: bool = False
    """Whether it was loud and may have been a halt word."""
    for_help: bool = False
    """Whether that halt word calls for help."""
    distinct: bool = False
    """Whether it was short and stood out of a quiet room: said to the coach, perhaps."""
    said: Said | None = None
    """The live form that it may have been, if there is one."""


@dataclass(frozen=True, slots=True)
class Hushed:
    """Something sounds like a halt word: be quiet until it is known whether it was one."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Released:
    """What the coach went quiet for was no halt word."""

    now: Ms


@dataclass(frozen=True, slots=True)
class Failed:
    """A part of the program died: "recogniser", "device".

    Without a device no time passes: what is said then sounds when the device is back.
    """

    now: Ms
    part: str
    why: str


@dataclass(frozen=True, slots=True)
class Recovered:
    """A part that had failed works again, after so many seconds."""

    now: Ms
    part: str
    after: float


@dataclass(frozen=True, slots=True)
class Inaudible:
    """What the coach has just said did not sound: a loudspeaker is mute, unplugged or asleep."""

    now: Ms
    again: bool = False
    """Whether nothing has sounded since it was found before."""


@dataclass(frozen=True, slots=True)
class Restored:
    """The program was restarted, and the dialog was loaded from its saved state."""

    now: Ms
    agreed: bool = False
    """Whether the user was asked, and wants to go on."""


@dataclass(frozen=True, slots=True)
class HelperResult:
    """The driver knows whether the helper that was called has been reached."""

    now: Ms
    reached: bool


Event = (
    Started
    | Woke
    | Heard
    | Unclear
    | Hushed
    | Released
    | Failed
    | Recovered
    | Inaudible
    | Restored
    | HelperResult
)
