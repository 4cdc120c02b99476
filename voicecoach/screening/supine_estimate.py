"""How long a routine keeps its user flat on the back, before anything is rendered (S17, S35)."""

from __future__ import annotations

from typing import Final

from voicecoach.language.model import Language
from voicecoach.plan.plan import LEVELS, Plan
from voicecoach.plan.supine_time import flat_stretches
from voicecoach.routine.model import Routine
from voicecoach.units import Ms

FLAT_BUDGET: Final = Ms(120_000)
"""S17: at most two to three minutes in a row. The lower end is planned for, so that a slow voice
stays within `plan.supine_time.MOST_FLAT`, too."""

MS_PER_CHARACTER: Final = 78
MS_PER_LINE: Final = 200
"""Length of a line at 160 words a minute. Over all lines of the shipped routines, rendered by the
coach's usual voice, this is 4 % more than they take; tests/screening/test_supine_estimate.py holds
each exercise against it."""


class Guessed(dict[str, Ms]):
    """Lengths of lines that are not rendered yet."""

    def __missing__(self, text: str) -> Ms:
        return Ms(MS_PER_LINE + MS_PER_CHARACTER * len(text))


def guessed(routine: Routine, language: Language) -> Plan:
    """Return a plan of `routine` with guessed lengths: for `Plan.time`, not to be led."""
    return Plan(routine, language, Guessed())


def flat_time(routine: Routine, language: Language) -> Ms:
    """Return the longest time flat on the back in a row, each exercise at its longest level.

    An upper estimate at the written pace; what the user asks for on the way comes on top.
    """
    stretches = flat_stretches(guessed(routine, language), LEVELS)
    return max((stretch.length for stretch in stretches), default=Ms(0))
