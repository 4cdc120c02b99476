"""The beat: counts, strokes, holds and count-ins lie exactly where they should."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, length, plan_of
from tests.english import LANGUAGE, parse
from tests.routine.files import GOOD
from tests.routine.strategies import holds, repetitions, strokes
from voicecoach.dialog.states import WORK, State
from voicecoach.doses.base import Dose
from voicecoach.doses.beats import Phase
from voicecoach.doses.hold import Hold
from voicecoach.doses.lead_in import SOFT_MS
from voicecoach.doses.repetitions import Repetitions, Tempo
from voicecoach.doses.strokes import Strokes
from voicecoach.language.phrasebook import Command
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import PACES
from voicecoach.routine.model import Routine
from voicecoach.track import CueKind
from voicecoach.units import Ms

C = Command
BASE = parse(GOOD, "good.yaml")


def routine_with(*doses: Dose) -> Routine:
    """Return the good routine with one exercise for each of `doses`, each on no side."""
    bridge = replace(BASE.exercises[0], easier=None)
    exercises = tuple(replace(bridge, id=f"e{i}", dose=dose) for i, dose in enumerate(doses))
    return replace(BASE, exercises=exercises)


def working(dose: Dose, *later: Dose) -> Driver:
    """Return a session that has just begun the first set of `dose`."""
    driver = Driver(plan_of(routine_with(dose, *later)))
    driver.reach(*WORK)
    return driver


def start_of_work(driver: Driver) -> Ms:
    """Return the beat after "go", or when a softer beginning is over."""
    soft = ("Stay there.", "Begin when I say now.")
    led = next(s for s in reversed(driver.sounds) if s.cue.text in ("go", *soft))
    return Ms(led.end + SOFT_MS if led.cue.text in soft else led.start + 1000)


TEN = Repetitions(10, Tempo(3, 1, 2, 0), first=Phase.LIFT)


@given(repetitions(), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_counts_lie_a_tempo_apart(dose: Repetitions, late: int) -> None:
    """Count n is spoken exactly (n - 1) tempos after the first beat, the n-th of the dose's, and
    a breathing word or phase word at the exact turn.
    """
    driver = working(replace(dose, sets=1))
    beat = start_of_work(driver)
    driver.finish()
    assert [(s.start, s.cue.n, s.cue.of) for s in driver.counts()] == [
        (beat + n * dose.tempo.length, n + 1, dose.count) for n in range(dose.count)
    ]
    lift = dose.first is Phase.LIFT
    first = (dose.tempo.lift, dose.tempo.pause_high) if lift else (
        dose.tempo.lower, dose.tempo.pause_low)  # fmt: skip
    turns = {s.start - beat for s in driver.sounds if s.cue.kind is CueKind.BREATH}
    assert {turn % dose.tempo.length for turn in turns} <= {1000 * sum(first)}


@given(strokes())
@settings(max_examples=40, deadline=None)
def test_strokes_keep_the_metronome(dose: Strokes) -> None:
    """Each stroke is counted at its beginning; the way back is called one way later."""
    driver = working(replace(dose, sets=1))
    beat = start_of_work(driver)
    driver.finish()
    there = [s.start - beat for s in driver.counts()]
    assert there == [2 * dose.one_way * n for n in range(dose.count)]
    back = [s.start - beat for s in driver.sounds if s.cue.kind is CueKind.STROKE]
    assert back == [at + dose.one_way for at in there]


@given(holds())
@settings(max_examples=60, deadline=None)
def test_a_hold_is_counted_to_its_end(dose: Hold) -> None:
    """A hold says its start, halfway (if it has room), and three to one on the last seconds."""
    driver = working(replace(dose, sets=1))
    beat = start_of_work(driver)
    driver.reach(State.RESTING, State.CLOSING)
    marks = [s for s in driver.sounds if s.cue.kind is CueKind.MARK and s.start >= beat]
    last = [(s.cue.text, s.start - beat) for s in marks[-3:]]
    words = ["three", "two", "one"]
    assert last == [(w, dose.length - 1000 * (3 - i)) for i, w in enumerate(words)]
    assert marks[0].start == beat
    half = [s.start - beat for s in marks if s.cue.text == "That is half the time."]
    late = [at - dose.length // 2 for at in half]
    assert not late or (dose.length >= 20_000 and 0 <= late[0] <= 2500)


@given(st.integers(5, 60))
def test_settling_lasts_as_long_as_written(seconds: int) -> None:
    """From the end of "get into position" to the first beat is the written time; the end of the
    count-in is the beat.
    """
    routine = routine_with(TEN)
    exercise = replace(routine.exercises[0], settle=Ms(seconds * 1000))
    driver = Driver(plan_of(replace(routine, exercises=(exercise,))))
    driver.reach(*WORK)
    prompt = next(s for s in driver.sounds if s.cue.text.startswith("Get into position"))
    beat = start_of_work(driver)
    assert beat - prompt.end == seconds * 1000
    marks = [(s.cue.text, s.start - beat) for s in driver.sounds if s.cue.kind is CueKind.MARK]
    assert marks[-4:] == [("three", -4000), ("two", -3000), ("one", -2000), ("go", -1000)]
    driver.wait(1000)
    assert driver.counts()[0].start == beat


@given(st.integers(0, 60))
def test_a_rest_lasts_as_long_as_written(seconds: int) -> None:
    """The silence that was promised is the written one, and after the last set there is none."""
    driver = working(Repetitions(2, Tempo(2, 0, 2, 0), sets=2, rest=Ms(seconds * 1000)))
    driver.finish()
    told = [s for s in driver.sounds if s.cue.text.startswith("Rest, about")]
    assert len(told) == (1 if seconds else 0)
    for rest in told:
        later = (s for s in driver.sounds if s.start > rest.start)
        following = next(s for s in later if s.cue.text and s.cue.kind is not CueKind.SOUND)
        assert following.start - rest.end == max(350, seconds * 1000)


@pytest.mark.parametrize(("command", "pace"), [(C.SLOWER, 115), (C.FASTER, 90)])
@given(after=st.integers(0, 40_000))
@settings(max_examples=25, deadline=None)
def test_a_new_pace_takes_hold_on_the_next_beat(command: C, pace: int, after: int) -> None:
    """Saying "slower" or "faster" changes the beats that are still to come, losing none; the beat
    that runs is kept.
    """
    driver = working(TEN)
    beat = start_of_work(driver)
    driver.until(beat + after)
    said = driver.now
    driver.say(command)
    driver.reach(State.CLOSING)
    counts = driver.counts()
    assert [s.cue.n for s in counts] == list(range(1, 11))
    gaps = [b.start - a.start for a, b in pairwise(counts)]
    kept = [gap for a, gap in zip(counts, gaps, strict=False) if a.start <= said]
    assert set(kept) <= {6000}
    assert gaps == sorted(gaps, reverse=pace < 100)
    assert set(gaps) <= {6000, 60 * pace}
    assert gaps[-1] == 60 * pace


def test_paces_have_an_end() -> None:
    """Beyond the slowest and the fastest pace the coach says so and changes nothing."""
    driver = working(replace(TEN, count=50))
    for _ in PACES:
        driver.wait(7000)
        driver.say(C.SLOWER)
    assert "That's as slow as I can go." in driver.texts()
    assert [data["percent"] for data in driver.recorded("pace")] == [115, 130, 150]


def test_the_fastest_pace_is_told_as_such() -> None:
    """What is the slowest is not what is said to whoever wants it faster."""
    driver = working(replace(TEN, count=50))
    for _ in PACES:
        driver.wait(7000)
        driver.say(C.FASTER)
    assert "That's as fast as I can go." in driver.texts()
    assert "That's as slow as I can go." not in driver.texts()


def test_a_hold_keeps_its_time() -> None:
    """The word "faster" in a hold says that the time stays, and it does."""
    driver = working(Hold(Ms(30_000)))
    beat = start_of_work(driver)
    driver.until(beat + 7000)
    driver.say(C.FASTER)
    driver.reach(State.CLOSING)
    assert "This one lasts a set time, so the pace stays the same." in driver.texts()
    assert driver.recorded("pace") == []


@pytest.mark.parametrize(
    ("command", "line"),
    [
        (C.SLOWER, "Take your time. If you need longer, say pause."),
        (C.FASTER, "When you are in position, say ready."),
    ],
)
@pytest.mark.parametrize("state", [State.READING, State.SETTLING])
def test_on_the_way_into_a_hold_slower_means_the_way(state: State, command: C, line: str) -> None:
    """Whoever finds that too quick, or too slow, is told what to say."""
    driver = Driver(plan_of(routine_with(Hold(Ms(30_000)))))
    driver.reach(state)
    driver.wait(1000)
    driver.say(command)
    driver.wait(5000)
    assert line in driver.texts()


def test_a_pace_that_does_not_fit_later_is_eased() -> None:
    """A fast pace that the next exercise's counts have no room for gives way to one that fits;
    nothing breaks.
    """
    quick = Repetitions(7, Tempo(1, 0, 1, 0))
    routine = routine_with(replace(quick, tempo=Tempo(4, 0, 4, 0)), quick)
    lengths = {text: length(text) for text in all_lines(routine, LANGUAGE)} | {"seven": Ms(1790)}
    driver = Driver(compile_plan(routine, LANGUAGE, lengths))
    driver.reach(State.COUNTING)
    driver.say(C.FASTER)
    driver.wait(9000)
    driver.say(C.FASTER)
    driver.finish()
    counts = driver.counts()[7:]
    assert [s.cue.n for s in counts] == list(range(1, 8))
    assert {b.start - a.start for a, b in pairwise(counts)} == {1800}


@given(st.integers(0, 30_000))
@settings(max_examples=25, deadline=None)
def test_stop_counting_keeps_the_count(after: int) -> None:
    """Silent counts go on at the same beat, without a text; breathing words stay."""
    driver = working(TEN)
    beat = start_of_work(driver)
    driver.until(beat + after)
    driver.say(C.STOP_COUNTING)
    driver.reach(State.CLOSING)
    counts = driver.counts()
    assert [(s.cue.n, s.start) for s in counts] == [(n + 1, beat + 6000 * n) for n in range(10)]
    later = [s.cue.text for s in counts if s.start > beat + after + 6000]
    assert set(later) <= {""}


def test_stop_counting_may_be_heard_as_stop_first() -> None:
    """The halt word acts at once; the whole phrase then undoes it, and the counts are silent."""
    driver = working(TEN)
    driver.wait(14_000)
    driver.say(C.STOP)
    assert driver.state is State.STOPPED
    driver.wait(500)
    driver.say(C.STOP_COUNTING)
    assert driver.state is State.COUNTING
    again = driver.now
    driver.reach(State.CLOSING)
    later = [s for s in driver.counts() if s.start > again]
    assert [s.cue.n for s in later] == list(range(3, 11))
    assert {s.cue.text for s in later} == {""}


def test_less_talking_leaves_the_bare_counts() -> None:
    """At the lowest level of talk no word stands beside a number."""
    driver = working(replace(TEN, words={Phase.LIFT: "raise", Phase.LOWER: "lower"}, sets=2))
    assert driver.session.state is State.COUNTING
    driver.say(C.LESS_TALKING)
    driver.wait(3000)
    driver.say(C.LESS_TALKING)
    driver.reach(State.RESTING)
    driver.reach(State.COUNTING)
    begun = driver.now
    driver.reach(State.CLOSING)
    words = {s.cue.text for s in driver.sounds if s.start > begun and s.cue.kind is CueKind.COUNT}
    assert words == {
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    }  # fmt: skip


@given(st.integers(0, 29_000), st.sampled_from([C.STOP_COUNTING, C.LESS_TALKING, C.SLOWER]))
@settings(max_examples=25, deadline=None)
def test_a_hold_is_never_made_longer_by_a_word_in_a_pause(after: int, command: C) -> None:
    """Changing how things are said while paused does not start a hold afresh."""
    driver = working(Hold(Ms(30_000)))
    beat = start_of_work(driver)
    driver.until(beat + after)
    driver.say(C.PAUSE)
    assume(driver.state is State.PAUSED)
    plain = Driver(plan_of(routine_with(Hold(Ms(30_000)))))
    plain.until(beat + after)
    plain.say(C.PAUSE)
    driver.say(command)
    for one in (driver, plain):
        one.say(C.RESUME)
        one.finish()
    assert driver.now == plain.now
