"""How long an exercise keeps its user in place, told before anything is rendered (S17, S35)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.plan import LEVELS, Plan
from voicecoach.routine.script import FULL, way_out
from voicecoach.routine.track import SENTENCE
from voicecoach.routine.work import Manner, work_track
from voicecoach.sayings import Sayings
from voicecoach.units import Ms

FLAT_BUDGET: Final = Ms(120_000)
"""S17: at most two to three minutes in a row. The lower end is planned for, so that a slow voice
stays within `routine.flat.MOST_FLAT`, too."""

MS_PER_CHARACTER: Final = 65
MS_PER_LINE: Final = 200
"""Length of a line at 160 words a minute. Over all 347 lines of two routines, rendered by the
coach's usual voice, this is 7 % more than they take; tests/safety/test_lying.py holds each exercise
against it."""


class _Guessed(dict[str, Ms]):
    """Lengths of lines that nobody has rendered yet."""

    def __missing__(self, text: str) -> Ms:
        return Ms(MS_PER_LINE + MS_PER_CHARACTER * len(text))


def time_of(exercise: Exercise, routine: Routine, say: Sayings) -> Ms:
    """Return how long `exercise` takes at its longest level: description, work, and the way out.

    An upper estimate at the written pace; what the user asks for on the way comes on top.
    """
    plan = Plan(replace(routine, exercises=(exercise,)), say, _Guessed())
    out = sum(plan.length(line) + SENTENCE for line in way_out(exercise, say))
    return Ms(max(_level(plan, level) for level in LEVELS) + out)


def _level(plan: Plan, level: int) -> int:
    """Return what `Plan.estimate` does, without asking whether the words fit their beats."""
    stations = plan.stations(0, level)
    work = work_track(plan.exercise(0).variant(level).dose, plan.say, _no_time, Manner()).length
    bridges = (plan.bridge(*pair, level).length for pair in pairwise(stations))
    talk = plan.reading(0, level, FULL).length + plan.settle(0, FULL).length
    return talk + len(stations) * work + sum(bridges)


def _no_time(_: str) -> Ms:
    return Ms(0)
