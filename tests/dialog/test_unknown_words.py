"""Twice something that is no command, said into a quiet room: the coach says that it heard it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.dialog.driver import Driver, good_plan
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.session_table import LED_OR_PAUSED
from voicecoach.dialog.states import SAFETY, WORK, State
from voicecoach.dialog.unknown_words import MOST_DOUBLINGS, TWICE_WITHIN, UNTOLD
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

PLAN = good_plan()
LINE = PLAN.prompts.say("not_known")
STATES = sorted(LED_OR_PAUSED - {State.BREATHING}, key=lambda state: state.value)


def at(state: State) -> Driver:
    """Return a session that has just come to `state`."""
    driver = Driver(PLAN)
    driver.reach(State.COUNTING if state is State.PAUSED else state)
    driver.wait(300)
    if state is State.PAUSED:
        driver.say(Command.PAUSE)
        driver.wait(3000)
    return driver


def mumble(driver: Driver, after: int = 0) -> None:
    """Say something that is no command, `after` ms from now."""
    driver.wait(after)
    driver.give(Unclear(driver.now, distinct=True))


def told(driver: Driver) -> int:
    """Return how often the coach said that it heard something."""
    driver.wait(12_000)
    return driver.texts().count(LINE)


@pytest.mark.parametrize("state", STATES)
def test_the_second_time_gets_a_reply(state: State) -> None:
    """In every state that has no question open; the first time may have been meant for others."""
    driver = at(state)
    mumble(driver)
    assert told(driver) == 0
    driver = at(state)
    mumble(driver)
    mumble(driver, 2500)
    assert told(driver) == 1


@pytest.mark.parametrize("state", sorted(WORK, key=lambda state: state.value))
def test_it_does_not_disturb_the_work(state: State) -> None:
    """The reply is short and loses no repetition; where the session stood it goes on."""
    driver = at(state)
    mumble(driver)
    mumble(driver, 1000)
    driver.wait(12_000)
    counts = [sound.cue.n for sound in driver.counts() if sound.whole]
    alone = at(state)
    alone.wait(30_000)
    undisturbed = [sound.cue.n for sound in alone.counts() if sound.whole]
    assert counts == undisturbed[: len(counts)]
    assert driver.state not in (State.PAUSED, State.STOPPED)


def test_an_offer_is_made_again() -> None:
    """After the reply the question that is open is heard once more."""
    driver = at(State.COUNTING)
    driver.say(Command.END)
    driver.wait(4000)
    question = driver.texts()[-1]
    mumble(driver)
    mumble(driver, 3000)
    said = driver.now
    driver.wait(8000)
    assert driver.texts(said) == [LINE, question]
    assert driver.state is State.CONFIRM_END


def test_a_stop_stays_a_stop() -> None:
    """The reply leads nowhere by itself (S1)."""
    driver = at(State.COUNTING)
    driver.say(Command.STOP)
    driver.wait(3000)
    mumble(driver)
    mumble(driver, 3000)
    assert told(driver) == 1
    assert driver.state is State.STOPPED


def test_safety_questions_have_their_own_reply() -> None:
    """There an unclear answer counts by the rules (S2), the first time already."""
    driver = at(State.COUNTING)
    driver.say(Command.PAIN)
    driver.wait(6000)
    assert driver.state in SAFETY
    mumble(driver)
    mumble(driver, 6000)
    assert told(driver) == 0


def test_two_that_lie_far_apart_are_not_one_attempt() -> None:
    """They were not meant for the coach."""
    driver = at(State.PAUSED)
    mumble(driver)
    mumble(driver, TWICE_WITHIN + 1)
    assert told(driver) == 0


def test_what_does_not_stand_out_is_not_counted() -> None:
    """Running speech of others, or sound beside the coach's own."""
    driver = at(State.PAUSED)
    for _ in range(5):
        driver.wait(2000)
        driver.give(Unclear(driver.now))
    assert told(driver) == 0


def test_a_command_in_between_begins_again() -> None:
    """Who was understood is not lost."""
    driver = at(State.PAUSED)
    mumble(driver)
    driver.say(Command.HOW_LONG)
    mumble(driver, 4000)
    assert told(driver) == 0


def test_a_television_is_answered_less_and_less() -> None:
    """A minute between two replies, then two, then four; never more than 16."""
    driver = at(State.PAUSED)
    times: list[Ms] = []
    while driver.now < 50 * UNTOLD and not driver.session.over:
        before = driver.texts().count(LINE)
        driver.give(Unclear(driver.now, distinct=True))
        driver.wait(3000)
        if driver.texts().count(LINE) > before:
            times.append(driver.now)
    gaps = [later - earlier for earlier, later in pairwise(times)]
    assert [round(gap / UNTOLD) for gap in gaps[:4]] == [1, 2, 4, 8]
    assert max(gaps) <= UNTOLD * (2**MOST_DOUBLINGS + 1)


def test_a_command_makes_the_coach_attentive_again() -> None:
    """After a command the wait is a minute again."""
    driver = at(State.PAUSED)
    for _ in range(2):
        mumble(driver, 100)
    driver.wait(UNTOLD)
    for _ in range(2):
        mumble(driver, 100)
    driver.wait(UNTOLD)
    driver.say(Command.HOW_LONG)
    driver.wait(UNTOLD)
    for _ in range(2):
        mumble(driver, 100)
    assert told(driver) == 3
