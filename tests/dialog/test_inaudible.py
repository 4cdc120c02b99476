"""What did not sound is said again, once; then the coach waits for a word of the user."""

from __future__ import annotations

import pytest

from tests.dialog.driver import Driver, good_plan
from voicecoach.dialog.effects import Hush
from voicecoach.dialog.events import Inaudible
from voicecoach.dialog.states import ACTIVE, State
from voicecoach.language.phrasebook import Command

PLAN = good_plan()
LED = sorted(ACTIVE - {State.CLOSING, State.BREATHING}, key=lambda state: state.value)


def at(state: State, wait: int = 700) -> Driver:
    """Return a session a moment after it came to `state`."""
    driver = Driver(PLAN)
    driver.reach(state)
    driver.wait(wait)
    return driver


@pytest.mark.parametrize("state", [s for s in LED if s is not State.ROLLING])
def test_the_line_that_did_not_sound_is_said_again(state: State) -> None:
    """At once, and the session goes on by itself."""
    driver = at(state)
    effects = driver.give(Inaudible(driver.now))
    assert any(isinstance(effect, Hush) for effect in effects)
    assert driver.state is not State.PAUSED
    said = driver.now
    driver.wait(20_000)
    assert driver.texts(said)


@pytest.mark.parametrize("state", [s for s in LED if s is not State.ROLLING])
def test_what_does_not_sound_a_second_time_pauses(state: State) -> None:
    """No one goes on without hearing: only a word leads on, and the reminders are further tries."""
    driver = at(state)
    driver.give(Inaudible(driver.now))
    driver.wait(1500)
    driver.give(Inaudible(driver.now, again=True))
    assert driver.state is State.PAUSED
    said = driver.now
    driver.wait(25_000)
    told = driver.texts(said)
    assert (told[0], told[-1]) == ("Paused.", "We are paused. Say continue to go on.")
    driver.say(Command.RESUME)
    assert driver.state is not State.PAUSED


def test_a_question_is_put_again_once() -> None:
    """Its own reminders come after that; a second loss changes nothing."""
    driver = at(State.COUNTING)
    driver.say(Command.PAIN)
    driver.wait(500)
    said = driver.now
    driver.give(Inaudible(said))
    driver.wait(1000)
    assert driver.texts(said) == ["How bad is it, from zero to ten?"]
    assert not driver.give(Inaudible(driver.now, again=True))
    assert driver.state is State.ASK_SCORE
