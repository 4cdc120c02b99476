"""Time flat on the back in a row (S35)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.english import parse
from tests.plan.test_compile import compiled
from tests.routine.files import GOOD
from voicecoach.doses.hold import Hold
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import LEVELS
from voicecoach.plan.supine_time import MOST_FLAT, flat_stretches, flat_warnings
from voicecoach.routine.model import Caution, Position, Routine, Variant
from voicecoach.units import Ms

BASE = parse(GOOD, "x.yaml")


def with_positions(*positions: Position) -> Routine:
    """Return the good routine with its exercises in these positions."""
    pairs = zip(BASE.exercises, positions, strict=True)
    return replace(BASE, exercises=tuple(replace(e, position=p) for e, p in pairs))


@pytest.mark.rule("S35")
def test_what_lies_in_a_row_is_added_up() -> None:
    """Exercises on the back and on the roller make one stretch, which another position ends."""
    on_back, roller, seated = Position.SUPINE, Position.ROLLER, Position.SEATED
    plan = compiled(with_positions(on_back, on_back, roller))
    (whole,) = flat_stretches(plan)
    assert (whole.first, whole.last) == (0, 2)
    parts = sum(plan.estimate(i, 0, FULL, 100) for i in range(3))
    ways = plan.between(0, 1).length + plan.between(1, 2).length
    assert whole.length == parts + ways
    broken = flat_stretches(compiled(with_positions(on_back, seated, roller)))
    assert [(s.first, s.last) for s in broken] == [(0, 0), (2, 2)]
    assert flat_stretches(compiled(with_positions(seated, seated, seated))) == []


@pytest.mark.rule("S35")
def test_the_longest_level_counts_where_any_may_be_led() -> None:
    """Somebody may ask for another level on the way, so the longest of each exercise is told."""
    on_back, roller = Position.SUPINE, Position.ROLLER
    whole = with_positions(on_back, on_back, roller)
    long = replace(whole.exercises[0], harder=Variant(("Stay longer.",), Hold(Ms(60_000), sets=3)))
    plan = compiled(replace(whole, exercises=(long, *whole.exercises[1:])))
    (longest,) = flat_stretches(plan, LEVELS)
    parts = sum(max(plan.estimate(i, level, FULL, 100) for level in LEVELS) for i in range(3))
    ways = plan.between(0, 1).length + plan.between(1, 2).length
    assert longest.length == parts + ways > flat_stretches(plan)[0].length


@pytest.mark.rule("S35")
def test_who_is_sent_away_is_not_warned_of() -> None:
    """With the caution on the routine there is no warning; on one exercise it is left out, and
    what lies around it then follows in a row.
    """
    assert [warning.rule for warning in flat_warnings(compiled(BASE))] == ["S35"]
    cautioned = replace(BASE, contraindications=(Caution.PREGNANCY,))
    assert flat_warnings(compiled(cautioned)) == []
    middle = replace(BASE.exercises[1], contraindications=(Caution.PREGNANCY,))
    without = replace(BASE, exercises=(BASE.exercises[0], middle, BASE.exercises[2]))
    (stretch,) = flat_stretches(compiled(without))
    assert (stretch.first, stretch.last) == (0, 2)
    assert stretch.length < flat_stretches(compiled(BASE))[0].length


@pytest.mark.rule("S35")
def test_three_minutes_are_no_warning() -> None:
    """The warning comes beyond the limit only, and names minutes and seconds."""
    one = replace(BASE, exercises=BASE.exercises[:1])
    plan = compiled(one)
    assert flat_stretches(plan)[0].length <= MOST_FLAT
    assert flat_warnings(plan) == []
    (warning,) = flat_warnings(compiled(BASE))
    assert " min " in warning.message
    assert " s flat on the back in a row" in warning.message
    assert warning.line == BASE.exercises[0].line
