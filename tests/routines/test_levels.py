"""What is said at a level fits that level: every exercise, at each of its levels."""

from __future__ import annotations

import re

import pytest

from tests.english import SAY
from tests.routines.shelf import NAMES, load
from voicecoach.routine.model import Exercise
from voicecoach.track import lines_of

CONTRADICTIONS = (
    (r"hips (rest )?on the floor", r"hips raised|(raise|lower) your hips|hips sink"),
    (r"head (in your hands|on the mat)", r"head raised|raise your head|hug your shoulders"),
    (r"hug your shoulders", r"head in your hands, elbows"),
    (r"hands (lie )?on your hips", r"hands behind your neck"),
    (r"hands on your shoulders", r"arms (out )?wide"),
    (r"both feet (stay )?on the floor", r"leg on top|cross your"),
    (r"both hands stay on the floor", r"one arm forward|arm and leg"),
    (r"two flat fingers", r"thumbs two fingers"),
)
"""What a level says that it changes, and what may not be said as the key cue or the start then."""


@pytest.mark.parametrize("name", NAMES)
def test_what_is_said_at_a_level_does_not_contradict_it(name: str) -> None:
    """Neither the key cue, which a resume, a change of sides and "repeat" say, nor the start."""
    wrong = [
        (exercise.id, level, line)
        for exercise in load(name).exercises
        for level in (-1, 1)
        for line in _contradicting(exercise, level)
    ]
    assert not wrong


def _contradicting(exercise: Exercise, level: int) -> list[str]:
    changes = " ".join(exercise.variant(level).say)
    at_level = exercise.at(level)
    said = [at_level.short, *lines_of(at_level.start), *lines_of(exercise.release)]
    said += [*lines_of(exercise.way_out)[:1], SAY.say("hips_down")]
    return [
        line
        for changed, forbidden in CONTRADICTIONS
        if re.search(changed, changes, re.IGNORECASE)
        for line in said
        if re.search(forbidden, line, re.IGNORECASE)
    ]


def test_a_key_cue_of_its_own_is_said_at_its_level() -> None:
    """The file's `short` of a level takes the place of the plain one, at that level alone."""
    exercise = next(e for e in load("foam-roll-upper-back").exercises if e.easier)
    assert exercise.at(-1).short != exercise.short == exercise.at(0).short
    assert exercise.at(-1).short.startswith("Hips on the floor")
