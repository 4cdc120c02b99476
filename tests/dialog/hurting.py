"""Sessions in which something hurts."""

from __future__ import annotations

from tests.dialog.driver import Driver, good_plan
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command

C, S = Command, State

PLAN = good_plan()

BRIDGE_OUT = "Lower your hips."


def counting() -> Driver:
    """Return a session in the third repetition of its first set, of eight."""
    driver = Driver(PLAN)
    driver.reach(S.COUNTING)
    driver.wait(14_000)
    assert driver.counts()[-1].cue.n == 3
    return driver


def hurting(score: int, sharp: C = C.NO) -> Driver:
    """Return a session in which a pain was told in the third repetition."""
    driver = counting()
    driver.say(C.PAIN)
    driver.say(C.NUMBER, score)
    if driver.state is S.ASK_SHARP:
        driver.say(sharp)
    if driver.state is S.ASK_WHERE:
        driver.say(C.PLACE, region="hip")
    return driver


def unclear(driver: Driver) -> None:
    """Let somebody say what nobody can make out."""
    driver.give(Unclear(driver.now))


def verdicts(driver: Driver) -> list[object]:
    """Return the verdicts on pain so far."""
    return [data["verdict"] for data in driver.recorded("judged")]
