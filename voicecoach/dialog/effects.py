"""What a dialog wants done. A conductor does it; the dialog never waits for the outcome."""

from __future__ import annotations

from dataclasses import dataclass

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
    """Set the loudness of everything that follows, in dB from the nominal level."""

    db: float


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


Effect = Play | Hush | Listen | Gain | Record | CallHelper | Finish
