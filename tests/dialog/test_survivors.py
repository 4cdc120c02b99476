"""Rules of the dialog that a change could break without any other test noticing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.dialog.driver import Driver, good_plan, length, wakings
from tests.english import SAY
from voicecoach.dialog.effects import Finish
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Heard, Started
from voicecoach.dialog.refusal_dialog import RefusalDialog
from voicecoach.dialog.screening_dialog import ScreeningDialog
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

MINUTE = 60_000


def sharp_in_the_chest() -> Driver:
    """Return a session that asks about breathing, after a sharp pain in the chest."""
    driver = Driver(good_plan())
    driver.reach(State.COUNTING)
    driver.wait(14_000)
    driver.say(Command.SHARP_PAIN)
    driver.say(Command.PLACE, region="chest")
    assert driver.state is State.ASK_BREATHING
    return driver


def test_s6_a_sharp_pain_stays_sharp_when_it_hurts_follows() -> None:
    """S6: "it hurts" after a sharp pain asks for no score, and the verdict is that of the sharp."""
    driver = sharp_in_the_chest()

    driver.say(Command.PAIN)

    assert driver.state is State.ASK_WHERE
    driver.say(Command.PLACE, region="hip")
    assert [data["verdict"] for data in driver.recorded("judged")] == ["sharp"]


def test_s2_a_pain_that_was_never_sharp_is_asked_about() -> None:
    """S2: without a sharp pain before it, the same word asks for the score."""
    driver = Driver(good_plan())
    driver.reach(State.COUNTING)
    driver.say(Command.PAIN)
    driver.say(Command.NUMBER, 8)
    driver.say(Command.PAIN)
    assert driver.state is State.ASK_SCORE


def session() -> Dialog[Any]:
    """Return a session."""
    return Session(good_plan())


def screening() -> Dialog[Any]:
    """Return the health questions before a session."""
    return ScreeningDialog(Screening.start(Profile(), date(2026, 1, 1)), SAY, length)


def refusal() -> Dialog[Any]:
    """Return the dialog that says why there is no session."""
    declined = Declined("S20", ("You are unwell.",), ("Rest today.",), breathing=True)
    return RefusalDialog(declined, SAY, length)


def silence_until_the_end(core: Dialog[Any]) -> Ms:
    """Start a dialog, stop it at its second second, and return how long after that it ends."""
    core.handle(Started(Ms(0)))
    at = Ms(2000)
    core.handle(Heard(at, Command.STOP, at))
    for woke in wakings(core, 60 * MINUTE - 1):
        if any(isinstance(effect, Finish) for effect in core.handle(woke)):
            return Ms(woke.now - at)
    raise AssertionError(f"after an hour of silence nothing has ended: {core.deadline}")


@pytest.mark.parametrize("dialog", [session, screening, refusal])
def test_s1_a_stopped_dialog_waits_ten_minutes(
    dialog: Callable[[], Dialog[Any]],
) -> None:
    """S1: a stopped dialog stays so for ten minutes after its last hint, then ends by itself."""
    assert 11 * MINUTE <= silence_until_the_end(dialog()) <= 17 * MINUTE
