"""How long the user keeps a strain, a grip or a twist before the work begins (SAFETY S36)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voicecoach.errors import Problem
from voicecoach.language.sides import LEFT
from voicecoach.plan.narration import BRIEF, FULL
from voicecoach.plan.plan import LEVELS, Plan
from voicecoach.routine.model import Exercise
from voicecoach.track import BEAT, Track, lines_of
from voicecoach.units import Ms

MOST_STRAINED: Final = Ms(12_000)
"""Most time from the first words that ask for the position to "go". Our own choice: two breaths,
after which muscles that hold a position in silence begin to tire."""


@dataclass(frozen=True, slots=True)
class Wait:
    """What is taken up first, and how long it is kept until the work begins."""

    exercise: int
    level: int
    line: str
    length: Ms


def waits(plan: Plan) -> Iterator[Wait]:
    """Yield the wait of each exercise at each level that has a dose of its own to strain for, for a
    user who knows it and for one who does not.

    It begins with the first words of strain in the way in; else with `start`; else, for a position
    that is kept, with the description, as nothing else says when to take it up.
    """
    for index, exercise in enumerate(plan.routine.exercises):
        for level in LEVELS:
            if exercise.variant(level).dose.strained:
                yield from (_wait(plan, index, level, talk) for talk in (FULL, BRIEF))


def too_long(plan: Plan) -> list[Problem]:
    """Return a problem for each exercise in which a strain is kept for too long."""
    worst: dict[int, Wait] = {}
    for wait in waits(plan):
        if wait.length > max(MOST_STRAINED, getattr(worst.get(wait.exercise), "length", 0)):
            worst[wait.exercise] = wait
    return [_problem(plan.exercise(index), index, wait) for index, wait in worst.items()]


def _wait(plan: Plan, index: int, level: int, talk: int) -> Wait:
    exercise = plan.exercise(index).at(level)
    reading = plan.reading(index, level, talk)
    settle = plan.settle(index, level, talk, LEFT, known=True)
    go = _go(settle)
    strain = plan.language.lint.strain
    way_in = lines_of(exercise.led_in(known=talk == BRIEF))
    early = next((line for line in way_in if strain.search(line)), "")
    kept = exercise.variant(level).dose.kept and not exercise.start
    described = exercise.short if talk == BRIEF else lines_of(exercise.full)[0]
    line = early or (described if kept else "")
    if line:
        at = _begins(reading, plan.prompts.sided(line, LEFT))
        return Wait(index, level, line, Ms(reading.length - at + go))
    if not exercise.start:
        return Wait(index, level, "", Ms(0))
    line = lines_of(exercise.start)[0]
    return Wait(index, level, line, Ms(go - _begins(settle, plan.prompts.sided(line, LEFT))))


def _go(settle: Track) -> Ms:
    """Return when "go" is said, or the end where nothing is counted in."""
    counted = len(settle.cues) > 3 and settle.cues[-1].n == 1
    return Ms(settle.length - BEAT) if counted else settle.length


def _begins(track: Track, line: str) -> Ms:
    return next(cue.at for cue in track.cues if cue.text == line)


def _problem(exercise: Exercise, index: int, wait: Wait) -> Problem:
    said = f"'{wait.line}' to the first beat" if wait.line else "the start"
    message = f"{wait.length / 1000:.1f} s from {said}"
    hint = (
        f"at most {MOST_STRAINED // 1000} s: say it in 'start', shortly, or set a shorter settle_s"
    )
    return Problem(exercise.line, f"exercises[{index + 1}]", message, hint, "S36")
