"""The state of a dialog is a value: written as JSON and taken up again, it goes on the same."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from tests.dialog.driver import Driver, good_plan, wakings
from tests.dialog.happenings import Happening, anything
from tests.dialog.plans import PLANS
from tests.dialog.test_anything import CARES, drive
from tests.dialog.test_survivors import refusal, screening
from tests.dialog.test_table import WAYS, at
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Effect, Listen
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Heard, Restored, Started
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import ACTIVE, HALTED, WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms

PLAN = good_plan()


def taken_up(session: Session, plan: Plan, care: Care | None = None) -> Session:
    """Return a new session that goes on where `session` stands, by way of its text."""
    again = Session(plan, care=care)
    again.load(session.save())
    return again


def effects(session: Dialog[Any], happenings: list[Happening], now: Ms) -> list[list[Effect]]:
    """Return what `happenings` bring from `now` on, woken in between."""
    brought = []
    for happening in happenings:
        until = Ms(now + happening.after)
        brought += [session.handle(woke) for woke in wakings(session, until)]
        brought.append(session.handle(happening.event(until)))
        now = until
    return brought


@given(PLANS, CARES, anything(), anything(12))
@settings(max_examples=80, deadline=None)
def test_a_saved_session_goes_on_the_same(
    plan: Plan, care: Care, before: list[Happening], after: list[Happening]
) -> None:
    """Saved and loaded in any state, it brings the same effects from there on, and is the same
    text again.
    """
    driver = drive(plan, care, before)
    again = taken_up(driver.session, plan, care)
    assert again.save() == driver.session.save()
    assert again.deadline == driver.session.deadline
    assert again.result == driver.session.result
    assert effects(again, after, driver.now) == effects(driver.session, after, driver.now)


@pytest.mark.parametrize("make", [screening, refusal])
@given(anything(), anything(12))
@settings(max_examples=40, deadline=None)
def test_so_does_a_conversation_before_a_session(
    make: Callable[[], Dialog[Any]], before: list[Happening], after: list[Happening]
) -> None:
    """The questions and the refusal go on where they were saved, with the answers given so far."""
    dialog, again = make(), make()
    dialog.handle(Started(Ms(0)))
    effects(dialog, before, Ms(0))
    again.load(dialog.save())
    assert again.save() == dialog.save()
    now = Ms(sum(happening.after for happening in before))
    assert effects(again, after, now) == effects(dialog, after, now)


@pytest.mark.parametrize("state", sorted(WAYS, key=lambda state: state.value))
def test_each_state_can_be_saved(state: State) -> None:
    """The text names the state, and a session that loads it stands there."""
    driver = at(state)
    text = driver.session.save()
    assert json.loads(text)["state"] == state.value
    assert taken_up(driver.session, PLAN).state is state


GOES_ON = ACTIVE - {State.CLOSING, State.BREATHING}


@pytest.mark.parametrize("state", sorted(GOES_ON, key=lambda state: state.value))
def test_a_restart_pauses_what_went_on(state: State) -> None:
    """S29: after a restart nothing goes on unasked; "continue" does, at the cue that was cut, and
    work after time to get into position.
    """
    driver = at(state)
    driver.wait(700)
    session = taken_up(driver.session, PLAN)
    brought = session.handle(Restored(driver.now))
    assert session.state is State.PAUSED
    assert any(isinstance(effect, Listen) for effect in brought)
    session.handle(Heard(Ms(driver.now + 3000), Command.RESUME, Ms(driver.now + 3000)))
    assert session.state is (State.SETTLING if state in WORK else state)


@pytest.mark.parametrize("state", sorted(HALTED, key=lambda state: state.value))
def test_a_restart_keeps_a_halt_and_its_question(state: State) -> None:
    """A question that was open is put again; a halt stays a halt. A low score after the first
    repetition would lead straight on with the set: there the score is asked for as after any pain.
    """
    driver = at(state)
    session = taken_up(driver.session, PLAN)
    brought = session.handle(Restored(Ms(driver.now + 60_000)))
    assert session.state is (State.ASK_SCORE if state is State.CHECK_SCORE else state)
    assert brought


def test_a_restart_ends_the_calm_breathing_after_pain() -> None:
    """What is left is offered; silence after that offer leads to the helper."""
    session = taken_up(at(State.BREATHING).session, PLAN)
    session.handle(Restored(session.now))
    assert session.state is State.OFFER_NEXT


def test_a_count_goes_on_at_the_repetition_that_was_cut() -> None:
    """Killed in the third repetition, it counts in and begins with the third."""
    driver = Driver(PLAN)
    driver.reach(State.COUNTING)
    driver.wait(14_000)
    cut = driver.counts()[-1].cue.n
    driver.session = taken_up(driver.session, PLAN)
    driver.sounds.clear()
    driver.give(Restored(driver.now))
    driver.wait(4000)
    driver.say(Command.RESUME)
    assert driver.state is State.SETTLING
    driver.reach(State.COUNTING)
    driver.wait(1000)
    assert driver.counts()[0].cue.n == cut


@pytest.mark.parametrize("text", ["", "{}", "null", '{"version": 1}', "x"])
def test_a_text_that_is_no_state_is_refused(text: str) -> None:
    """It is told as an error, and the session is as it was."""
    session = Session(PLAN)
    before = session.save()
    with pytest.raises(ValueError, match="not a saved dialog"):
        session.load(text)
    assert session.save() == before


def test_another_version_is_refused() -> None:
    """A state of a later program is not guessed at."""
    session = Session(PLAN)
    data = json.loads(session.save()) | {"version": 99}
    with pytest.raises(ValueError, match="version 99"):
        session.load(json.dumps(data))
