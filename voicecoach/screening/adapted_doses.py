"""Doses for somebody who needs less of something, or longer for it (S17, S19, S23, S27)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from voicecoach.routine.model import (
    Dose,
    Exercise,
    Hold,
    HoldKind,
    Relaxation,
    Repetitions,
    Strokes,
    Variant,
)
from voicecoach.units import Ms

LONG_STRETCH: Final = Ms(30_000)
"""S19, S23: a stretch of somebody aged 65 or over lasts 30 to 60 s (ACSM)."""

SETTLE_LEAST: Final = Ms(12_000)
SETTLE_MOST: Final = Ms(60_000)
"""S19: longer transitions; half as long again as written, within these. Our own choice."""

SHORTEST_HOLD: Final = Ms(10_000)
"""A hold is not made shorter than that: there is no room for its words."""


def unhurried(exercise: Exercise) -> Exercise:
    """S19: more time to get into position, and long stretches at every level."""
    settle = Ms(-(-exercise.settle * 3 // 2000) * 1000)
    longer = at_each_level(exercise, _long)
    return replace(longer, settle=Ms(min(SETTLE_MOST, max(SETTLE_LEAST, settle))))


def once(exercise: Exercise) -> Exercise:
    """Return `exercise` with one set at every level."""
    return at_each_level(exercise, _one_set)


def with_easier(exercise: Exercise) -> Exercise:
    """Return `exercise` with an easier level: its own, or less of the plain one, if that can be."""
    if exercise.easier:
        return exercise
    dose = lighter(exercise.dose)
    return replace(exercise, easier=Variant((), dose)) if dose else exercise


def at_each_level(exercise: Exercise, change: Callable[[Dose], Dose]) -> Exercise:
    """Return `exercise` with the dose of each level changed."""
    easier, harder = (
        level and replace(level, dose=change(level.dose))
        for level in (exercise.easier, exercise.harder)
    )
    return replace(exercise, dose=change(exercise.dose), easier=easier, harder=harder)


def lighter(dose: Dose) -> Dose | None:
    """Return a third less of `dose`, or one set less; None where it cannot be less."""
    if isinstance(dose, Relaxation):
        return None
    if dose.sets > 1:
        return replace(dose, sets=dose.sets - 1)
    if isinstance(dose, Hold):
        length = Ms(dose.length * 2 // 3000 * 1000)
        return replace(dose, length=length) if length >= SHORTEST_HOLD else None
    fewer = replace(dose, count=dose.count * 2 // 3)
    return fewer if _is_a_set(fewer) else None


def _is_a_set(dose: Repetitions | Strokes) -> bool:
    """S22: fewer than ten strokes last at least 30 s."""
    if isinstance(dose, Strokes):
        return dose.count >= 10 or 2 * dose.count * dose.one_way >= 30_000
    return dose.count > 0


def _long(dose: Dose) -> Dose:
    if not isinstance(dose, Hold) or dose.kind is not HoldKind.STRETCH:
        return dose
    return replace(dose, kind=HoldKind.LONG, length=max(LONG_STRETCH, dose.length))


def _one_set(dose: Dose) -> Dose:
    return dose if isinstance(dose, Relaxation) else replace(dose, sets=1)
