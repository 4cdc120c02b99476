"""The table of safe positions, whole: every complaint, posture and person."""

from __future__ import annotations

from itertools import product

import pytest

from tests.english import SAY
from tests.routines.shelf import NAMES, load
from voicecoach.dialog.safe_position import (
    AFTER_UNWELL,
    LYING,
    POSTURES,
    STAYS_DOWN,
    Complaint,
    Move,
    Person,
    Posture,
    moves,
)
from voicecoach.routine.model import Position
from voicecoach.track import lines_of

ALL = list(product(Complaint, Posture, Person, (False, True)))
LEFT = {Move.LIE_LEFT, Move.ROLL_LEFT, Move.SIT_OR_LEFT, Move.LEFT_IF_ABLE}
UPRIGHT = frozenset(Posture) - LYING


def test_every_position_has_a_posture() -> None:
    """No position of a routine is forgotten."""
    assert set(POSTURES) == set(Position)


@pytest.mark.rule("S7")
@pytest.mark.parametrize(("complaint", "posture", "person", "strained"), ALL)
def test_what_holds_of_every_entry(
    complaint: Complaint, posture: Posture, person: Person, strained: bool
) -> None:
    """S7, S8, S17, S30: nothing leads up after what keeps the body down, and something is said;
    hips come off the roller first; the left side is for those past the twelfth week, and only
    who was not asked hears of it with an "if".
    """
    told = moves(complaint, posture, person, strained=strained)
    down = complaint in STAYS_DOWN
    assert (Move.RELEASE in told) is (strained and not down)
    assert told or not down
    assert (told[:1] == (Move.HIPS_DOWN,)) is (down and posture is Posture.ROLLER)
    assert not LEFT & set(told) or person is Person.LEFT
    asks = complaint in (Complaint.UNWELL, Complaint.EMERGENCY)
    assert (Move.IF_PREGNANT in told) is (person is Person.UNASKED and asks)


@pytest.mark.rule("S17")
@pytest.mark.parametrize(("complaint", "strained"), list(product(Complaint, (False, True))))
def test_no_one_past_the_twelfth_week_waits_flat_on_the_back(
    complaint: Complaint, strained: bool
) -> None:
    """Every halt on the back ends on the left side."""
    told = set(moves(complaint, Posture.BACK, Person.LEFT, strained=strained))
    assert told & LEFT


@pytest.mark.parametrize("posture", sorted(UPRIGHT, key=lambda one: one.name))
@pytest.mark.parametrize("person", Person)
def test_a_faint_goes_down_where_it_is(posture: Posture, person: Person) -> None:
    """Standing or bent over: sit or lie down, right there."""
    first, *_ = moves(Complaint.UNWELL, posture, person, strained=True)
    assert first is (Move.LIE_LEFT if person is Person.LEFT else Move.SIT_OR_LIE)
    assert "right where you are" in SAY.say(first.value)


@pytest.mark.parametrize("complaint", [Complaint.URGENT, Complaint.STUCK, Complaint.SILENCE])
@pytest.mark.parametrize("posture", Posture)
def test_who_may_not_be_able_to_move_stays(complaint: Complaint, posture: Posture) -> None:
    """Numb legs, a fall, no answer: stay, and do not try to get up."""
    assert Move.STAY in moves(complaint, posture, Person.PLAIN, strained=True)


def test_after_dizziness_no_one_stands_or_hangs_the_head() -> None:
    """What is left for the day is done lying or seated, off the roller."""
    assert {Position.STANDING, Position.ALL_FOURS, Position.KNEELING, Position.ROLLER}.isdisjoint(
        AFTER_UNWELL
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_ways_out_of_shipped_exercises_fit_the_table(name: str) -> None:
    """S17, S21: a way out of the roller begins with the hips; one of the back turns to the side."""
    for exercise in load(name).exercises:
        lines = [line.lower() for line in lines_of(exercise.way_out)]
        if exercise.position is Position.ROLLER:
            assert any("hips" in line and "floor" in line for line in lines[:2]), exercise.id
            assert any("hips" in line for line in lines_of(exercise.release)), exercise.id
        if exercise.position is Position.SUPINE:
            assert any("side" in line for line in lines), exercise.id
        if exercise.dose.strained:
            assert exercise.release, f"{exercise.id}: how to let go of the work"
