"""How much strength work was done in the last seven days (S32)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Final

from voicecoach.history.past import Past
from voicecoach.routine.model import Per, Routine
from voicecoach.routine.safety import HEAVY_A_WEEK

WEEK: Final = timedelta(days=7)


def is_heavy(routine: Routine) -> bool:
    """Tell whether a routine is strength work: its file says at most twice a week."""
    often = routine.frequency
    return often is not None and often.per is Per.WEEK and often.times <= HEAVY_A_WEEK


def heavy_sessions(sessions: Iterable[Past], heavy: Collection[str], today: date) -> int:
    """Return how many sessions of the routines `heavy`, by id, there were in the last seven days,
    today among them. One in which no exercise was done whole does not count.
    """
    return sum(
        past.session.routine in heavy
        and today - WEEK < past.began.date() <= today
        and bool(past.done)
        for past in sessions
    )


def enough_for_now(
    sessions: Iterable[Past], routine: Routine, shelf: Sequence[Routine], today: date
) -> bool:
    """Tell whether a session of `routine` today would be too much strength work (S32)."""
    heavy = {one.id for one in (routine, *shelf) if is_heavy(one)}
    return is_heavy(routine) and heavy_sessions(sessions, heavy, today) >= HEAVY_A_WEEK


def gentle(shelf: Iterable[Routine], routine: Routine) -> Routine | None:
    """Return what may be done instead: no strength work, and as much as can be for the same parts
    of the body. None if there is nothing.
    """
    parts = {region for exercise in routine.exercises for region in exercise.regions}

    def likeness(one: Routine) -> float:
        own = {region for exercise in one.exercises for region in exercise.regions}
        return len(own & parts) / len(own | parts)

    return max((one for one in shelf if not is_heavy(one)), key=likeness, default=None)
