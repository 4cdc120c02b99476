"""Whatever happens, whenever: what holds of every session."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, overlaps, wakings
from tests.dialog.happenings import Happening, anything, heard
from tests.dialog.plans import GOOD, LONG, PLANS
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Hush, Listen, Play
from voicecoach.dialog.events import Heard, Started, Woke
from voicecoach.dialog.player import LEAD
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import ACTIVE, HALTED, WAITING, State
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.plan.plan import Plan
from voicecoach.track import CueKind
from voicecoach.units import Ms

CARES = st.sampled_from([Care(), Care(asks=True), Care(asks=True, lie_left=True, worse_days=1)])
"""Without a profile, and with one."""


def drive(
    plan: Plan,
    care: Care,
    happenings: list[Happening],
    check: Callable[[Driver], None] = lambda _: None,
) -> Driver:
    """Let `happenings` happen, woken in between, and `check` after each event."""
    driver = Driver(plan, care)
    for happening in happenings:
        until = driver.now + happening.after
        for woke in wakings(driver.session, until):
            driver.give(woke)
            check(driver)
        driver.give(happening.event(Ms(until)))
        check(driver)
    return driver


@given(PLANS, CARES, anything())
@settings(max_examples=80, deadline=None)
def test_any_event_in_any_state_is_safe(
    plan: Plan, care: Care, happenings: list[Happening]
) -> None:
    """Every step of any session keeps its invariants: no exception, every line of it was
    rendered, the deadline lies ahead, nothing overlaps, and the recogniser knows what is live.
    """

    def check(driver: Driver) -> None:
        session = driver.session
        assert session.over == (session.deadline is None)
        assert session.over or (session.deadline or 0) > driver.now
        assert session.over or driver.live == SESSION.live(session.state)
        assert not overlaps(driver.sounds)

    driver = drive(plan, care, happenings, check)
    driver.finish()
    assert not overlaps(driver.sounds)
    assert driver.outcome in {"done", "ended", "emergency", "urgent", "no_answer"}


@given(PLANS, CARES, anything())
@settings(max_examples=40, deadline=None)
def test_nothing_sounds_before_it_was_asked_for(
    plan: Plan, care: Care, happenings: list[Happening]
) -> None:
    """What is played after a hush begins after it, and a cue is never handed over too late."""
    driver = Driver(plan, care)
    for happening in happenings:
        driver.wait(happening.after)
        effects = driver.give(happening.event(driver.now))
        hushed = next((i for i, e in enumerate(effects) if isinstance(e, Hush)), len(effects))
        late = [e for e in effects[hushed:] if isinstance(e, Play) and e.at < driver.now]
        assert not late


@given(PLANS, CARES, anything())
@settings(max_examples=80, deadline=None)
def test_a_waiting_state_speaks_for_itself_alone(
    plan: Plan, care: Care, happenings: list[Happening]
) -> None:
    """While paused or halted there is no count, stroke, breath or mark, and nothing of the
    routine goes on sounding; the question after a first repetition alone lets the last word end.
    """

    def check(driver: Driver) -> None:
        if driver.state not in WAITING:
            return
        for sound in driver.sounds:
            if sound.end > driver.now and sound.given == driver.now:
                assert sound.cue.kind is CueKind.SAY
            elif sound.end > driver.now:
                early = driver.state is State.CHECK_SCORE and sound.end <= driver.now + LEAD
                assert sound.state in WAITING or early, (driver.state, sound)

    drive(plan, care, happenings, check)


@given(PLANS, CARES, anything(), st.integers(0, 900_000))
@settings(max_examples=60, deadline=None)
def test_a_halt_is_latched(plan: Plan, care: Care, happenings: list[Happening], quiet: int) -> None:
    """S1, S29: from a halt no time leads back into the routine, only to its end."""
    driver = drive(plan, care, happenings)
    if driver.state in HALTED | {State.PAUSED}:
        seen = len(driver.states)
        driver.wait(quiet)
        later = {state for _, state in driver.states[seen:]}
        assert not later & (ACTIVE - {State.CLOSING})


@given(PLANS, CARES, anything(), st.sampled_from(sorted(HALTING, key=lambda c: c.value)))
@settings(max_examples=60, deadline=None)
def test_a_halt_word_works_at_any_time(
    plan: Plan, care: Care, happenings: list[Happening], command: Command
) -> None:
    """S1: any halt word, whenever, is silence in the same instant and leaves the routine."""
    driver = drive(plan, care, happenings)
    if driver.session.over:
        return
    effects = driver.give(Heard(driver.now, command, driver.now))
    assert any(isinstance(effect, Hush) for effect in effects)
    assert all(s.start >= driver.now for s in driver.sounds if s.end > driver.now)
    assert driver.state in HALTED | {State.CLOSING}
    if driver.state is State.CLOSING:
        assert driver.recorded("session_finished") == []
        driver.finish()


@given(PLANS, CARES, anything(), anything(8))
@settings(max_examples=60, deadline=None)
def test_a_session_that_was_over_stays_over(
    plan: Plan, care: Care, before: list[Happening], after: list[Happening]
) -> None:
    """S7: once the session closes for an emergency, no word leads back into an exercise."""
    driver = drive(plan, care, before)
    if driver.session.over:
        return
    driver.say(Command.EMERGENCY)
    seen = len(driver.states)
    for happening in after:
        driver.wait(happening.after)
        driver.give(happening.event(driver.now))
    driver.finish()
    allowed = HALTED | {State.PAUSED, State.CONFIRM_END, State.CLOSING, State.ENDED}
    assert {state for _, state in driver.states[seen:]} <= allowed | {State.BREATHING}
    assert driver.outcome == "emergency"


@given(PLANS, CARES, st.lists(heard(), max_size=20))
@settings(max_examples=40, deadline=None)
def test_a_command_that_is_not_live_changes_nothing(
    plan: Plan, care: Care, said: list[Happening]
) -> None:
    """A command without a row in the present state brings no effect at all."""
    driver = Driver(plan, care)
    for happening in said:
        driver.wait(happening.after)
        before, state = driver.session.deadline, driver.state
        dead = not driver.session.over and (state, happening.command) not in SESSION.table
        effects = driver.give(happening.event(driver.now))
        if dead:
            assert effects == []
            assert (driver.session.deadline, driver.state) == (before, state)


@given(PLANS, CARES, anything(10), st.integers(0, 10_000_000))
@settings(max_examples=40, deadline=None)
def test_a_late_waking_breaks_nothing(
    plan: Plan, care: Care, happenings: list[Happening], late: int
) -> None:
    """However late a session is woken, it goes on or ends, and its deadline lies ahead."""
    driver = drive(plan, care, happenings)
    driver.give(Woke(Ms(driver.now + late)))
    assert driver.session.over or (driver.session.deadline or 0) > driver.now
    driver.finish()


@given(anything(5))
def test_nothing_happens_before_the_start(happenings: list[Happening]) -> None:
    """Events before `Started` have no effect; a second `Started` has none either."""
    session = Session(GOOD)
    for happening in happenings:
        if happening.what != "started":
            assert session.handle(happening.event(Ms(0))) == []
            assert session.deadline is None
    assert any(isinstance(effect, Listen) for effect in session.handle(Started(Ms(0))))
    session.handle(Heard(Ms(100), Command.STOP, Ms(100)))
    assert session.handle(Started(Ms(200))) == []
    assert session.state is State.STOPPED


@pytest.mark.parametrize("plan", LONG)
def test_a_session_that_nobody_interrupts_is_done(plan: Plan) -> None:
    """It ends by itself, with every exercise begun and done in order."""
    driver = Driver(plan)
    driver.finish()
    ids = [exercise.id for exercise in plan.routine.exercises]
    assert driver.outcome == "done"
    assert [data["id"] for data in driver.recorded("exercise_started")] == ids
    expected = [{"id": id_, "outcome": "done"} for id_ in ids]
    assert driver.recorded("exercise_finished") == expected
