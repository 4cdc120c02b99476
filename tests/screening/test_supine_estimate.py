"""The estimate of how long an exercise keeps its user in place."""

from __future__ import annotations

import pytest

from tests.effort import one_in
from tests.english import LANGUAGE
from tests.screening.people import REPS, REST, STRETCH, STROKES, move, routine
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.doses.base import Dose
from voicecoach.doses.hold import Hold
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import LEVELS
from voicecoach.routine.model import Position, Variant
from voicecoach.screening.supine_estimate import MS_PER_CHARACTER, MS_PER_LINE, flat_time, guessed
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

FLOOR = Position.SUPINE


@pytest.mark.slow
@pytest.mark.parametrize("name", one_in(5, sorted(routine_files())))
def test_the_estimate_is_on_the_long_side(name: str) -> None:
    """For each shipped exercise and level it is more than the compiled time, and at most half as
    long again. The coach's usual voice renders every line, so a quick run takes three routines.
    """
    whole = load_routine(routine_files()[name], LANGUAGE)
    plan, _ = make_plan(whole, Choices(LANGUAGE))
    for index, exercise in enumerate(whole.exercises):
        for level in LEVELS:
            real = plan.estimate(index, level, FULL, 100)
            assert plan.time(index, level) == real
            assert real <= guessed(whole, LANGUAGE).time(index, level) <= 1.5 * real, exercise.id


def lasts(dose: Dose, **own: object) -> int:
    """Return the estimate for a small exercise with this dose."""
    return flat_time(routine(move("one", FLOOR, dose, **own)), LANGUAGE)


def test_each_second_of_work_counts() -> None:
    """Ten seconds more of a hold are ten seconds more; a rest of minutes counts whole."""
    spoken = (len("thirty") - len("twenty")) * MS_PER_CHARACTER
    assert lasts(Hold(Ms(30_000))) - lasts(STRETCH) == 10_000 + spoken
    assert lasts(REST) > REST.length


@pytest.mark.parametrize("dose", [STRETCH, REPS, STROKES])
def test_sides_and_levels_count(dose: Dose) -> None:
    """Both sides take longer than one, and the longest level is the one that counts."""
    assert lasts(dose, sides=Sides.EACH) > lasts(dose) + MS_PER_LINE
    longer = Variant(("Longer.",), Hold(Ms(60_000), sets=3))
    assert lasts(dose, harder=longer) > lasts(dose)
    assert lasts(dose, easier=longer) > lasts(dose)


def test_only_what_lies_in_a_row_counts() -> None:
    """Another position before and after adds nothing; what lies beside it does."""
    one, two, seated = move("one", FLOOR), move("two", FLOOR), move("three")
    alone = flat_time(routine(one), LANGUAGE)
    assert flat_time(routine(one, seated), LANGUAGE) == alone
    assert flat_time(routine(one, two, seated), LANGUAGE) > 2 * alone
    assert flat_time(routine(seated), LANGUAGE) == 0
