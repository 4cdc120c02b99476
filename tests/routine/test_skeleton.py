"""A new routine passes the check whatever it is made of, and has no marks in an editor."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.english import LANGUAGE, parse
from tests.plan.test_compile import compiled
from tests.routine.editor import marks
from tests.routine.strategies import ROLLED
from voicecoach.doses.registry import KINDS
from voicecoach.errors import InputError
from voicecoach.plan.strain_time import too_long
from voicecoach.plan.supine_time import flat_warnings
from voicecoach.routine.model import Position, Region
from voicecoach.routine.skeleton import Draft, ExerciseDraft, measured, skeleton, slug, texts
from voicecoach.yaml_reader.text_lint import Sides

DOSES = list(texts("en")["doses"])
ROLLING = [name for name in DOSES if measured("en", name)[0] is KINDS["strokes"]]


def draft(*exercises: ExerciseDraft) -> Draft:
    """Return a routine of these exercises."""
    return Draft("mine", "Mine", "A routine of my own.", "Jo", "en", exercises)


def goes_together(one: ExerciseDraft) -> bool:
    """Tell whether S21 lets an exercise be done there."""
    rolls = one.dose in ROLLING or one.position is Position.ROLLER
    return not rolls or one.region in ROLLED


def exercises() -> st.SearchStrategy[ExerciseDraft]:
    """Return exercises of any position, part of the body, dose and sides."""
    made = st.builds(
        lambda position, region, dose, sides: ExerciseDraft(
            f"Move {dose.replace('-', ' ')}", position, region, dose, measured("en", dose)[1], sides
        ),
        st.sampled_from(Position),
        st.sampled_from(Region),
        st.sampled_from(DOSES),
        st.sampled_from(Sides),
    )
    return made.filter(goes_together)


@given(st.lists(exercises(), min_size=1, max_size=3, unique_by=lambda one: one.dose))
@examples(6)
def test_whatever_is_asked_for_passes(drafts: list[ExerciseDraft]) -> None:
    """It parses without a warning of its own, is compiled, asks for no long strain (S36)."""
    text = skeleton(draft(*drafts))
    routine = parse(text, "mine.yaml")
    assert [exercise.name for exercise in routine.exercises] == [one.name for one in drafts]
    assert not routine.warnings
    assert not too_long(compiled(routine))
    assert marks(text) == []


@pytest.mark.parametrize(("position", "sides"), list(product(Position, Sides)))
def test_every_position_is_known(position: Position, sides: Sides) -> None:
    """Each has its ways in and out, and a part of the body that goes with it."""
    region = Region(texts("en")["positions"][position.value]["regions"])
    dose = ROLLING[0] if position is Position.ROLLER else "repetitions"
    one = ExerciseDraft("A move", position, region, dose, measured("en", dose)[1], sides)
    plan = compiled(parse(skeleton(draft(one)), "mine.yaml"))
    assert not flat_warnings(plan)
    assert plan.routine.exercises[0].sides is sides


def test_there_is_a_dose_of_every_kind() -> None:
    """No kind of exercise is left out."""
    assert {measured("en", name)[0] for name in DOSES} == set(KINDS.values())


def test_another_language_has_none() -> None:
    """It is told which one has."""
    with pytest.raises(InputError, match="no skeleton"):
        skeleton(draft().__class__("x", "X", "X.", "X", "xx", draft(_BRIDGE).exercises))


_BRIDGE = ExerciseDraft("Bridge", Position.SUPINE, Region.HIP, "repetitions", 8)


@pytest.mark.parametrize(
    ("name", "expected"),
    [("My morning!", "my-morning"), ("Ünder 10", "nder-10"), ("--", ""), ("a__b", "a-b")],
)
def test_a_name_gives_an_id(name: str, expected: str) -> None:
    """Small letters, digits, single hyphens."""
    assert slug(name) == expected


def test_odd_names_are_quoted() -> None:
    """What YAML would turn into something else stays a text."""
    odd = ExerciseDraft("No", Position.SEATED, Region.NECK, "stretch", 12.0)
    routine = parse(skeleton(Draft("no", "Yes: no", "Null.", "0210", "en", (odd,))), "no.yaml")
    assert (routine.name, routine.author, routine.exercises[0].name) == ("Yes: no", "0210", "No")
    assert LANGUAGE.code == routine.language
