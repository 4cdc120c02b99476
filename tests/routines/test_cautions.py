"""Who is kept from what: the cautions that the safety rules S12 to S18 and S31 ask for."""

from __future__ import annotations

import pytest

from tests.routines.facts import missing
from tests.routines.shelf import NAMES, load
from voicecoach.doses.relaxation import Relaxation
from voicecoach.routine.model import Caution, Position

ROLLING = {
    Caution.UNEXPLAINED_PAIN, Caution.WOUND, Caution.FRACTURE, Caution.THROMBOSIS,
    Caution.INFLAMMATION, Caution.BLOOD_THINNERS, Caution.OSTEOPOROSIS, Caution.STEROIDS,
    Caution.PREGNANCY, Caution.DISC, Caution.SPINE_SURGERY,
}  # fmt: skip
"""S12 to S18: no rolling."""


@pytest.mark.parametrize("name", NAMES)
def test_cautions_by_rule(name: str) -> None:
    """S12 to S18: rolling, the belly and the disc have their cautions."""
    whole = set(load(name).contraindications)
    assert {Caution.FRACTURE, Caution.FEVER, Caution.UNWELL} <= whole
    for each in load(name).exercises:
        own = whole | set(each.contraindications)
        if each.position is Position.ROLLER:
            assert own >= ROLLING
        if each.position is Position.PRONE or isinstance(each.dose, Relaxation):
            assert Caution.PREGNANCY in own
    if name in ("upper-back-at-home", "desk-break"):
        assert whole >= {Caution.DISC, Caution.SPINE_SURGERY}


def test_the_disc_routine_is_open_to_a_disc() -> None:
    """S18: neither it nor its exercises shut out those it is for; its first words say when."""
    routine = load("herniated-disc")
    for cautions in (routine.contraindications, *(e.contraindications for e in routine.exercises)):
        assert not {Caution.DISC, Caution.SPINE_SURGERY} & set(cautions)
    assert Caution.ACUTE_INJURY in routine.contraindications
    assert not missing(routine.summary, "only after the acute phase|doctor or physiotherapist")


def test_relief_is_left_in_the_first_two_days() -> None:
    """S31: of the routine for lumbago the rest with the chair is allowed, and nothing else."""
    routine = load("lumbago-relief")
    assert Caution.ACUTE_INJURY not in routine.contraindications
    allowed = [e.id for e in routine.exercises if Caution.ACUTE_INJURY not in e.contraindications]
    assert allowed == ["legs-on-a-chair"]


def test_pregnancy_is_off_the_back_and_the_belly() -> None:
    """S17: all fours and standing only."""
    positions = {exercise.position for exercise in load("pregnancy-back-care").exercises}
    assert positions == {Position.ALL_FOURS, Position.STANDING}
