"""Patterns that find in a spoken text what a listener cannot use, or a safety rule forbids.

The words of a text are compared, not understood. Each pattern ignores case, and is made from the
list of regular expressions under its name in ``lint.toml``.
"""

from __future__ import annotations

from dataclasses import dataclass
from re import Pattern


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
    harmless: Pattern[str]
    """What may lie at the neck, the waist or the low back: a hand, a pillow."""
