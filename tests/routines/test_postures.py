"""The body can follow: a way in begins where the last exercise ended, and no step is missing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.routines.postures import (
    LEFT_AS,
    POSTURE,
    SIT,
    StrandedError,
    walk,
    way_in,
    way_out,
)
from tests.routines.shelf import NAMES, SHARED, load
from voicecoach.routine.model import Exercise, Position


@pytest.mark.parametrize("name", NAMES)
def test_each_way_leads_on_from_the_last(name: str) -> None:
    """From the start, and from each exercise to each later one (others may be skipped), the lines
    lead into the position, and none says to get where the user already is.
    """
    walk(load(name).exercises)


@pytest.mark.parametrize("name", [*NAMES, *(f"exercises/{name}" for name in SHARED)])
def test_each_way_out_ends_in_safety(name: str) -> None:
    """On two feet, on the chair, or sitting on the mat after the side."""
    for exercise in load(name).exercises:
        posture = POSTURE[exercise.position]
        assert way_out(exercise) == LEFT_AS.get(posture, SIT), exercise.id


def cat(*way_in: str, position: Position = Position.ALL_FOURS) -> Exercise:
    """Return the cat with another way in."""
    (cat,) = load("exercises/cat").exercises
    return replace(cat, way_in=way_in, start=(), position=position)


@pytest.mark.parametrize(
    ("posture", "line"),
    [
        ("all fours", "Come onto all fours, on your hands and knees."),
        ("sitting", "Walk your hands forward, and lie on your belly."),
        ("sitting", "Then set one foot forward, and stand slowly."),
        ("back", "Come to the floor, lie on your side, then roll onto your back."),
        ("sitting", "Sit down like a frog."),
    ],
)
def test_a_step_that_is_missing_is_noticed(posture: str, line: str) -> None:
    """A line that says to get where the user is, or skips a step, or is new, does not pass."""
    with pytest.raises(StrandedError):
        way_in(cat(line), posture)
