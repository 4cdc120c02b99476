"""Doses for a user who needs less of something, or longer for it (S17, S19, S23, S27)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from voicecoach.doses.base import Dose
from voicecoach.routine.model import Exercise, Variant
from voicecoach.track import Item, Pause
from voicecoach.units import Ms

SETTLE_LEAST: Final = Ms(12_000)
SETTLE_MOST: Final = Ms(60_000)
"""S19: longer transitions; half as long again as written, within these. Our own choice."""


def unhurried(exercise: Exercise) -> Exercise:
    """S19: more time to get into position and out of it, and long stretches at every level."""
    return with_more_time(at_each_level(exercise, lambda dose: dose.unhurried()))


def with_more_time(exercise: Exercise) -> Exercise:
    """Return `exercise` with half as much time again to get into position and out of it."""
    least = Ms(0) if exercise.start else SETTLE_LEAST
    settle = Ms(-(-exercise.settle * 3 // 2000) * 1000)
    return replace(
        exercise,
        settle=Ms(min(SETTLE_MOST, max(least, settle))),
        way_in=_longer_pauses(exercise.way_in),
        way_in_short=_longer_pauses(exercise.way_in_short),
        way_out=_longer_pauses(exercise.way_out),
        release=_longer_pauses(exercise.release),
        start=_longer_pauses(exercise.start),
    )


def _longer_pauses(items: Sequence[Item]) -> tuple[Item, ...]:
    """Return `items` with each pause half as long again."""
    return tuple(
        Pause(Ms(item.length * 3 // 2)) if isinstance(item, Pause) else item for item in items
    )


def once(exercise: Exercise) -> Exercise:
    """Return `exercise` with one set at every level."""
    return at_each_level(exercise, lambda dose: dose.one_set())


def with_easier(exercise: Exercise) -> Exercise:
    """Return `exercise` with an easier level: its own, or less of the plain one, if that can be."""
    if exercise.easier:
        return exercise
    dose = exercise.dose.lighter()
    return replace(exercise, easier=Variant((), dose)) if dose else exercise


def at_each_level(exercise: Exercise, change: Callable[[Dose], Dose]) -> Exercise:
    """Return `exercise` with the dose of each level changed."""
    easier, harder = (
        level and replace(level, dose=change(level.dose))
        for level in (exercise.easier, exercise.harder)
    )
    return replace(exercise, dose=change(exercise.dose), easier=easier, harder=harder)
