"""Whether people talk to each other, or a television does: then a word must be surer. Pure data."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.decision.hearing import Hearing
from voicecoach.units import FRAMES_PER_MS, Frame

LATELY = Frame(3000 * FRAMES_PER_MS)
"""Frames for which what was refused counts. With 5 s hardly anything changes (tune side)."""

MUCH = Frame(1200 * FRAMES_PER_MS)
"""Frames of refused sound that are talk: more than a word said twice because it was not obeyed."""

KEPT = 9
"""More utterances than fit in that time."""


@dataclass(frozen=True, slots=True)
class Talk:
    """What was refused lately, and how long it was."""

    refused: tuple[Hearing, ...] = ()

    def then(self, hearing: Hearing) -> Talk:
        """Return the same with another final result that was no command."""
        return Talk((*self.refused[-KEPT:], hearing))

    def before(self, hearing: Hearing) -> bool:
        """Return whether people talked in the seconds before `hearing`."""
        lately = [past for past in self.refused if hearing.start - past.end < LATELY]
        return sum(past.end - past.start for past in lately) >= MUCH
