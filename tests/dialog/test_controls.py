"""What the control commands do, as a user hears it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, good_plan, plan_of
from voicecoach.dialog.effects import Gain, Hush
from voicecoach.dialog.events import Heard
from voicecoach.dialog.states import WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.routine.limits import Limits
from voicecoach.routine.model import Variant
from voicecoach.units import Ms

C, S = Command, State
PLAN = good_plan()


def at(state: S, wait: int = 0) -> Driver:
    """Return a session `wait` ms after it came to `state`."""
    driver = Driver(PLAN)
    driver.reach(state)
    driver.wait(wait)
    return driver


def started(driver: Driver) -> list[object]:
    """Return the exercises that were begun."""
    return [data["id"] for data in driver.recorded("exercise_started")]


@given(st.integers(0, 60_000))
@settings(max_examples=40, deadline=None)
def test_pause_is_one_word_and_then_silence(after: int) -> None:
    """From the moment of "pause" only "Paused." is heard, at work how to let go of it, and a hint a
    quarter minute later.
    """
    driver = at(S.READING, after)
    at_work = driver.state in WORK
    driver.say(C.PAUSE)
    said = driver.now
    driver.wait(14_000)
    heard = driver.texts(said)
    assert heard == (["Paused.", "Ease out of it."] if at_work else ["Paused."])
    driver.wait(6000)
    assert driver.texts(said)[len(heard) :] == ["We are paused. Say continue to go on."]


def test_ready_begins_at_once() -> None:
    """The word "ready" while settling goes to the count-in; the beat comes four seconds later."""
    driver = at(S.SETTLING, 1500)
    driver.say(C.READY)
    said = driver.now
    driver.reach(S.COUNTING)
    driver.wait(1000)
    assert driver.counts()[0].start == said + 4000


@pytest.mark.parametrize("words", [1, 2, 3])
def test_ready_in_the_count_in_changes_nothing(words: int) -> None:
    """After "three" or later the count goes on as it is: it is not begun again."""
    driver = at(S.SETTLING)
    while len([text for text in driver.texts() if text in ("three", "two", "one")]) < words:
        driver.wait(100)
    driver.say(C.READY)
    driver.reach(S.COUNTING)
    driver.wait(1000)
    counted = [s.cue.text for s in driver.sounds if s.state is S.SETTLING and s.whole]
    assert counted[-4:] == ["three", "two", "one", "go"]
    assert counted.count("three") == 1


def test_ready_keeps_the_repetition_after_a_change_of_level() -> None:
    """After "easier" in the third repetition and "ready" while it is explained, the third comes."""
    driver = at(S.COUNTING, 14_000)
    driver.say(C.EASIER)
    driver.wait(300)
    driver.say(C.READY)
    said = driver.now
    driver.reach(S.RESTING)
    assert [(s.cue.n, s.cue.of) for s in driver.counts() if s.start > said] == [
        (3, 5), (4, 5), (5, 5),
    ]  # fmt: skip


def test_two_changes_of_level_keep_the_repetition() -> None:
    """The word "easier", "harder": the same repetition comes at the written level."""
    driver = at(S.COUNTING, 14_000)
    driver.say(C.EASIER)
    driver.wait(500)
    driver.say(C.HARDER)
    said = driver.now
    driver.reach(S.RESTING)
    assert [(s.cue.n, s.cue.of) for s in driver.counts() if s.start > said][:1] == [(3, 8)]


def test_ready_between_exercises_describes_the_next() -> None:
    """Between two exercises "ready" needs no count-in: it goes to the description."""
    driver = at(S.COUNTING)
    while not driver.recorded("exercise_finished"):
        driver.wake()
    assert driver.state is S.RESTING
    driver.say(C.READY)
    assert driver.state is S.READING
    assert started(driver) == ["bridge", "knee"]


def test_next_skips_and_back_returns() -> None:
    """Saying "next" leaves the exercise; "back" in a description goes to the one before, and in
    the middle of the work to the start of the present one.
    """
    driver = at(S.COUNTING, 5000)
    driver.say(C.NEXT)
    assert driver.recorded("exercise_finished") == [{"id": "bridge", "outcome": "skipped"}]
    driver.say(C.BACK)
    driver.reach(S.COUNTING)
    driver.say(C.BACK)
    assert started(driver) == ["bridge", "knee", "bridge", "bridge"]
    assert driver.texts(driver.now)[0] == "Going back."


@pytest.mark.parametrize("sets", [0, 1])
def test_back_repeats_no_exercise_that_had_its_sets(sets: int) -> None:
    """A therapist's limit of sets holds in the whole session; without one it is done again. A set
    that is not done yet may begin again.
    """
    routine = PLAN.routine
    limited = replace(routine.exercises[0], limits=Limits(sets=sets))
    exercises = (limited, *routine.exercises[1:])
    driver = Driver(plan_of(replace(routine, exercises=exercises)))
    driver.reach(S.COUNTING)
    driver.wait(4000)
    driver.say(C.BACK)
    assert started(driver) == ["bridge", "bridge"]
    driver.reach(S.COUNTING)
    driver.say(C.DONE)
    driver.say(C.NEXT)
    assert driver.state is S.READING
    driver.say(C.BACK)
    assert (started(driver)[-1] == "bridge") is not bool(sets)
    assert ("Your plan has no more of it today. Going on." in driver.texts()) is bool(sets)
    driver.finish()


def test_next_at_the_last_exercise_closes() -> None:
    """Nothing is left to skip to: the session closes, and that is no exercise done."""
    driver = Driver(PLAN)
    driver.wait(500)
    driver.say(C.READY)
    for _ in PLAN.routine.exercises:
        driver.say(C.NEXT)
    assert driver.state is S.CLOSING
    driver.finish()
    assert driver.recorded("session_finished") == [{"outcome": "done", "done": 0}]


def test_done_ends_the_set() -> None:
    """The word "done" in a set goes to the rest, and after the last one to the next exercise."""
    driver = at(S.COUNTING, 5000)
    driver.say(C.DONE)
    assert driver.state is S.RESTING
    driver.reach(S.COUNTING)
    driver.say(C.DONE)
    assert driver.recorded("exercise_finished") == [{"id": "bridge", "outcome": "done"}]


def test_repeat_says_the_cut_line_again() -> None:
    """The word "repeat" in a description says the line again that is being said, and goes on."""
    driver = at(S.READING)
    line = "Raise your hips."
    while line not in driver.texts():
        driver.wake()
    driver.wait(300)
    driver.say(C.REPEAT)
    said = driver.now
    driver.wait(1000)
    assert driver.texts(said) == [line, "Eight repetitions."]


def test_repeat_in_a_question_puts_it_again() -> None:
    """The word "what?" in a question says the question, and nothing is answered by it."""
    driver = at(S.COUNTING, 2000)
    driver.say(C.PAIN)
    driver.wait(2000)
    driver.say(C.REPEAT)
    said = driver.now
    driver.wait(2500)
    assert driver.state is S.ASK_SCORE
    assert driver.texts(said) == [PLAN.prompts.say("ask_score")]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (C.HOW_MANY, "Five more after this."),
        (C.WHATS_NEXT, "Next: Knee to the chest."),
        (C.WHICH_SIDE, "Both sides together."),
        (C.WHERE, "Exercise one of four. Bridge."),
    ],
)
def test_short_answers_keep_the_beat(command: C, answer: str) -> None:
    """A short answer in the work stands between the beats: no hush, every count in its place."""
    driver = at(S.COUNTING, 14_000)
    beat = driver.counts()[0].start
    effects = driver.give(Heard(driver.now, command, driver.now))
    assert not any(isinstance(effect, Hush) for effect in effects)
    assert answer in driver.texts(driver.now)
    driver.reach(S.RESTING)
    assert [s.start for s in driver.counts()] == [beat + 6000 * n for n in range(8)]


def test_a_long_answer_interrupts_and_goes_back() -> None:
    """What has no room between the beats stops the count, and counts in to the same stroke."""
    long = {PLAN.prompts.say("can_say"): Ms(8000)}
    driver = Driver(replace(PLAN, lengths={**PLAN.lengths, **long}))
    driver.reach(S.ROLLING)
    driver.wait(14_000)
    driver.say(C.COMMANDS)
    said = driver.now
    driver.reach(S.RESTING)
    texts = driver.texts(said)
    assert texts[:5] == [PLAN.prompts.say("can_say"), "three", "two", "one", "go"]
    assert next(s.cue.n for s in driver.counts() if s.start > said) == 3


def test_how_many_in_a_hold_is_seconds() -> None:
    """In a hold the answer is what is left, in fives."""
    driver = at(S.HOLDING, 9000)
    driver.say(C.HOW_MANY)
    assert "Fifteen more seconds." in driver.texts(driver.now - 1)


def test_which_side_and_switch() -> None:
    """On each side the coach knows its name."""
    driver = at(S.HOLDING, 5000)
    driver.say(C.WHICH_SIDE)
    driver.reach(S.SWITCHING)
    driver.reach(S.HOLDING)
    driver.wait(5000)
    driver.say(C.WHICH_SIDE)
    driver.wait(4000)
    assert [t for t in driver.texts() if t.endswith(" side.") and t.startswith("The")] == [
        "The left side.", "The right side.",
    ]  # fmt: skip


@pytest.mark.parametrize("wait", [0, 60_000, 120_000])
def test_the_time_left_is_near_the_truth(wait: int) -> None:
    """The word "how long left" is right to a minute."""
    driver = at(S.READING, wait)
    driver.say(C.HOW_LONG)
    asked = driver.now
    driver.wait(8000)
    said = next(t for t in driver.texts(asked) if "minute" in t)
    calm = at(S.READING, wait)
    calm.finish()
    true = (calm.now - asked) / 60_000
    numbers = PLAN.prompts.numbers
    minutes = next((n for n, word in enumerate(numbers) if f"About {word} minute" in said), 0)
    assert abs(minutes - true) <= 1


def test_louder_and_quieter_have_ends() -> None:
    """Each is a step of three decibels, within bounds that do not clip."""
    driver = at(S.READING, 1000)
    gains = []
    for command in [C.LOUDER] * 4 + [C.QUIETER] * 10:
        effects = driver.give(Heard(driver.now, command, driver.now))
        gains += [effect.db for effect in effects if isinstance(effect, Gain)]
    assert gains == [3.0] * 4 + [-3.0] * 10


def test_a_level_that_is_not_there_is_said() -> None:
    """Where there is no harder way, the coach says so and the beat goes on."""
    driver = at(S.COUNTING, 3000)
    driver.say(C.HARDER)
    driver.wait(4000)
    assert "There is no harder way." in driver.texts()
    assert driver.recorded("level") == []


def test_what_changes_is_said_again_after_a_pause() -> None:
    """A pause in the words that explain the easier way does not lose them."""
    bridge = PLAN.routine.exercises[0]
    easier = Variant(("This time keep one foot flat.",), bridge.dose)
    routine = replace(PLAN.routine, exercises=(replace(bridge, easier=easier),))
    driver = Driver(plan_of(routine))
    driver.reach(S.COUNTING)
    driver.say(C.EASIER)
    while easier.say[0] not in driver.texts():
        driver.wake()
    driver.wait(600)
    driver.say(C.PAUSE)
    driver.say(C.RESUME)
    said = driver.now
    driver.wait(4000)
    settle = "Eight seconds to get ready."
    assert driver.texts(said)[:4] == ["Going on.", bridge.short, easier.say[0], settle]


def test_a_session_may_end_at_once() -> None:
    """After "end session" and "yes" in the greeting comes goodbye; no way out is needed."""
    driver = Driver(PLAN)
    driver.say(C.END)
    driver.say(C.YES)
    said = driver.now
    driver.finish()
    assert driver.texts(said) == [PLAN.prompts.say("finished_early")]
