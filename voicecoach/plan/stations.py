"""Stations: what an exercise consists of, one set on one side each."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Station:
    """One set on one side of one exercise."""

    exercise: int
    """Index into the routine's exercises."""
    set: int
    """1-based."""
    side: str | None
    """The key of the side ("left" or "right"), or None where both work together."""
