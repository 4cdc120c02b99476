"""An utterance that may have been a halt word: quiet, a question, and back."""

from __future__ import annotations

import pytest

from tests.dialog.driver import Driver, good_plan
from voicecoach.dialog.confirm_stop import UNASKED
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

PLAN = good_plan()
QUESTION = "Did you say stop?"


def doubtful(state: State = State.COUNTING) -> Driver:
    """Return a session in which an unclear loud word was heard in `state`."""
    driver = Driver(PLAN)
    driver.reach(state)
    driver.wait(300)
    driver.give(Unclear(driver.now, near_halt=True))
    return driver


@pytest.mark.parametrize("state", sorted(EXERCISE, key=lambda state: state.value))
def test_it_goes_quiet_and_asks(state: State) -> None:
    """In every state of an exercise, from the very moment."""
    driver = doubtful(state)
    assert driver.state is State.ASK_STOP
    asked = driver.now
    assert asked in driver.hushes
    driver.wait(1500)
    assert driver.texts(asked) == [QUESTION]


def test_yes_halts() -> None:
    """It is the halt that was not understood, and it is latched."""
    driver = doubtful()
    driver.say(Command.YES)
    assert driver.state is State.STOPPED
    driver.wait(12_000)
    assert driver.state is State.STOPPED


@pytest.mark.parametrize("answer", [Command.NO, Command.RESUME, Command.GO])
def test_no_goes_on_at_the_same_repetition(answer: Command) -> None:
    """With "Going on", a count-in and the repetition that was cut."""
    driver = doubtful()
    cut = driver.counts()[-1].cue.n
    driver.say(answer)
    said = driver.now
    assert driver.state is State.COUNTING
    driver.wait(8000)
    assert driver.texts(said)[0] == "Going on."
    assert next(s.cue.n for s in driver.counts() if s.start > said) == cut


def test_silence_goes_on() -> None:
    """Nobody answered for four seconds, so nobody halted."""
    driver = doubtful()
    driver.wait(3000)
    assert driver.state is State.ASK_STOP
    driver.wait(4000)
    assert driver.state is State.COUNTING


def test_a_halt_word_halts_while_it_asks() -> None:
    """S1 holds in the question too."""
    driver = doubtful()
    driver.say(Command.STOP)
    assert driver.state is State.STOPPED


def test_a_room_that_mumbles_is_asked_only_now_and_then() -> None:
    """After a question that nobody answered, the next comes a minute later at the earliest."""
    driver = doubtful(State.HOLDING)
    driver.reach(State.HOLDING)
    since = driver.now
    driver.give(Unclear(driver.now, near_halt=True))
    assert driver.state is State.HOLDING
    driver.until(Ms(since + UNASKED))
    driver.reach(*EXERCISE)
    driver.give(Unclear(driver.now, near_halt=True))
    assert driver.state is State.ASK_STOP


def test_a_sound_that_is_near_no_halt_is_let_pass() -> None:
    """A cough interrupts nobody."""
    driver = Driver(PLAN)
    driver.reach(State.COUNTING)
    assert driver.give(Unclear(driver.now)) == []
