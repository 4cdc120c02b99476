"""One routine for a part of the body, where no time was asked for."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.routine.model import Region, Routine


def is_for(routine: Routine, region: Region | None) -> bool:
    """Tell whether at least half of the exercises are for a part of the body."""
    count = sum(region in exercise.regions for exercise in routine.exercises)
    return region is None or 2 * count >= len(routine.exercises)


def pick(
    routines: Sequence[Routine],
    region: Region | None = None,
    rolling: bool = False,
    done: Sequence[str] = (),
) -> Routine | None:
    """Return the routine for `region` that the user did last, else the one with the most for it
    that needs the least; None where there is none.

    `rolling`: only routines with a roller. `done` are ids of routines, the latest last.
    """
    fit = [r for r in routines if is_for(r, region) and (not rolling or _rolls(r))]
    return min(fit, key=lambda routine: _rank(routine, region, done), default=None)


def _rolls(routine: Routine) -> bool:
    return any(exercise.rolls for exercise in routine.exercises)


def _rank(routine: Routine, region: Region | None, done: Sequence[str]) -> tuple[int, float, int]:
    known = [len(done) - i for i, name in enumerate(done) if name == routine.id]
    share = sum(region in e.regions for e in routine.exercises) / len(routine.exercises)
    return min(known, default=len(done) + 1), -share, len(routine.equipment)
