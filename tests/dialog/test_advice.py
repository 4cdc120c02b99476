"""Advice on request, what may be said, and praise only where it is due."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dialog.driver import Driver, good_plan, plan_of
from tests.dialog.test_table import at
from tests.english import BOOK, SAY
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.language.phrasebook import Command
from voicecoach.routine.model import Frequency, Per
from voicecoach.units import Ms

C, S = Command, State
PLAN = good_plan()

ADVICE = [
    (C.SHOULD_HURT, "advice_hurt"),
    (C.HOW_OFTEN, "advice_often"),
    (C.HOW_FAST, "advice_fast"),
    (C.HOW_REST, "advice_rest"),
    (C.HOW_SIT, "advice_sit"),
    (C.AT_NIGHT, "advice_night"),
    (C.TIGHT_HIPS, "advice_hips"),
    (C.SEE_DOCTOR, "advice_doctor"),
    (C.FOR_MY_BACK, "advice_for_my_back"),
    (C.WHY_EXERCISE, "advice_why"),
]


@pytest.mark.parametrize(("command", "key"), ADVICE)
@pytest.mark.parametrize("state", [S.WELCOME, S.READING, S.COUNTING, S.PAUSED, S.STOPPED])
def test_advice_is_given_and_the_session_goes_on(state: State, command: C, key: str) -> None:
    """The answer is one line; a session that went on goes on, one that stood still stands."""
    driver = at(state)
    driver.say(command)
    said = driver.now
    driver.wait(9000)
    assert driver.plan.prompts.say(key) in driver.texts(said)
    assert (driver.state in (S.PAUSED, S.STOPPED)) is (state in (S.PAUSED, S.STOPPED))


def test_rolling_has_its_own_pace() -> None:
    """S22: on the roller "how fast" tells the pace of a stroke."""
    driver = Driver(PLAN)
    driver.reach(S.ROLLING)
    driver.say(C.HOW_FAST)
    driver.wait(9000)
    assert PLAN.prompts.say("advice_fast_rolling") in driver.texts()


def test_how_often_is_the_routines_own() -> None:
    """What the file says is the answer, and is said again at the end of the whole session."""
    often = Frequency(2, Per.WEEK, "at most twice a week")
    driver = Driver(plan_of(replace(PLAN.routine, frequency=often)))
    driver.reach(S.COUNTING)
    driver.say(C.HOW_OFTEN)
    driver.wait(9000)
    said = "Do this routine at most twice a week."
    assert driver.texts().count(said) == 1
    assert PLAN.prompts.say("advice_often") not in driver.texts()
    driver.finish()
    assert driver.texts()[-2:] == [said, PLAN.prompts.say("goodbye")]


WHERE = sorted({*EXERCISE, S.WELCOME, S.BREATHING, S.PAUSED, S.STOPPED}, key=lambda s: s.value)


@pytest.mark.parametrize("state", WHERE)
def test_what_can_be_said_is_live(state: State) -> None:
    """Every phrase in "you can say ..." is understood in the state in which it is said."""
    driver = at(state)
    driver.say(C.COMMANDS)
    line = next(sound.cue.text for sound in driver.sounds if sound.cue.text.startswith("You can"))
    named = line.removeprefix("You can say ").rstrip(".").replace(" or ", " ").split(", ")
    for phrase in named:
        meaning = BOOK.meaning(phrase)
        assert meaning is not None, phrase
        assert meaning.command in SESSION.live(state), phrase


def test_a_last_exercise_that_was_skipped_is_not_praised() -> None:
    """After "skip" in the last exercise there is no "well done" for it, but for the session."""
    driver = Driver(PLAN)
    while not driver.session.over and len(driver.recorded("exercise_started")) < 4:
        driver.wake()
    driver.reach(S.COUNTING)
    driver.say(C.NEXT)
    said = driver.now
    driver.finish()
    assert driver.texts(said)[0] != PLAN.prompts.say("set_done")
    assert driver.texts(said)[-1] == PLAN.prompts.say("goodbye")


def test_a_session_of_skips_is_not_praised_at_all() -> None:
    """Who skipped everything hears that it is over, and no praise."""
    driver = Driver(PLAN)
    driver.reach(S.READING)
    while driver.state is not S.CLOSING:
        driver.say(C.NEXT)
    said = driver.now
    driver.finish()
    assert driver.texts(said)[-1] == PLAN.prompts.say("finished_early")
    assert not [text for text in driver.texts(said) if "Well done" in text]


def test_each_line_names_its_source() -> None:
    """docs/routines.md has every line of advice word for word, with the text it comes from."""
    page = Path(__file__).parents[2] / "docs" / "routines.md"
    rows = dict(re.findall(r'^\| "[^|]*" \| (.*) \| ([^|]+) \|$', page.read_text("utf-8"), re.M))
    lines = {text for key, text in SAY.lines.items() if key.startswith("advice_")}
    assert set(rows) == lines
    assert all(re.search(r"\b00[0-4]\b", sources) for sources in rows.values())


NOT_LONG = "See a doctor if your back is very sore"


def advised(driver: Driver) -> tuple[Driver, Ms]:
    """Ask for advice; return the session while it is said, and the moment."""
    driver.say(C.SEE_DOCTOR)
    driver.wait(1500)
    return driver, driver.now


def told(driver: Driver, said: int) -> list[str]:
    """Return which of the advice was heard whole from `said` on, and whether it was cut."""
    return [s.cue.text for s in driver.sounds if s.start >= said and s.whole and
            s.cue.text.startswith(NOT_LONG)]  # fmt: skip


@pytest.mark.parametrize("state", [S.WELCOME, S.READING, S.COUNTING, S.RESTING])
@pytest.mark.parametrize("cut", [(C.PAUSE,), (C.STOP,), (C.PAUSE, C.STOP)])
def test_advice_that_is_cut_is_said_again(state: State, cut: tuple[C, ...]) -> None:
    """After "continue" it comes once and whole."""
    driver, said = advised(at(state))
    for command in cut:
        driver.say(command)
        driver.wait(2000)
    assert not told(driver, said)
    driver.say(C.RESUME)
    driver.wait(30_000)
    assert len(told(driver, said)) == 1


@pytest.mark.parametrize("state", [S.WELCOME, S.READING, S.RESTING])
def test_advice_that_a_short_answer_cuts_is_said_again(state: State) -> None:
    """It comes right after that answer."""
    driver, said = advised(at(state))
    driver.say(C.LOUDER)
    driver.wait(9000)
    assert len(told(driver, said)) == 1


def test_advice_that_is_cut_twice_comes_all_the_same() -> None:
    """A second pause, while it is said again."""
    driver, said = advised(at(S.READING))
    for _ in range(2):
        driver.say(C.PAUSE)
        driver.wait(1000)
        driver.say(C.RESUME)
        driver.wait(2500)
    driver.wait(30_000)
    assert len(told(driver, said)) == 1


def test_advice_that_was_heard_is_not_said_again() -> None:
    """A pause after it brings nothing back, nor does one after a complaint."""
    driver = at(S.COUNTING)
    driver.say(C.SEE_DOCTOR)
    driver.wait(9000)
    said = driver.now
    driver.say(C.PAUSE)
    driver.wait(1000)
    driver.say(C.RESUME)
    driver.wait(20_000)
    assert not told(driver, said)


def test_a_pain_takes_the_place_of_the_advice() -> None:
    """Who was asked about a pain hears nothing of what was said before it."""
    driver, said = advised(at(S.COUNTING))
    for command in (C.PAIN, C.NUMBER, C.NO, C.YES):
        driver.say(command, 1 if command is C.NUMBER else None)
        driver.wait(500)
    driver.wait(30_000)
    assert driver.state not in (S.PAUSED, S.STOPPED)
    assert not told(driver, said)


@pytest.mark.parametrize("state", [S.READING, S.RESTING, S.HOLDING])
def test_an_answer_can_be_said_again(state: State) -> None:
    """By "repeat" during the answer; the routine goes on after it."""
    driver, said = advised(at(state))
    driver.say(C.REPEAT)
    driver.wait(40_000)
    assert len(told(driver, said)) == 1
    names = [s.cue.text for s in driver.sounds if s.start >= said]
    assert len(names) > 3
