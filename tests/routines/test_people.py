"""Each shipped routine, for everybody with at most two conditions: what the rules leave of it."""

from __future__ import annotations

from functools import cache

import pytest

from tests.english import LANGUAGE
from tests.routines.postures import walk
from tests.routines.shelf import NAMES, load
from tests.screening.conditions import PAIRS, Condition, profile_of
from tests.screening.people import TODAY, told
from tests.screening.test_adapt_properties import forbidden
from voicecoach.app.routine_library import shared_exercises
from voicecoach.routine.model import Load
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Adapted

LOADS = {
    "cat": "flexion hollow", "round-and-straighten": "flexion", "knee-to-chest": "flexion",
    "both-knees": "flexion", "body-lift": "trunk hollow", "knees-to-one-side": "twist",
    "seated-twist": "twist", "windmill": "bend twist", "rowing": "bend", "good-mornings": "bend",
    "opposite-arm-and-leg": "trunk", "leg-lift": "trunk", "pelvic-lift": "trunk", "hang": "hang",
}  # fmt: skip
"""What each exercise asks of the spine, read from its text; the others ask nothing."""


@cache
def library() -> tuple[object, ...]:
    """Return the exercises that may take the place of others."""
    return tuple(shared_exercises(load(NAMES[0]), LANGUAGE))


def left(name: str, profile: Profile) -> list[str]:
    """Return the ids of what is led of a routine; none if it is declined."""
    answer = adapt(load(name), profile, TODAY, LANGUAGE, library())  # type: ignore[arg-type]
    return [e.id for e in answer.routine.exercises] if isinstance(answer, Adapted) else []


@pytest.mark.parametrize("name", NAMES)
def test_each_exercise_states_its_loads(name: str) -> None:
    """The files say of each exercise what it asks of the spine."""
    for exercise in load(name).exercises:
        wanted = LOADS.get(exercise.id, "").split()
        assert [one.value for one in exercise.loads] == wanted, exercise.id


@cache
def everybody(name: str) -> tuple[tuple[Condition, Profile, Adapted], ...]:
    """Return the routine as it is led for each person of at most two conditions."""
    people = [(condition, profile_of(condition)) for condition in PAIRS]
    answers = [(*who, adapt(load(name), who[1], TODAY, LANGUAGE, library())) for who in people]  # type: ignore[arg-type]
    return tuple((c, p, answer) for c, p, answer in answers if isinstance(answer, Adapted))


@pytest.mark.parametrize("name", NAMES)
def test_what_is_left_can_be_followed(name: str) -> None:
    """The ways lead on where exercises are left out, and where others take their place."""
    orders = [answer.routine.exercises for _, _, answer in everybody(name)]
    for exercises in {tuple(e.id for e in order): order for order in orders}.values():
        walk(exercises)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.rule("S16")
@pytest.mark.rule("S17")
@pytest.mark.rule("S18")
def test_nobody_is_led_what_is_barred(name: str) -> None:
    """No exercise that is kept, and none that takes another's place, is barred for its user."""
    wrong: list[tuple[Condition, str, list[str]]] = []
    for condition, profile, answer in everybody(name):
        found = [(e.id, forbidden(e, profile)) for e in answer.routine.exercises]
        wrong += [(condition, id_, why) for id_, why in found if why]
    assert not wrong


@pytest.mark.rule("S17")
def test_s17_pregnant_the_cat_is_rounding_and_straightening() -> None:
    """S17: the back never sways; what takes the cat's place is most like it."""
    for profile in (told(Fact.PREGNANT), told(Fact.PREGNANT, Fact.PREGNANT_LONG)):
        led = left("back-at-home", profile)
        assert led[-3:] == ["round-and-straighten", "opposite-arm-and-leg", "good-mornings"]
        strong = ["opposite-arm-and-leg", "rowing", "round-and-straighten"]
        assert left("preventive-back-strength", profile) == strong
    assert left("pregnancy-back-care", profile)[0] == "round-and-straighten"


@pytest.mark.rule("S16")
def test_s16_fragile_bones_are_not_rounded() -> None:
    """S16: neither the cat nor a knee at the chest, in any routine."""
    for name in NAMES:
        assert not {"cat", "knee-to-chest", "both-knees", "hang"} & set(
            left(name, told(Fact.BONES))
        )
    assert left("herniated-disc", told(Fact.BONES, Fact.DISC, Fact.DISC_AGREED)) == [
        "legs-on-a-chair"
    ]


@pytest.mark.rule("S19")
def test_s19_older_people_do_not_hang() -> None:
    """S19: half a minute by the hands asks more of a grip and two shoulders than it gives."""
    older = told(Fact.OLDER, Fact.DISC, Fact.DISC_AGREED)
    led = left("herniated-disc", older)
    assert led == ["legs-on-a-chair", "cat", "knee-to-chest", "both-knees"]
    assert "hang" in left("herniated-disc", told(Fact.DISC, Fact.DISC_AGREED))


@pytest.mark.rule("S18")
def test_s18_without_a_yes_no_routine_gives_what_the_disc_routine_refuses() -> None:
    """S18: what needs a clinician's yes there needs it everywhere; rest and hands stay open."""
    refused = {e.id for e in load("herniated-disc").exercises if not e.rests}
    for name in NAMES:
        led = left(name, told(Fact.DISC))
        assert not refused & set(led)
        assert not [id_ for id_ in led if LOADS.get(id_)]
    assert left("lumbago-relief", told(Fact.DISC))[0] == "legs-on-a-chair"
    agreed = left("back-at-home", told(Fact.DISC, Fact.DISC_AGREED))
    assert agreed == ["hands-under-buttocks-sway", "cat", "opposite-arm-and-leg"]


def test_every_load_is_in_use() -> None:
    """Each load that a file can state is stated by a shipped routine."""
    stated = {word for words in LOADS.values() for word in words.split()}
    assert stated == {load.value for load in Load}
