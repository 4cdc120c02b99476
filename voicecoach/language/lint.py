"""Patterns that find in a spoken text what a listener cannot use, or a safety rule forbids.

The words of a text are compared, not understood. Each pattern ignores case, and is made from the
list of regular expressions under its name in ``lint.toml``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from re import Pattern
from typing import Final

MOVE: Final = "move_"
"""How the names of the patterns of moves begin."""


@dataclass(frozen=True, slots=True)
class Lint:
    """The patterns of one language."""

    alphabet: Pattern[str]
    """A character that the voice can read, or a mark that it heeds."""
    unreadable: Pattern[str]
    """What the voice reads otherwise than it is meant: addresses, shortened units, ranges."""
    eyes: Pattern[str]
    """What cannot be followed with the eyes closed (S34)."""
    held_breath: Pattern[str]
    """Holding the breath, unless the text forbids it (S24)."""
    load: Pattern[str]
    """Weights and other loads of strength work (S32)."""
    own_side: Pattern[str]
    """A side as a word where ``{side}`` belongs (S34)."""
    roller: Pattern[str]
    tool: Pattern[str]
    """Rollers and balls."""
    rolls: Pattern[str]
    """Rolling, as a thing or as a movement."""
    low_back: Pattern[str]
    place: Pattern[str]
    """A place where nothing may be rolled: "on your lumbar spine", "at the side of your neck"."""
    negation: Pattern[str]
    """Words by which a sentence says no."""
    strain: Pattern[str]
    """Taking up a strain, a grip or a twist (S36)."""
    move_roll: Pattern[str]
    """Moves that take time (S37): rolling over, sitting up and so on; see routine/moves.toml."""
    move_sit: Pattern[str]
    move_stand: Pattern[str]
    move_rise: Pattern[str]
    move_lie: Pattern[str]
    move_floor: Pattern[str]
    move_legs: Pattern[str]
    move_breath: Pattern[str]
    """Breaths to wait for; a named group such as ``n3`` tells how many."""
    harmless: Pattern[str]
    """What may lie at the neck, the waist or the low back: a hand, a pillow."""

    @property
    def moves(self) -> Mapping[str, Pattern[str]]:
        """The patterns of moves by their names in routine/moves.toml."""
        found = (field.name for field in fields(self) if field.name.startswith(MOVE))
        return {name.removeprefix(MOVE): getattr(self, name) for name in found}
