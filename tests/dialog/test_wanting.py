"""How an exercise is wanted from now on: said in it, kept, led, and taken back by a word."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.app.people import DAY, ROUTINE
from tests.app.rehearsals import Room, Says
from tests.dialog.driver import Driver, good_plan
from tests.english import BOOK, LANGUAGE, SAY, parse
from tests.fakes.voice import FakeVoice
from voicecoach.app.carry_over import remembered
from voicecoach.app.coach import Coach
from voicecoach.app.menu_of_day import preferred
from voicecoach.app.replay import replay_lines
from voicecoach.dialog.care import Care
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import logged_lines, to_text
from voicecoach.eventlog.sounds import CueStarted
from voicecoach.language.phrasebook import Command
from voicecoach.screening.profile import Preference, Profile, let_through

C = Command
PLAN = good_plan()
FIRST = PLAN.exercise(0).id
ROUTINES = [parse(ROUTINE, "three.yaml")]


def reached(state: State) -> Driver:
    """Return a session in a state of its first exercise."""
    led = Driver(PLAN)
    led.reach(state)
    return led


@pytest.mark.parametrize("state", [State.READING, State.SETTLING, State.COUNTING])
def test_left_out_for_good_is_left_out_today_as_well(state: State) -> None:
    """It goes on to the next exercise and says how to undo it."""
    led = reached(state)
    led.say(C.LEAVE_OUT)
    led.wait(6000)
    assert SAY.say("left_out_for_good") in led.texts()
    assert led.session.result.wants == {FIRST: 0}
    assert led.session.result.done == ()


def test_a_number_counts_from_the_next_time_on() -> None:
    """The session goes on as it was; the last number counts."""
    led = reached(State.COUNTING)
    led.say(C.COUNT, number=8)
    led.wait(9000)
    led.say(C.COUNT, number=6)
    led.wait(9000)
    assert SAY.say("from_next_time", times="eight") in led.texts()
    assert led.session.result.wants == {FIRST: 6}


def test_a_number_that_is_so_already_changes_nothing() -> None:
    """The coach says so. Where another routine has other numbers, or after another wish, it is a
    change.
    """
    count = PLAN.exercise(0).dose.count
    led = Driver(PLAN, Care(counts={FIRST: count}))
    led.reach(State.COUNTING)
    led.say(C.COUNT, number=count)
    led.wait(9000)
    assert SAY.say("so_already", times=SAY.number(count)) in led.texts()
    assert led.session.result.wants == {}
    led.say(C.COUNT, number=count + 1)
    led.wait(9000)
    led.say(C.COUNT, number=count)
    assert led.session.result.wants == {FIRST: count}
    elsewhere = reached(State.COUNTING)
    elsewhere.say(C.COUNT, number=count)
    assert elsewhere.session.result.wants == {FIRST: count}


def test_it_is_taken_back_by_a_word() -> None:
    """The latest first; without one, the present exercise is done as it is written again."""
    led = reached(State.COUNTING)
    led.say(C.COUNT, number=8)
    led.wait(9000)
    led.say(C.PUT_BACK)
    led.wait(9000)
    assert SAY.say("put_back") in led.texts()
    assert led.session.result.wants == {}
    led.say(C.PUT_BACK)
    assert led.session.result.wants == {FIRST: None}


@pytest.mark.parametrize(
    ("said", "command", "number"),
    [
        ("skip this for good", C.LEAVE_OUT, None),
        ("not this one again", C.LEAVE_OUT, None),
        ("ten from now on", C.COUNT, 10),
        ("put it back", C.PUT_BACK, None),
        ("what did i change", C.CHANGES, None),
    ],
)
def test_it_is_said_in_plain_words(said: str, command: Command, number: int | None) -> None:
    """Each form means one thing; "skip this" still skips for today."""
    assert BOOK.meanings[said].command is command
    assert BOOK.meanings[said].number == number
    assert BOOK.meanings["skip this"].command is C.NEXT


def test_the_routine_is_liked_and_liked_no_more() -> None:
    """The last word counts; the profile has it for the routine that was led."""
    driver = reached(State.COUNTING)
    assert driver.session.result.likes is None
    for command, likes in ((C.UNLIKE, False), (C.LIKE, True)):
        driver.say(command)
        assert driver.session.result.likes is likes
    assert SAY.say("liked") in driver.texts()
    assert remembered(Profile(), driver.session.result, DAY, "two").favourites == {"two": DAY}
    driver.say(C.UNLIKE)
    before = Profile().like("two", DAY).like("other", DAY)
    after = remembered(before, driver.session.result, DAY, "two")
    assert after.favourites == {"other": DAY}


def led_by(says: Says, profile: Profile) -> tuple[list[Profile], list[Event]]:
    """Return what was kept of a rehearsed session, and its log."""
    kept: list[Profile] = []
    log: list[Event] = []
    coach = Coach(Room(says).driver, FakeVoice(), LANGUAGE, DAY, log.append, kept.append)
    coach.lead_for(profile, ROUTINES[0])
    return kept, log


def test_what_is_wanted_is_kept_and_led_the_next_time() -> None:
    """From the word in one session to the routine of the next; the log replays it."""
    says = ((20.0, "zero"), (36.0, "eight from now on"), (50.0, "skip this for good"))
    kept, log = led_by(says, let_through(DAY))
    wanted = kept[-1].preferences
    assert list(wanted.values())[-1] == Preference(DAY, out=True)
    (found,) = replay_lines(logged_lines(to_text(log), "log"), DAY)  # type: ignore[arg-type]
    assert found.difference is None
    _, after = led_by((), kept[-1])
    begun = [event.id for event in after if event.__class__.__name__ == "ExerciseStarted"]
    assert not {id_ for id_, one in wanted.items() if one.out} & set(begun)


@pytest.mark.parametrize(
    ("said", "kept_before", "changes"),
    [("ten", 0, False), ("eight", 8, False), ("ten", 8, True)],
)
def test_what_was_kept_or_written_is_so_already(said: str, kept_before: int, changes: bool) -> None:
    """Of the ten strokes of the file, or the eight that the user wanted before."""
    profile = let_through(DAY)
    if kept_before:
        profile = profile.prefer("rolling", Preference(DAY - timedelta(3), count=kept_before))
    kept, log = led_by(((20.0, "zero"), (36.0, f"{said} from now on")), profile)
    lines = {event.text for event in log if isinstance(event, CueStarted)}
    assert (f"It is {said} already." in lines) is not changes
    assert (kept[-1].preferences != profile.preferences) is changes


def test_an_idle_coach_tells_what_was_changed_and_liked() -> None:
    """By name; and that nothing was."""
    nothing = preferred(Profile(), ROUTINES, SAY)
    assert nothing[C.CHANGES] == [SAY.say("menu_no_changes")]
    assert nothing[C.FAVOURITES] == (SAY.say("menu_no_likes"),)
    profile = Profile().prefer("bridge", Preference(DAY, count=10))
    profile = profile.prefer("cat", Preference(DAY - timedelta(3), out=True))
    told = preferred(profile.like(ROUTINES[0].id, DAY), ROUTINES, SAY)
    assert told[C.FAVOURITES] == (f"You like {ROUTINES[0].name}.",)
    assert told[C.CHANGES] == [
        "I leave out The cat. To undo the last change, say put it back.",
        "Bridge: ten in a set.",
    ]
