"""Talk fades: what the user knows is said shortly, and how much is said changes at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, good_plan
from tests.routines.shelf import compiled
from voicecoach.dialog.care import Care
from voicecoach.dialog.states import State
from voicecoach.dialog.time_left import time_left
from voicecoach.language.phrasebook import Command
from voicecoach.track import lines_of

PLAN = good_plan()
FIRST = PLAN.exercise(0)
KNOWN = Care(known=frozenset({FIRST.id}), instructed=True, met=True)


ROLLING = compiled("foam-roll-upper-back")[0]
ON_THE_ROLLER = ROLLING.exercise(0)
ROLLS = Care(known=frozenset({ON_THE_ROLLER.id}), instructed=True, met=True)


def reading(care: Care | None = None) -> Driver:
    """Return a session at the description of its first exercise."""
    driver = Driver(PLAN, care)
    driver.reach(State.READING)
    return driver


def test_a_known_exercise_has_its_key_cue_only() -> None:
    """The way in stays, as it takes time; the next exercise, which is new, is told in full."""
    driver = reading(KNOWN)
    driver.reach(State.SETTLING)
    texts = driver.texts()
    assert FIRST.short in texts
    assert FIRST.name + "." in texts
    assert FIRST.way_in[0] in texts
    assert FIRST.full[0] not in texts or FIRST.full[0] == FIRST.short
    driver.finish()
    assert PLAN.exercise(1).short not in driver.texts()[: driver.texts().index("Stay there.")]


def test_more_detail_brings_the_description_back() -> None:
    """At once, in the description that is being read, and for the exercises that follow."""
    driver = reading(KNOWN)
    driver.wait(3000)
    driver.say(Command.MORE_DETAIL)
    driver.reach(State.SETTLING)
    assert "Just listen." in driver.texts()
    assert driver.session.save()


def rolling(care: Care) -> Driver:
    """Return a session at the description of an exercise that has a short way in."""
    driver = Driver(ROLLING, care)
    driver.reach(State.READING)
    return driver


def test_the_way_into_a_known_exercise_is_short() -> None:
    """It has the same pauses as in the file, and the first time all of it is said."""
    driver = rolling(ROLLS)
    driver.reach(State.SETTLING)
    assert set(lines_of(ON_THE_ROLLER.way_in_short)) <= set(driver.texts())
    assert not set(lines_of(ON_THE_ROLLER.way_in)) & set(driver.texts())
    driver = rolling(Care(instructed=True))
    driver.reach(State.SETTLING)
    assert set(lines_of(ON_THE_ROLLER.way_in)) <= set(driver.texts())
    assert not set(lines_of(ON_THE_ROLLER.way_in_short)) & set(driver.texts())


def test_more_detail_on_the_way_in_brings_the_whole_one() -> None:
    """From its beginning; after the way in the description alone follows."""
    driver = rolling(ROLLS)
    driver.wait(4000)
    driver.say(Command.MORE_DETAIL)
    said = driver.now
    driver.reach(State.SETTLING)
    texts = driver.texts(said)
    assert [text for text in texts if text in ON_THE_ROLLER.way_in] == lines_of(
        ON_THE_ROLLER.way_in
    )
    assert set(ON_THE_ROLLER.full) <= set(texts)


def test_more_detail_after_the_way_in_leads_nowhere_again() -> None:
    """The user lies on the roller: what follows is the description."""
    driver = rolling(ROLLS)
    while "Just listen." not in driver.texts():
        driver.wait(500)
    said = driver.now
    driver.say(Command.MORE_DETAIL)
    driver.reach(State.SETTLING)
    texts = driver.texts(said)
    assert not set(texts) & {*ON_THE_ROLLER.way_in, *ON_THE_ROLLER.way_in_short}
    assert set(ON_THE_ROLLER.full) <= set(texts)


@pytest.mark.parametrize(("care", "hint"), [(Care(), True), (ROLLS, False)])
def test_who_knows_an_exercise_knows_ready(care: Care, hint: bool) -> None:
    """The hint that "ready" begins at once is for the others."""
    driver = rolling(care)
    driver.reach(State.ROLLING)
    assert (ROLLING.prompts.say("settle_ready") in driver.texts()) is hint


@given(st.integers(0, 9000))
@settings(max_examples=30, deadline=None)
def test_less_talking_cuts_the_description_at_once(after: int) -> None:
    """Within the sentence, and nothing that was heard whole is said again."""
    driver = reading()
    driver.wait(after)
    named = any(s.cue.text.startswith("Exercise one of") for s in driver.sounds if s.whole)
    if driver.state is not State.READING or not named:
        return
    before = [s for s in driver.sounds if s.whole and s.end <= driver.now]
    said = driver.now
    driver.say(Command.LESS_TALKING)
    driver.reach(State.SETTLING)
    later = driver.texts(said)
    assert "I will talk less." in later
    assert not {s.cue.text for s in before} & set(later)
    assert not set(FIRST.full) & set(later) or FIRST.short in FIRST.full


@pytest.mark.parametrize(
    ("care", "first", "rules"),
    [
        (Care(), "Welcome. A small routine.", True),
        (Care(instructed=True), "Welcome. A small routine.", False),
        (KNOWN, "A small routine.", False),
    ],
)
def test_the_welcome_is_full_once(care: Care, first: str, rules: bool) -> None:
    """The ground rules are said once; a routine that was done lately is greeted by its name."""
    texts = [cue.text for cue in _welcome(care)]
    assert texts[0] == first
    assert (PLAN.prompts.say("ground_rules") in texts) is rules
    if care.met:
        assert len(texts) == 1


def _welcome(care: Care) -> list:  # type: ignore[type-arg]
    driver = Driver(PLAN, care)
    driver.reach(State.READING)
    started = next(at for at, state in driver.states if state is State.READING)
    return [s.cue for s in driver.sounds if s.start < started]


def test_a_level_that_is_changed_in_a_known_description_keeps_it_short() -> None:
    """It goes on where it was cut, with the key cue, and not with the whole description."""
    driver = reading(KNOWN)
    driver.wait(2000)
    driver.say(Command.EASIER)
    driver.reach(State.SETTLING)
    assert "Just listen." not in driver.texts()
    assert FIRST.full[0] not in driver.texts() or FIRST.full[0] == FIRST.short


def test_how_long_is_left_counts_what_is_said_of_a_known_exercise() -> None:
    """The time left of a session of known exercises is the time that it takes."""
    known = Care(known=frozenset(e.id for e in PLAN.routine.exercises), instructed=True, met=True)
    whole = Driver(PLAN, known)
    whole.reach(State.READING)
    left = time_left(whole.session._s, whole.now)
    begun = whole.now
    whole.finish()
    assert abs(whole.now - begun - left) <= 1000
