"""Going on after an interruption: where to be, on which side, what is left, time to get there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialog.driver import Driver, good_plan, plan_of
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.routine.model import Variant
from voicecoach.track import CueKind

C, S = Command, State
PLAN = good_plan()
KNEE = PLAN.routine.exercises[1]
SETTLE = "Eight seconds to get ready."
LEAD_IN = "Stay there."
HELD = 25_000


def holding(ms: int, side: str = "left") -> Driver:
    """Return a session `ms` into the hold of the knee on a side."""
    driver = Driver(PLAN)
    driver.reach(S.HOLDING)
    if side == "right":
        driver.reach(S.SWITCHING)
        driver.reach(S.HOLDING)
    driver.until(start_of_hold(driver) + ms)
    return driver


def start_of_hold(driver: Driver) -> int:
    """Return when the present hold began or will begin."""
    s = driver.session._s
    return s.player.anchor


def after(driver: Driver, command: C, wait: int) -> list[str]:
    """Let `command` and, `wait` ms later, "continue" be said; return what is said from then on."""
    driver.say(command)
    driver.wait(wait)
    driver.say(C.RESUME)
    said = driver.now
    driver.reach(S.SWITCHING, S.RESTING)
    return driver.texts(said)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(("command", "wait"), [(C.STOP, 1000), (C.PAUSE, 1000), (C.PAUSE, 21_000)])
def test_after_a_halt_the_coach_says_where_to_be(side: str, command: C, wait: int) -> None:
    """After a stop or a pause, in which the user let go: the position with its side, how long is
    left, and the time to settle.
    """
    said = after(holding(10_000, side), command, wait)
    knee = f"Your {side} knee to your chest."
    assert said[:5] == ["Going on.", knee, "Fifteen more seconds.", SETTLE, LEAD_IN]


def test_after_a_short_check_the_lead_in_is_enough() -> None:
    """After "did you say stop?" the user is still there: how long is left, and what leads in."""
    driver = holding(10_000)
    driver.give(Unclear(driver.now, near_halt=True))
    said = after(driver, C.NO, 0)
    assert said[:3] == ["Going on.", "Fifteen more seconds.", LEAD_IN]


@pytest.mark.parametrize("ms", [3500, 9000, 11_000, 17_300])
@pytest.mark.parametrize(("command", "wait"), [(C.STOP, 1000), (C.PAUSE, 5000)])
def test_a_hold_is_not_held_twice(ms: int, command: C, wait: int) -> None:
    """What is left of a hold is held, and no more than the line that was cut."""
    driver = holding(ms)
    after(driver, command, wait)
    again = [s.start for s in driver.sounds if s.cue.text == LEAD_IN][-1]
    beat = again + KNEE.dose.lead_in(PLAN.prompts, PLAN.length).length
    one = [s.start for s in driver.sounds if s.cue.text == "one"][-1]
    held = ms + (one + 1000 - beat)
    longest = max(PLAN.length(s.cue.text) for s in driver.sounds if s.cue.kind is CueKind.BREATH)
    assert HELD <= held <= HELD + longest


def test_of_a_hold_that_is_nearly_over_the_last_seconds_come() -> None:
    """Interrupted in the count-down: fewer seconds would be over before they are begun."""
    said = after(holding(23_600), C.STOP, 1000)
    knee = "Your left knee to your chest."
    assert said[:7] == ["Going on.", knee, SETTLE, LEAD_IN, "three", "two", "one"]


def test_after_the_way_out_the_way_in_comes_again() -> None:
    """After pain on the roller the way out was said; going on leads back onto it."""
    driver = Driver(PLAN)
    driver.reach(S.ROLLING)
    driver.wait(14_000)
    driver.say(C.PAIN)
    driver.wait(6000)
    for command, number in ((C.NUMBER, 1), (C.NO, None), (C.RESUME, None)):
        driver.say(command, number)
    said = driver.now
    driver.reach(S.ROLLING)
    rolling = PLAN.routine.exercises[2]
    texts = driver.texts(said)
    assert texts[0] == "Going on."
    assert texts[1:3] == [*rolling.way_in, rolling.short]


def test_a_second_interruption_does_not_lose_the_position() -> None:
    """Stopped again while the coach says where to be, it says so again."""
    driver = holding(10_000)
    driver.say(C.STOP)
    driver.say(C.RESUME)
    driver.wait(1300)
    said = after(driver, C.PAUSE, 2000)
    knee = "Your left knee to your chest."
    assert said[:5] == ["Going on.", knee, "Fifteen more seconds.", SETTLE, LEAD_IN]


def test_an_unanswered_check_leaves_the_rest_of_the_hold() -> None:
    """After "did you say stop?" and silence the hold goes on with what was left."""
    driver = holding(10_000)
    driver.give(Unclear(driver.now, near_halt=True))
    driver.reach(S.HOLDING)
    said = driver.now
    driver.reach(S.SWITCHING)
    assert driver.texts(said)[:3] == ["Going on.", "Fifteen more seconds.", LEAD_IN]


def lighter() -> Driver:
    """Return a session of an exercise that becomes easier with less weight."""
    bridge = PLAN.routine.exercises[0]
    easier = Variant(("Use less weight.",), bridge.dose)
    return Driver(plan_of(replace(PLAN.routine, exercises=(replace(bridge, easier=easier),))))


@pytest.mark.parametrize("wait", [500, 10_000, 16_500])
def test_less_weight_in_a_rest_has_time(wait: int) -> None:
    """In a rest "easier" keeps what is left of it, and leaves time to change the weights."""
    driver = lighter()
    driver.reach(S.RESTING)
    calm = lighter()
    calm.reach(S.RESTING)
    calm.reach(S.COUNTING)
    driver.wait(wait)
    driver.say(C.EASIER)
    said = driver.now
    driver.reach(S.COUNTING)
    told = next(s for s in driver.sounds if s.cue.text == "Use less weight.")
    three = next(s for s in driver.sounds if s.start > said and s.cue.text == "three")
    assert three.start - told.end >= 4000
    assert driver.now - said >= calm.now - said
    assert driver.now - calm.now <= 12_000


def test_an_easier_hold_goes_on_where_it_was() -> None:
    """Half a hold was done: of the easier one the other half comes, not the whole."""
    easier = Variant(("A little less.",), replace(KNEE.dose, length=20_000))  # type: ignore[call-arg]
    driver = Driver(plan_of(replace(PLAN.routine, exercises=(replace(KNEE, easier=easier),))))
    driver.reach(S.HOLDING)
    driver.until(start_of_hold(driver) + 12_000)
    driver.say(C.EASIER)
    driver.reach(S.HOLDING)
    begun = start_of_hold(driver)
    driver.reach(S.SWITCHING)
    assert start_of_hold(driver) - begun == 20_000 - 12_000


def test_easier_in_a_description_goes_on_with_it() -> None:
    """What was described is not described again: the rest comes, with what changes."""
    driver = Driver(PLAN)
    driver.reach(S.READING)
    line = "Raise your hips."
    while line not in driver.texts():
        driver.wake()
    driver.wait(100)
    driver.say(C.EASIER)
    said = driver.now
    driver.reach(S.SETTLING)
    assert driver.texts(said)[:3] == ["Okay, an easier version.", line, "Five repetitions."]


def test_next_leads_out_of_a_position_first() -> None:
    """From lying to the roller "next" says the way out, as the end of the exercise would."""
    driver = holding(10_000)
    driver.say(C.NEXT)
    said = driver.now
    driver.reach(S.SETTLING)
    assert driver.texts(said)[:3] == [
        "Skipping.", *KNEE.way_out, "Exercise three of four. Rolling.",
    ]  # fmt: skip


def test_next_while_the_name_is_read_leads_nowhere_first() -> None:
    """Then the user is not in the position yet, and hears no way out of it."""
    driver = holding(10_000)
    driver.say(C.NEXT)
    while "Exercise three of four. Rolling." not in driver.texts():
        driver.wake()
    driver.wait(300)
    driver.say(C.NEXT)
    said = driver.now
    driver.reach(S.SETTLING)
    assert driver.texts(said)[:2] == ["Skipping.", "Exercise four of four. Arms."]


def test_say_again_in_a_silence_says_the_line_before() -> None:
    """After "Breathe with me" there is silence: "repeat" says it again."""
    driver = Driver(PLAN)
    driver.reach(S.RESTING)
    driver.wait(12_000)
    before = driver.texts()[-1]
    driver.say(C.REPEAT)
    said = driver.now
    driver.wait(3000)
    assert driver.texts(said) == [before]
