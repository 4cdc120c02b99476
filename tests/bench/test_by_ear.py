"""The table of how the routines go by ear."""

from __future__ import annotations

import pytest

from bench.by_ear import LANGUAGE, first_beat, measure
from tests.routines.shelf import NAMES, load
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.plan.narration import BRIEF, Greeting

LATEST = 60
"""Seconds from the start to the first beat on a usual day."""


def test_the_shortest_routine_is_measured() -> None:
    """A usual day begins sooner than the first, the strain is short (S36), and there is work."""
    plan, _ = make_plan(load_routine(routine_files()["desk-break"], LANGUAGE), Choices(LANGUAGE))
    row = measure(plan)
    assert 20 < row.usual < row.first < 180
    assert 0 < row.strain <= 12
    assert 0.1 < row.work < 0.9
    assert 0 < row.silence <= 30
    assert 140 < row.words < 180
    assert 0 < row.out <= row.longest_out


@pytest.mark.parametrize("name", NAMES)
def test_a_usual_day_begins_within_a_minute(name: str) -> None:
    """Where the routine was done lately, with the coach's usual voice."""
    plan, _ = make_plan(load(name), Choices(LANGUAGE))
    assert first_beat(plan, 0, Greeting.AGAIN, BRIEF) <= LATEST
