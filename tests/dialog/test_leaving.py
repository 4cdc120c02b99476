"""Whoever skips or goes back in the middle of the work is told how to leave it first (S30)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialog.driver import Driver, good_plan, plan_of
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Position

C, S = Command, State

RELEASE = "Let your {side} foot sink."


def plan(position: Position) -> Plan:
    """Return a plan: a second exercise for each side with a release, a third in `position`."""
    bridge, knee, *rest = good_plan().routine.exercises
    knee = replace(knee, release=(RELEASE,), position=Position.SUPINE)
    third = replace(bridge, id="third", name="Third", position=position)
    return plan_of(replace(good_plan().routine, exercises=(bridge, knee, third, *rest)))


def in_the_knee(position: Position, state: State) -> Driver:
    """Return a session that has come to `state` in the exercise for the knee."""
    driver = Driver(plan(position))
    while len(driver.recorded("exercise_started")) < 2:
        driver.wake()
    driver.reach(state)
    return driver


@pytest.mark.rule("S30")
@pytest.mark.parametrize("state", [S.SETTLING, S.HOLDING])
@pytest.mark.parametrize("position", [Position.SUPINE, Position.STANDING])
def test_a_skip_says_how_to_let_go(position: Position, state: State) -> None:
    """Before another position the way out, before the same one the release, then what is next."""
    driver = in_the_knee(position, state)
    way_out = driver.plan.way_out(1)
    driver.say(C.NEXT)
    said = driver.now
    driver.wait(20_000)
    wanted = ["Let your left foot sink."] if position is Position.SUPINE else way_out
    assert driver.texts(said)[: len(wanted) + 1] == ["Skipping.", *wanted]


@pytest.mark.rule("S30")
def test_going_back_says_how_to_let_go() -> None:
    """Back to the start of the exercise: the release, and it is described again."""
    driver = in_the_knee(Position.SUPINE, S.HOLDING)
    driver.say(C.BACK)
    at = driver.now
    driver.wait(20_000)
    assert driver.texts(at)[:2] == ["Going back.", "Let your left foot sink."]


def test_a_skip_of_a_description_says_nothing_more() -> None:
    """Who is not in position yet has nothing to let go of."""
    driver = in_the_knee(Position.STANDING, S.READING)
    driver.say(C.NEXT)
    at = driver.now
    driver.wait(20_000)
    assert driver.texts(at)[0] == "Skipping."
    assert not set(driver.plan.way_out(1)) & set(driver.texts(at))


@pytest.mark.rule("S30")
@pytest.mark.parametrize("command", [C.PAIN, C.TOO_MUCH])
def test_after_a_complaint_the_question_comes_once_the_user_has_let_go(command: Command) -> None:
    """The way out of the position waits for the answers: it may take a minute."""
    driver = in_the_knee(Position.STANDING, S.HOLDING)
    way_out = driver.plan.way_out(1)
    driver.say(command, region="knee" if command is C.PAIN else None)
    at = driver.now
    driver.wait(8000)
    texts = driver.texts(at)
    assert texts[1] == "Let your left foot sink."
    assert "?" in " ".join(texts)
    assert not set(way_out) & set(texts)
    if command is C.PAIN:
        driver.say(C.NUMBER, 8)
        driver.say(C.NO)
        driver.wait(20_000)
        assert [text for text in driver.texts(at) if text in way_out] == way_out


@pytest.mark.rule("S30")
@pytest.mark.parametrize("position", [Position.SUPINE, Position.STANDING])
def test_an_end_in_a_description_leads_out_of_where_the_user_lies(position: Position) -> None:
    """While an exercise in the same position is described, the user lies as in the one before."""
    driver = in_the_knee(position, S.HOLDING)
    while len(driver.recorded("exercise_started")) < 3:
        driver.wake()
    driver.wait(2000)
    assert driver.session.state is S.READING
    driver.say(C.END)
    driver.say(C.YES)
    said = driver.now
    driver.finish()
    way_out = driver.plan.way_out(1 if position is Position.SUPINE else 2)
    assert driver.texts(said)[: len(way_out)] == way_out
