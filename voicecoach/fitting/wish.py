"""What the user asks for, and what is offered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.routine.model import Region
from voicecoach.screening.verdicts import Adapted
from voicecoach.units import Ms

SHORTEST_MIN: Final = 4
LONGEST_MIN: Final = 60
"""Minutes that may be asked for. Our own choice: a single exercise with its explanation takes three
minutes, and nobody is asked to lie on the floor for more than an hour."""

TOLERANCE: Final = Ms(60_000)
"""By how much a session may end earlier or later than was asked for."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A length of time and, perhaps, a part of the body."""

    minutes: int
    region: Region | None = None

    @property
    def length(self) -> Ms:
        """The time asked for."""
        return Ms(self.minutes * 60_000)


@dataclass(frozen=True, slots=True)
class Cuts:
    """In what a session is less than its routine."""

    left_out: tuple[str, ...] = ()
    """Names of exercises."""
    fewer: bool = False
    """Whether an exercise has fewer sets or repetitions, or is held for less time."""
    shorter_rest: bool = False
    """Whether a rest of minutes is shorter."""
    less_talk: bool = False
    """Whether the exercises are described by their key cue alone."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A session: what is led, how much is said, and how long it takes if nothing interrupts it."""

    adapted: Adapted
    """The routine as it is led, with all that is told of it."""
    talk: int
    length: Ms
    cuts: Cuts = Cuts()
    fits: bool = True
    """Whether it ends within `TOLERANCE` of the wish; else it is the nearest there is."""
