"""After a halt in a strain: how to let go of it, with time for it, and never twice (S30, S37)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.dialog.driver import Driver, Sound, plan_of
from tests.effort import one_in
from tests.english import LANGUAGE, SAY
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.dialog.events import Failed
from voicecoach.dialog.states import WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.language.sides import RIGHT
from voicecoach.plan.plan import Plan
from voicecoach.track import Item, Pause, lines_of

C, S = Command, State
PATHS = one_in(5, sorted(routine_files().values()))
PLANS = [plan_of(load_routine(path, LANGUAGE)) for path in PATHS]
HALTS = (C.STOP, C.PAUSE, C.PAIN, C.SHARP_PAIN, C.TOO_MUCH)


def _sets(plan: Plan) -> Iterator[tuple[int, Driver]]:
    """Yield each strained set of a session as its work begins, with the index of its exercise."""
    driver = Driver(plan)
    while not driver.session.over:
        driver.wake()
        place = driver.session._s.place
        if driver.state in WORK and driver.states[-2][1] not in WORK:
            yield place.index, driver


def _release(plan: Plan, driver: Driver) -> list[Item]:
    station = driver.session._s.station
    exercise = plan.exercise(station.exercise)
    side = station.side or RIGHT
    return [x if isinstance(x, Pause) else SAY.sided(x, side) for x in exercise.release]


def _branch(plan: Plan, driver: Driver, wait: int) -> Driver:
    other = Driver(plan)
    other.session.load(driver.session.save())
    other.sounds.clear()
    other.now = driver.now
    other.wait(max(wait, 0))
    return other


@pytest.mark.rule("S30")
@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.routine.id)
def test_a_halt_at_work_says_how_to_let_go_and_gives_the_time(plan: Plan) -> None:
    """Each kind of halt, in each set of each exercise that strains: the release of its side,
    whole, with its pauses; a second halt does not say it again. A sharp pain in the last exercise
    leads out of it at once.
    """
    for index, driver in _sets(plan):
        if not plan.exercise(index).dose.strained:
            continue
        release = _release(plan, driver)
        assert release, plan.exercise(index).id
        for command in HALTS:
            halted = _branch(plan, driver, 4000)
            halted.say(command)
            since = halted.now
            halted.wait(14_000)
            if command is C.SHARP_PAIN and not {*lines_of(release)} & {*halted.texts(since)}:
                assert lines_of(plan.way_out(index))[0] in halted.texts(since)
                continue
            _said_with_time(halted, since, release)
            again = halted.now
            halted.say(C.STOP)
            halted.wait(10_000)
            assert not {*lines_of(release)} & {*halted.texts(again)}


def _said_with_time(driver: Driver, since: int, release: list[Item]) -> None:
    lines, pauses = lines_of(release), [x.length for x in release if isinstance(x, Pause)]
    sounds = [s for s in driver.sounds if s.start >= since and s.cue.text]
    said = [s for s in sounds if s.cue.text in lines]
    assert [s.cue.text for s in said] == lines
    assert all(s.whole for s in said)
    quiet = sum(_after(s, sounds) for s in said)
    assert quiet >= sum(pauses)


def _after(sound: Sound, sounds: list[Sound]) -> int:
    later = [s.start for s in sounds if s.start >= sound.end]
    return min(later, default=sound.end + 60_000) - sound.end


@pytest.mark.rule("S30")
def test_a_strain_that_is_taken_up_before_the_count_is_let_go_too() -> None:
    """Stopped between "take hold" and "go", and after a set before its release was said."""
    plan = plan_of(load_routine(routine_files()["herniated-disc"], LANGUAGE))
    index = next(i for i, e in enumerate(plan.routine.exercises) if e.id == "knee-to-chest")
    driver = Driver(plan)
    start = SAY.sided(lines_of(plan.exercise(index).start)[0], "left")
    release = SAY.sided(lines_of(plan.exercise(index).release)[0], "left")
    while start not in driver.texts():
        driver.wake()
    driver.wait(1500)
    assert driver.state is S.SETTLING
    for halt in (C.STOP, C.PAUSE):
        halted = _branch(plan, driver, 0)
        halted.say(halt)
        halted.wait(3000)
        assert release in halted.texts()
    driver.reach(S.SWITCHING)
    switching = _branch(plan, driver, 0)
    switching.say(C.STOP)
    switching.wait(3000)
    assert release in switching.texts()


@pytest.mark.rule("S30")
def test_what_is_cut_is_said_again_and_what_was_let_go_is_not() -> None:
    """Stopped in the middle of the release, the coach says it; stopped in a rest, it does not."""
    plan = plan_of(load_routine(routine_files()["desk-break"], LANGUAGE))
    driver = Driver(plan)
    driver.reach(S.HOLDING)
    release = _release(plan, driver)
    driver.wait(3000)
    driver.say(C.STOP)
    driver.wait(900)  # in the middle of it
    driver.say(C.STOP)
    since = driver.now
    driver.wait(6000)
    assert lines_of(release)[0] in driver.texts(since)


def test_lost_ears_let_go_of_the_work() -> None:
    """S26: a pause of the coach's own."""
    plan = plan_of(load_routine(routine_files()["desk-break"], LANGUAGE))
    driver = Driver(plan)
    driver.reach(S.HOLDING)
    release = _release(plan, driver)
    driver.give(Failed(driver.now, "recogniser", "gone"))
    since = driver.now
    driver.wait(9000)
    assert driver.texts(since) == [SAY.say("cannot_hear"), *lines_of(release)]
