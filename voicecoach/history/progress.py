"""One step up after sessions that went well, and back after one that did not (S42)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voicecoach.history.past import Past
from voicecoach.history.records import ExerciseRecord
from voicecoach.routine.model import Exercise

TIMES: Final = 6
"""Visits in a row that have to go well before a step up is offered: two weeks of three sessions.
ACSM (2009) progresses after the goal was exceeded in two sessions in a row; this is more careful.
"""

SETTLED: Final = 3
"""Sessions between one step up and the offer of the next. Our own choice."""

LATELY: Final = timedelta(days=28)
"""A longer break ends a row, and takes a step back. Our own choice."""

WORSE: Final = 2
"""So many points more at the end make a session count as one that did not go well (S27)."""


@dataclass(frozen=True, slots=True)
class Step:
    """An exercise that may be done one step harder."""

    exercise: str
    times: int
    """How often it went well in a row."""


def next_step(sessions: Sequence[Past], exercises: Sequence[Exercise], today: date) -> Step | None:
    """Return the step up to offer today: one at most, the first exercise of the routine first."""
    if any(_raised_in(past) for past in sessions[-SETTLED:]):
        return None
    for exercise in exercises:
        row = _row(sessions, exercise.id, 0, today)
        if exercise.harder and row >= TIMES:
            return Step(exercise.id, row)
    return None


def raised(sessions: Sequence[Past], exercises: Sequence[Exercise], today: date) -> dict[str, int]:
    """Return the level of each exercise that goes on one step harder: it went well there last."""
    return {
        exercise.id: 1
        for exercise in exercises
        if exercise.harder and _row(sessions, exercise.id, 1, today)
    }


def _row(sessions: Sequence[Past], exercise: str, level: int, today: date) -> int:
    """Return in how many of the last sessions in a row an exercise went well at a level."""
    count, later = 0, today
    for past in reversed(sessions):
        visits = [entry for entry in past.exercises if entry.exercise == exercise]
        if not visits:
            continue
        on = past.began.date()
        if later - on > LATELY or not all(_well(past, visit, level) for visit in visits):
            break
        count, later = count + 1, on
    return count


def _well(past: Past, visit: ExerciseRecord, level: int) -> bool:
    """Tell whether a visit was done whole at a level, to the last repetition, without complaint."""
    sets = [one for one in past.sets if one.visit == visit.visit]
    session = past.session
    rise = (session.after or 0) - (session.before or 0) if session.before is not None else 0
    return (
        visit.outcome == "done"
        and visit.level == level
        and all(one.repetitions >= one.of for one in sets)
        and not any(complaint.visit == visit.visit for complaint in past.complaints)
        and rise < WORSE
    )


def _raised_in(past: Past) -> bool:
    return any(entry.level > 0 for entry in past.exercises)
