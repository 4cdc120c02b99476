"""What the answers mean for a day, as it is told after the questions."""

from __future__ import annotations

import pytest

from tests.english import LANGUAGE, SAY
from tests.routines.shelf import NAMES, load
from tests.screening.conditions import Condition, conditions, profile_of
from tests.screening.people import TODAY, routine, told
from voicecoach.routine.model import Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.outlook import open_to, outlook, outlook_lines
from voicecoach.screening.profile import let_through
from voicecoach.screening.refusal import NO_SESSION
from voicecoach.screening.summary import allows, meaning
from voicecoach.screening.verdicts import Adapted

LONGEST_WORDS = 17
"""A sentence that is heard once."""


def test_somebody_let_through_hears_that_nothing_stands_in_the_way() -> None:
    """One sentence, and any session is allowed."""
    assert meaning(let_through(TODAY), TODAY, SAY) == (
        "Nothing you told me stands in the way of gentle exercise.",
    )
    assert allows(let_through(TODAY), TODAY, SAY)


def test_each_thing_has_a_sentence_of_its_own() -> None:
    """Late in a pregnancy, over sixty five, on blood thinners: a short sentence for each."""
    profile = told(Fact.PREGNANT, Fact.PREGNANT_LONG, Fact.OLDER, Fact.BLOOD)
    assert meaning(profile, TODAY, SAY, ("One routine is open to you.",)) == (
        "I fit each routine to what you told me.",
        "I leave out all rolling.",
        "You do nothing on your belly, and you lie flat on your back for short times only.",
        "You get more time for each position, and stretches last longer.",
        "I leave out what asks too much of your spine.",
        "One routine is open to you.",
    )
    assert allows(profile, TODAY, SAY)


@pytest.mark.parametrize("condition", conditions(), ids=lambda one: " ".join(f.value for f in one))
def test_every_answer_is_told_in_short_sentences(condition: Condition) -> None:
    """Whatever was answered by yes: where a session is allowed, each sentence can be followed."""
    profile = profile_of(condition)
    if allows(profile, TODAY, SAY):
        said = meaning(profile, TODAY, SAY)
        assert max(len(sentence.split()) for sentence in said) <= LONGEST_WORDS
    else:
        assert any(NO_SESSION.get(fact) for fact, yes in condition.items() if yes)


def shelf(n: int) -> list[Routine]:
    """Return so many routines."""
    return [routine(id=f"r{k}", name=f"Routine {k}") for k in range(n)]


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (4, ["All four routines are open to you."]),
        (3, ["Three routines are open to you. These are not.", "Routine 3."]),
        (2, ["Two routines are open to you.", "Routine 0.", "Routine 1."]),
        (1, ["One routine is open to you.", "Routine 0."]),
        (0, ["No routine is open to you at the moment."]),
    ],
)
def test_the_shorter_list_is_told_by_name(left: int, said: list[str]) -> None:
    """What is open, or what is not; each line can be rendered before the answers are known."""
    every = shelf(4)
    assert list(outlook(every[:left], every, SAY)) == said
    assert set(said) <= set(outlook_lines(every, SAY))
    assert outlook((), (), SAY) == ()


@pytest.mark.parametrize("condition", conditions(), ids=lambda one: " ".join(f.value for f in one))
def test_what_is_open_is_what_is_led(condition: Condition) -> None:
    """Of the shipped routines those are open that would be led, whoever it is."""
    every = [load(name) for name in NAMES]
    profile = profile_of(condition)
    found = open_to(profile, TODAY, LANGUAGE, every)
    led = [one for one in every if isinstance(adapt(one, profile, TODAY, LANGUAGE), Adapted)]
    assert found == led
    assert not found or allows(profile, TODAY, SAY)
