"""Plans of random routines, drawn and compiled once for all the tests that lead them."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import good_plan, plan_of
from tests.doses.strategies import centre
from tests.effort import thorough
from tests.routine.strategies import routines
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Routine

GOOD = good_plan()


def drawn(count: int, most: int) -> tuple[Plan, ...]:
    """Return plans of `count` random routines of up to `most` exercises: the same on every run."""
    found: list[Plan] = []

    @settings(max_examples=count, derandomize=True, database=None, deadline=None)
    @given(routines(most=most))
    def draw(routine: Routine) -> None:
        found.append(plan_of(routine, centre))

    draw()
    return tuple(found)


COUNT = 40 if thorough() else 8
LONG, SHORT = drawn(COUNT, 3), drawn(COUNT, 2)
PLANS = st.just(GOOD) | st.sampled_from(LONG)
SHORT_PLANS = st.just(GOOD) | st.sampled_from(SHORT)
