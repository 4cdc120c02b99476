"""Each shipped routine from the greeting to the goodbye: its timetable and a whole session."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import pytest

from tests.english import SAY
from tests.routines.shelf import NAMES, SHARED, compiled, led, load
from voicecoach.app.timetable import Entry, timetable
from voicecoach.doses.relaxation import Relaxation
from voicecoach.plan.narration import FULL

EVERY = pytest.mark.parametrize("name", NAMES)
LINES = {"say", "count", "breath", "stroke", "mark"}

CLAIM = re.compile(r"about ([a-z ]+?) minutes")
LONGEST_SILENCE = 90_000
"""Milliseconds in a guided rest: longer, and a listener wonders whether the coach is there."""
LONGEST_WAIT = 46_000
"""Milliseconds outside of one: getting the legs onto a chair, or a rest between two sets."""
TO_MOVE = 25_000
"""Milliseconds at least from the first word of the way in to the first beat."""
TO_SWITCH = 8_000
"""Milliseconds at least to change sides."""


@cache
def entries(name: str) -> list[Entry]:
    """Return the timetable of a session that nobody interrupts."""
    return list(timetable(compiled(name)[0], FULL))


def lines(name: str) -> list[Entry]:
    """Return what is spoken."""
    return [entry for entry in entries(name) if entry.kind in LINES and entry.text]


def silences(name: str) -> list[tuple[int, Entry]]:
    """Return each silence between two lines, in milliseconds, with the line before it."""
    clips = compiled(name)[1]
    return [(b.at - a.at - clips[a.text].length, a) for a, b in pairwise(lines(name))]


@pytest.mark.parametrize("name", [*NAMES, *(f"exercises/{name}" for name in SHARED)])
def test_it_compiles(name: str) -> None:
    """Every line of every level fits its time, and nothing is warned of."""
    plan, _ = compiled(name)
    assert not plan.routine.warnings


@EVERY
def test_it_is_led_to_its_end(name: str) -> None:
    """A whole session is done, exercise by exercise, and no line is cut or late."""
    outcome, events = led(name)
    assert outcome == "done"
    ended = [event for event in events if event["kind"] == "exercise_finished"]
    assert [event["id"] for event in ended] == [e.id for e in load(name).exercises]
    assert {event["outcome"] for event in ended} == {"done"}
    cues = [event for event in events if event["kind"] == "cue_finished"]
    assert cues
    assert all(event["whole"] for event in cues)
    assert {e["late_ms"] for e in events if e["kind"] == "cue_started"} == {0.0}


@EVERY
def test_no_line_runs_into_the_next(name: str) -> None:
    """Each line is over before the next one begins."""
    assert not [(gap, line.text) for gap, line in silences(name) if gap < 0]


@EVERY
def test_no_silence_is_too_long(name: str) -> None:
    """Nobody lies there and wonders: a guided rest speaks, and so does all else."""
    resting = any(isinstance(e.dose, Relaxation) for e in load(name).exercises)
    most = LONGEST_SILENCE if resting else LONGEST_WAIT
    longest = max(silences(name), key=lambda silence: silence[0])
    assert longest[0] <= most, longest[1]


@EVERY
def test_there_is_time_to_get_there(name: str) -> None:
    """From the first words of an exercise to its first beat there is time to follow them, and for
    the legs onto a chair a minute and a quarter.
    """
    plan, _ = compiled(name)
    for index, exercise in enumerate(plan.routine.exercises):
        took = plan.reading(index, 0, FULL).length + plan.settle(index, 0, FULL).length
        assert took >= (75_000 if "chair" in exercise.id else TO_MOVE)


@EVERY
def test_there_is_time_to_change(name: str) -> None:
    """A change of sides leaves eight seconds, and a rest between sets ten; rolling has twenty."""
    plan, _ = compiled(name)
    for index, exercise in enumerate(plan.routine.exercises):
        stations = plan.stations(index)
        for before, after in pairwise(stations):
            assert plan.bridge(before, after, 0).length >= TO_SWITCH
        if exercise.dose.sets > 1:
            least = 20_000 if exercise.position.value == "roller" else 10_000
            assert exercise.dose.rest >= least


@EVERY
def test_it_takes_the_minutes_it_claims(name: str) -> None:
    """The summary says how long it takes, within a tenth, or half a minute."""
    claimed = CLAIM.search(load(name).summary)
    assert claimed, "the summary says 'about ... minutes'"
    minutes = SAY.numbers.index(claimed[1])
    took = entries(name)[-1].at / 60_000
    assert abs(took - minutes) <= max(0.6, minutes / 10)
