"""The table of how the routines go by ear."""

from __future__ import annotations

import pytest

from bench.by_ear import LANGUAGE, YESTERDAY, measure
from bench.first_beat import DAY, first_beat
from tests.effort import one_in
from tests.routines.shelf import NAMES, load
from voicecoach.app.pipeline import lengths_of
from voicecoach.app.wiring import Choices, make_plan, render
from voicecoach.dialog.screening_dialog import screening_lines
from voicecoach.plan.plan import Plan
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.track import Lengths

LATEST = 60
"""Seconds from the start to the first beat on a usual day, health questions included."""


def _plan(name: str) -> tuple[Plan, Lengths]:
    """Return a plan, and the lengths of its lines and of the questions'."""
    choices = Choices(LANGUAGE)
    asked = render(screening_lines(Screening.start(Profile(), DAY), LANGUAGE.prompts), choices)
    plan, clips = make_plan(load(name), choices)
    return plan, lengths_of({**asked, **clips})


def test_the_shortest_routine_is_measured() -> None:
    """A usual day begins sooner than the first, the strain is short (S36), and there is work."""
    row = measure(*_plan("desk-break"))
    assert 20 < row.usual < row.first < 300
    assert 0 < row.strain <= 12
    assert 0.1 < row.work < 0.9
    assert 0 < row.silence <= 30
    assert 140 < row.words < 180
    assert 0 < row.out <= row.longest_out


@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_a_usual_day_begins_within_a_minute(name: str) -> None:
    """Where the routine was done lately, with the coach's usual voice."""
    plan, lengths = _plan(name)
    assert first_beat(plan, lengths, YESTERDAY, known=True) <= LATEST
