"""Quiet at once for what may be a halt word: then a halt, a question, or on with what was cut."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, good_plan, overlaps
from tests.dialog.happenings import Happening, anything
from tests.dialog.plans import PLANS
from voicecoach.dialog.effects import Hush, Play
from voicecoach.dialog.events import Heard, Hushed, Released, Restored, Unclear
from voicecoach.dialog.player import VERDICT
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import LED, LIVE
from voicecoach.dialog.states import ACTIVE, EXERCISE, HALTED, State
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.plan.plan import Plan
from voicecoach.track import CueKind
from voicecoach.units import Ms

PLAN = good_plan()
BY_NAME = {"key": lambda item: item.value}


def sounding(driver: Driver) -> bool:
    """Return whether the coach speaks now, and has for a tenth of a second."""
    long = (s for s in driver.sounds if s.cue.text and s.start + 100 <= driver.now < s.end)
    return any(long)


def speaking(state: State) -> Driver:
    """Return a session that speaks in `state`."""
    driver = Driver(PLAN)
    driver.reach(state)
    for _ in range(3000):
        if sounding(driver) and driver.state is state:
            return driver
        driver.wait(10)
    raise AssertionError(f"never speaks in {state}")


def hushed(driver: Driver) -> list[object]:
    """Let something be heard that sounds like a halt word."""
    return list(driver.give(Hushed(driver.now)))


def whole(driver: Driver) -> list[tuple[object, ...]]:
    """Return what was heard whole, in order."""
    sounds = sorted(driver.sounds, key=lambda sound: sound.start)
    return [(s.cue.kind, s.cue.n, s.cue.text) for s in sounds if s.whole]


@pytest.mark.parametrize("state", sorted(EXERCISE, **BY_NAME))
def test_it_is_quiet_at_once(state: State) -> None:
    """In the very moment, and nothing new sounds until it is known what was said."""
    driver = speaking(state)
    assert hushed(driver) == [Hush()]
    quiet = driver.now
    driver.wait(VERDICT - 1)
    assert not [s for s in driver.sounds if s.end > quiet]


@pytest.mark.parametrize("state", sorted(EXERCISE, **BY_NAME))
def test_a_release_says_again_what_was_cut(state: State) -> None:
    """From its start; and the rest of the session is as if nothing had been."""
    driver, undisturbed = speaking(state), speaking(state)
    cut = next(s.cue.text for s in driver.sounds if s.start <= driver.now < s.end)
    hushed(driver)
    driver.wait(200)
    released = driver.now
    effects = driver.give(Released(released))
    again = next(e for e in effects if isinstance(e, Play))
    assert (again.cue.text, again.at) == (cut, released)
    assert driver.recorded("hush_released")
    driver.finish()
    undisturbed.finish()
    assert whole(driver) == whole(undisturbed)
    assert not overlaps(driver.sounds)


def test_a_beat_keeps_its_time() -> None:
    """The count that was cut comes late; the next one where it was."""
    driver, undisturbed = Driver(PLAN), Driver(PLAN)
    for one in (driver, undisturbed):
        one.reach(State.COUNTING)
        one.until(one.counts()[0].start + 100)
    hushed(driver)
    driver.wait(200)
    driver.give(Released(driver.now))
    driver.finish()
    undisturbed.finish()
    late = driver.counts()[1].start - undisturbed.counts()[0].start
    assert late == 300
    later = [count.start for count in driver.counts()[2:]]
    assert later == [count.start for count in undisturbed.counts()[1:]]


def test_a_line_that_is_cut_keeps_the_pause_after_it() -> None:
    """A description goes on as much later as its line came again."""
    driver, undisturbed = speaking(State.READING), speaking(State.READING)
    begun = next(s.start for s in driver.sounds if s.end > driver.now)
    hushed(driver)
    driver.wait(250)
    later = driver.now - begun
    driver.give(Released(driver.now))
    driver.reach(State.COUNTING)
    undisturbed.reach(State.COUNTING)
    assert driver.now == undisturbed.now + later


def test_an_answer_that_is_cut_comes_again() -> None:
    """An answer between the beats is no cue of the track, and is not lost either."""
    driver = Driver(PLAN)
    driver.reach(State.COUNTING)
    driver.say(Command.HOW_MANY)
    answer = driver.sounds[-1]
    driver.until(answer.start + 100)
    hushed(driver)
    driver.wait(200)
    driver.give(Released(driver.now))
    driver.wait(3000)
    assert [s.whole for s in driver.sounds if s.cue.text == answer.cue.text] == [False, True]
    assert not overlaps(driver.sounds)


@pytest.mark.parametrize("state", sorted(LED, **BY_NAME))
def test_without_a_verdict_it_asks(state: State) -> None:
    """Within a third of a second, wherever the routine goes on by itself."""
    driver = Driver(PLAN)
    driver.session._s.state = state
    hushed(driver)
    quiet = driver.now
    driver.wait(VERDICT)
    assert driver.state is State.ASK_STOP
    driver.wait(1500)
    assert driver.texts(quiet) == ["Did you say stop?"]


def test_where_nothing_goes_on_it_says_the_line_again() -> None:
    """A question is put again; nothing would have to halt."""
    driver = Driver(PLAN)
    driver.reach(State.COUNTING)
    driver.say(Command.PAIN)
    driver.wait(600)
    cut = next(s.cue.text for s in driver.sounds if s.end > driver.now)
    hushed(driver)
    driver.wait(VERDICT)
    assert driver.state is State.ASK_SCORE
    assert driver.texts(driver.now)[0] == cut


def test_a_room_that_mumbles_holds_nothing_up() -> None:
    """After a question that no one answered, a doubt is no reason to ask for a minute."""
    driver = speaking(State.COUNTING)
    driver.give(Unclear(driver.now, near_halt=True))
    driver.reach(State.COUNTING)
    driver.wait(4000)
    hushed(driver)
    driver.wait(VERDICT)
    assert driver.state is State.COUNTING
    assert driver.recorded("hush_released")


def test_a_halt_goes_back_to_what_was_cut() -> None:
    """After "stop" and "continue" it counts from the repetition in which it fell silent."""
    driver = speaking(State.COUNTING)
    cut = driver.counts()[-1].cue.n
    hushed(driver)
    driver.wait(250)
    driver.say(Command.STOP)
    assert driver.state is State.STOPPED
    said = driver.now
    driver.say(Command.RESUME)
    driver.reach(State.COUNTING)
    driver.wait(3000)
    assert next(s.cue.n for s in driver.counts() if s.start > said) == cut


def test_another_command_shows_that_it_was_no_halt() -> None:
    """It is obeyed, and what was cut comes again where the command leaves it."""
    driver = speaking(State.READING)
    hushed(driver)
    driver.wait(100)
    driver.say(Command.LOUDER)
    assert driver.recorded("hush_released")
    assert driver.state is State.READING


def test_a_hush_survives_a_restart() -> None:
    """A program that ended in the quiet goes on like any other: paused."""
    driver = speaking(State.COUNTING)
    hushed(driver)
    again = Session(PLAN)
    again.load(driver.session.save())
    again.handle(Restored(Ms(driver.now + 5000)))
    assert again.state is State.PAUSED


@given(PLANS, anything(), st.sampled_from(sorted(HALTING, **BY_NAME)), anything(8))
@settings(max_examples=60, deadline=None)
def test_what_is_latched_is_not_released(
    plan: Plan, before: list[Happening], halt: Command, after: list[Happening]
) -> None:
    """S29: no hush, release or doubt after a halt leads back into the routine, only a command."""
    driver = Driver(plan)
    for happening in before:
        driver.wait(happening.after)
        driver.give(happening.event(driver.now))
    if driver.session.over:
        return
    hushed(driver)
    driver.give(Heard(driver.now, halt, driver.now))
    seen = len(driver.states)
    for happening in after:
        driver.wait(happening.after)
        if happening.what != "heard":
            driver.give(happening.event(driver.now))
    later = {state for _, state in driver.states[seen:]}
    assert later <= HALTED | {State.PAUSED, State.CLOSING, State.ENDED, State.ASK_END}


@given(PLANS, anything(), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_it_is_quiet_wherever_it_speaks(plan: Plan, before: list[Happening], more: int) -> None:
    """In any state: at once, and until the verdict, whatever was under way."""
    driver = Driver(plan)
    for happening in before:
        driver.wait(happening.after)
        driver.give(happening.event(driver.now))
    driver.wait(more)
    if driver.state not in LIVE or driver.session._s.player.held is not None:
        return
    hushed(driver)
    quiet = driver.now
    driver.wait(VERDICT - 1)
    assert not [s for s in driver.sounds if s.end > quiet]


@given(PLANS, st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 299)), max_size=6))
@settings(max_examples=40, deadline=None)
def test_false_alarms_lose_nothing(plan: Plan, alarms: list[tuple[int, int]]) -> None:
    """However often it falls silent for nothing, all is said, counted and done in its order."""
    driver, undisturbed = Driver(plan), Driver(plan)
    for after, long in alarms:
        driver.wait(after)
        if driver.state in ACTIVE:
            hushed(driver)
            driver.wait(long)
            driver.give(Released(driver.now))
    driver.finish()
    undisturbed.finish()
    firm = [(s.cue.kind, s.cue.n, s.cue.text) for s in undisturbed.sounds if not s.cue.optional]
    got = [(s.cue.kind, s.cue.n, s.cue.text) for s in driver.sounds if s.whole]
    rest = iter(got)
    assert all(any(one == wanted for one in rest) for wanted in firm)
    counts = [s for s in driver.counts() if s.whole and s.cue.text]
    assert len(counts) == len([s for s in undisturbed.counts() if s.cue.text])
    assert not overlaps(driver.sounds)
    assert CueKind.SAY in {kind for kind, _, _ in got}
