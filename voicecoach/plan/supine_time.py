"""Time flat on the back, in a row: what a pregnant user has little of (SAFETY S17, S35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from voicecoach.errors import Problem
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Caution, Position
from voicecoach.units import Ms

MOST_FLAT: Final = Ms(180_000)
"""S17: at most two to three minutes flat on the back in a row, beyond weeks 12 to 16."""

ON_THE_BACK: Final = (Position.SUPINE, Position.ROLLER)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Exercises on the back with none in another position between them, and how long they take."""

    first: int
    last: int
    """Indices into the routine's exercises."""
    length: Ms


def flat_stretches(plan: Plan, levels: Sequence[int] = (0,)) -> list[Stretch]:
    """Return the stretches of `plan` for a pregnant user, who leaves out what names that caution.

    Each goes from the description of its first exercise to the last beat of its last one, at the
    written pace, and of each exercise the longest of `levels` counts.
    """
    found: list[Stretch] = []
    before: int | None = None
    for i, exercise in enumerate(plan.routine.exercises):
        if Caution.PREGNANCY in exercise.contraindications:
            continue
        if exercise.position in ON_THE_BACK:
            length = max(plan.time(i, level) for level in levels)
            goes_on = before is not None and found and found[-1].last == before
            if goes_on and before is not None:
                length = Ms(found[-1].length + plan.between(before, i).length + length)
                found[-1] = Stretch(found[-1].first, i, length)
            else:
                found.append(Stretch(i, i, length))
        before = i
    return found


def flat_warnings(plan: Plan) -> list[Problem]:
    """Return a warning for each stretch that is too long for a pregnant user, whom the routine
    does not send away (S35).
    """
    routine = plan.routine
    if Caution.PREGNANCY in routine.contraindications:
        return []
    return [
        _warning(plan, stretch) for stretch in flat_stretches(plan) if stretch.length > MOST_FLAT
    ]


def _warning(plan: Plan, stretch: Stretch) -> Problem:
    minutes, seconds = divmod(round(stretch.length / 1000), 60)
    message = f"{minutes} min {seconds} s flat on the back in a row"
    if stretch.last > stretch.first:
        message += f", to the end of exercises[{stretch.last + 1}]"
    hint = "three minutes at most, or name the caution 'pregnancy'"
    line = plan.exercise(stretch.first).line
    where = f"exercises[{stretch.first + 1}]"
    return Problem(line, where, message, hint, "S35", warning=True)
