"""What a session wants done. A conductor does it; the session never waits for the outcome."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.language.phrasebook import Command
from voicecoach.plan.track import Cue
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
    """Put an event into the log. `data` holds what belongs to `kind`."""

    kind: str
    data: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CallHelper:
    """Fire the helper hook: nobody answered, or it is an emergency (SAFETY S25, S7)."""

    why: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The session is over. `outcome`: done, ended, emergency, no_answer."""

    outcome: str


Effect = Play | Hush | Listen | Gain | Record | CallHelper | Finish
