"""What a dialog wants done. A conductor does it; the dialog never waits for the outcome."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from voicecoach.eventlog.fields import LogEvent, Outcome
from voicecoach.language.phrasebook import Command
from voicecoach.track import Cue
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Play:
    """Let `cue` sound at `at`, or at once where that has passed."""

    id: int
    cue: Cue
    at: Ms


@dataclass(frozen=True, slots=True)
class Hush:
    """Be silent at once; everything handed over is dropped."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Make the phrases of these commands live, halt commands included."""

    state: str
    commands: frozenset[Command]


@dataclass(frozen=True, slots=True)
class Gain:
    """Change the loudness of everything that follows by so many dB, within its limits, and keep it
    for the sessions to come.
    """

    db: float


@dataclass(frozen=True, slots=True)
class Loudness:
    """Be so many dB louder than the user likes it, within the same limits, until the next one or
    the end of the dialog; it is not kept.
    """

    db: float


class Music(Enum):
    """When a soft bed sounds, if the user likes one."""

    OFF = "off"
    RESTS = "rests"
    """In long rests."""
    ALWAYS = "always"
    """While the routine goes on; it gives way to each word."""


@dataclass(frozen=True, slots=True)
class ChooseMusic:
    """Let the bed sound from now on as the user likes it."""

    music: Music


class Scene(Enum):
    """What goes on, as far as the bed has to know."""

    QUIET = "quiet"
    """A question, a pause, a halt: there is never a bed."""
    EXERCISE = "exercise"
    REST = "rest"
    """A long rest."""


@dataclass(frozen=True, slots=True)
class SetScene:
    """Another scene begins."""

    scene: Scene


@dataclass(frozen=True, slots=True)
class Record:
    """Put an event into the log. Its `t` is not set: the conductor knows the time."""

    event: LogEvent


@dataclass(frozen=True, slots=True)
class CallHelper:
    """Fire the helper hook: an emergency, or no answer to a safety question (S7, S25)."""

    why: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The dialog is over."""

    outcome: Outcome


SoundChange = Gain | Loudness | ChooseMusic | SetScene
"""How loud everything is, or which bed there is."""

Effect = Play | Hush | Listen | SoundChange | Record | CallHelper | Finish
