"""Keeping what changes, each value once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from voicecoach.screening.profile import Profile
from voicecoach.units import Ms

Keep = Callable[[Profile], None]
"""Keeps a profile for the next session. It must not wait for a disk."""


def forget(profile: Profile) -> None:
    """Keep nothing."""


def unnoted(now: Ms) -> None:
    """Take no note of the time."""


T = TypeVar("T")


class Changes(Generic[T]):
    """Keeps each value that differs from the one before."""

    def __init__(self, keep: Callable[[T], None], before: T) -> None:
        self._keep, self._last = keep, before

    def __call__(self, value: T) -> None:
        """Take what holds now."""
        if value != self._last:
            self._last = value
            self._keep(value)
