"""A session to take along: led through the mixer alone, for a player that cannot hear."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from voicecoach.app.mixed import Mixed
from voicecoach.app.pipeline import Clips, lengths_of
from voicecoach.app.wiring import TALKS, Choices, chosen_taste, make_plan, render
from voicecoach.audio.clip import Samples
from voicecoach.dialog.care import Care
from voicecoach.dialog.session import Session
from voicecoach.errors import InputError
from voicecoach.eventlog.kinds import Event
from voicecoach.language.model import Language
from voicecoach.ports import Progress
from voicecoach.recording.contents import Line, Recording, chapters_of, lines_of
from voicecoach.routine.model import Routine
from voicecoach.screening.adapted_doses import once, with_more_time
from voicecoach.screening.supine_estimate import guessed
from voicecoach.track import Track, spoken
from voicecoach.units import Ms, to_ms

BEFORE = ("hears_nothing", "in_trouble", "not_asked")
"""Keys of what is said before the session: what a file cannot hear, and what it cannot ask."""
MS_PER_MINUTE = 60_000


@dataclass(frozen=True, slots=True)
class Shape:
    """How a session is made into a file."""

    level: int = 0
    """-1 easier, 0 as written, 1 harder, where an exercise has such a level."""
    minutes: float | None = None
    """About how long it may take; None is the whole routine."""
    more_time: bool = True
    """Whether pauses and the time to get into position are half as long again: no one can ask for
    more."""


def record(
    routine: Routine, choices: Choices, shape: Shape, progress: Progress | None = None
) -> Recording:
    """Return the session of `routine` as a recording. Raises `InputError` and `VoiceError`."""
    language = for_a_file(choices.language)
    shaped = _shaped(routine, language, shape)
    plan, clips = make_plan(shaped, replace(choices, language=language), progress)
    before, told = _before(language, choices)
    parts: list[Samples] = []
    log: list[Event] = []
    driver = Mixed(language.phrasebook, parts.append, chosen_taste(choices))
    driver.say(before, told)
    begins = to_ms(driver.frame)
    care = Care(instructed=True, levels=_levels(shaped, shape.level))
    driver.lead(Session(plan, TALKS[choices.talk], care), clips, log.append)
    titles = language.prompts.file
    return Recording(
        title=shaped.name,
        summary=shaped.summary,
        language=language.code,
        samples=np.concatenate(parts),
        chapters=chapters_of(log, begins, titles["chapter_begin"], titles["chapter_end"]),
        lines=[*_lines(before, told), *lines_of(log, begins)],
    )


def for_a_file(language: Language) -> Language:
    """Return `language` with lines that offer no command, where a file has its own."""
    prompts = language.prompts
    own = {key: line for key, line in prompts.file.items() if key in prompts.lines}
    return replace(language, prompts=replace(prompts, lines={**prompts.lines, **own}))


def _before(language: Language, choices: Choices) -> tuple[Track, Clips]:
    """Return what is said before the session."""
    prompts = language.prompts
    lines = [*(prompts.file[key] for key in BEFORE), prompts.say("ground_rules")]
    clips = render(lines, choices)
    return spoken(lines, lengths_of(clips), lead=Ms(500), after=Ms(700)), clips


def _lines(track: Track, clips: Clips) -> list[Line]:
    spans = [(*lengths_of(clips).span(cue), cue.text) for cue in track.cues]
    return [Line(start, end, text) for start, end, text in spans]


def _shaped(routine: Routine, language: Language, shape: Shape) -> Routine:
    if shape.more_time:
        exercises = tuple(with_more_time(exercise) for exercise in routine.exercises)
        routine = replace(routine, exercises=exercises)
    if shape.minutes is None:
        return routine
    return _shortened(routine, language, shape)


def _shortened(routine: Routine, language: Language, shape: Shape) -> Routine:
    """Return `routine` with one set each, then without its last exercises, until it fits."""
    assert shape.minutes is not None
    one_set = tuple(once(exercise) for exercise in routine.exercises)
    shorter = (replace(routine, exercises=one_set[:n]) for n in range(len(one_set), 0, -1))
    for tried in (routine, *shorter):
        took = _minutes(tried, language, shape)
        if took <= shape.minutes:
            return tried
    what = f"{routine.name} cannot be made as short as {shape.minutes:g} minutes"
    step = f"Its first exercise takes about {took:.0f} minutes; name another length or routine."
    raise InputError(what, "", step)


def _minutes(routine: Routine, language: Language, shape: Shape) -> float:
    """Return about how long a session takes, before its lines are rendered."""
    plan = guessed(routine, language)
    levels = _levels(routine, shape.level).values()
    work = sum(plan.time(i, level) for i, level in enumerate(levels))
    ways = sum(plan.between(i, i + 1).length for i in range(len(levels) - 1))
    return (work + ways + plan.welcome().length + plan.closing().length) / MS_PER_MINUTE


def _levels(routine: Routine, level: int) -> dict[str, int]:
    """Return the level of each exercise: `level` where it has one, else as written."""
    found = {}
    for exercise in routine.exercises:
        there = {-1: exercise.easier, 1: exercise.harder}.get(level)
        found[exercise.id] = level if there else 0
    return found
