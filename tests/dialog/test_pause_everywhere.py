"""The word "pause" is obeyed wherever something is said or asked; an open question comes again."""

from __future__ import annotations

import pytest

from tests.dialog.driver import Driver, good_plan
from tests.dialog.test_safety import at
from tests.english import SAY
from voicecoach.dialog.refusal_dialog import REFUSAL
from voicecoach.dialog.screening_dialog import SCREENING
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import BEFORE, SAFETY, WAITING, State
from voicecoach.language.phrasebook import Command

C, S = Command, State
PLAN = good_plan()


def test_pause_is_live_wherever_stop_is() -> None:
    """In each state of the session, of the questions before it and of the refusal."""
    for conversation in (SESSION, SCREENING, REFUSAL):
        states = {state for state, _ in conversation.table}
        assert all(C.PAUSE in conversation.live(state) for state in states)


@pytest.mark.rule("S25")
@pytest.mark.parametrize("state", sorted(SAFETY, key=lambda s: s.value))
def test_a_safety_question_that_is_paused_comes_again(state: State) -> None:
    """It is silent for half a minute, and says so; then the question comes, and its ladder leads to
    the helper within five minutes.
    """
    driver = at(state)
    question = driver.session._s.asking.text
    driver.say(C.PAUSE)
    since = driver.now
    assert driver.state is S.PAUSED
    driver.wait(25_000)
    later = SAY.say("paused_later")
    assert driver.texts(since)[-1] == later
    assert question not in driver.texts(since)
    driver.wait(20_000)
    assert driver.state is state
    assert question in driver.texts(since)
    driver.until(since + 300_000)
    assert driver.outcome == "no_answer"


@pytest.mark.rule("S29")
@pytest.mark.parametrize(
    "state", sorted(WAITING - BEFORE - {S.PAUSED, S.STOPPED, S.ASK_STOP}, key=lambda s: s.value)
)
def test_continue_after_a_pause_puts_the_question_again(state: State) -> None:
    """A pause in a question does not pass it by."""
    driver = at(state)
    question = driver.session._s.asking.text
    driver.say(C.PAUSE)
    driver.wait(8000)
    driver.say(C.RESUME)
    since = driver.now
    driver.wait(4000)
    if state is S.CONFIRM_END:  # whether to end is no question about the user
        return
    assert driver.state is state
    assert question in driver.texts(since)


def test_pause_while_paused_says_how_to_go_on() -> None:
    """Said twice, it is answered."""
    driver = Driver(PLAN)
    driver.reach(S.READING)
    driver.say(C.PAUSE)
    driver.wait(3000)
    driver.say(C.PAUSE)
    since = driver.now
    driver.wait(4000)
    assert driver.texts(since) == [SAY.say("paused_hint")]
    assert driver.state is S.PAUSED
