"""A rehearsal from a routine and a scenario, with its recordings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.app.coach import Coach
from voicecoach.app.conductor import Log
from voicecoach.app.fitted import Wanted, library_of
from voicecoach.app.pipeline import Clips
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.app.wiring import (
    TALKS,
    Choices,
    chosen_taste,
    make_pipeline,
    make_voice,
    user_speech,
)
from voicecoach.audio.wav import WavWriter
from voicecoach.errors import Problem
from voicecoach.eventlog.fields import Outcome
from voicecoach.ports import Progress, Recogniser
from voicecoach.routine.model import Routine
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questions import QUESTIONS
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom, Tape, replies, utterances
from voicecoach.simulation.scenario import Scenario, load_scenario
from voicecoach.units import to_frames

DAY: Final = date(2000, 1, 1)
"""The day of every rehearsal: the same scenario must give the same result on any day."""


def rehearse(
    routine: Routine | Wanted,
    scenario: Scenario,
    choices: Choices,
    recogniser: Recogniser,
    log: Log,
    coach: Path | None = None,
    mic: Path | None = None,
    progress: Progress | None = None,
    strains: Callable[[Sequence[Problem]], None] = lambda _: None,
) -> Outcome:
    """Rehearse `routine` and return the outcome.

    `coach` and `mic` name WAV files for the loudspeaker and the microphone; `strains` takes the
    places where the routine keeps a strain for too long (S36). Raises `DeclinedError` after the
    refusal if the scenario's profile allows no session.
    """
    with ExitStack() as stack:
        driver = rehearsed(stack, scenario, choices, recogniser, coach, mic)
        made = make_voice(choices.voice, choices.rate, choices.language)
        voice = stack.enter_context(closing(made))
        talk, library = TALKS[choices.talk], library_of(routine, choices.language)
        leader = Coach(driver, voice, choices.language, DAY, log, talk=talk, library=library)
        strains(leader.strains(routine, progress))
        if scenario.profile is None:
            return leader.lead(routine, progress)
        return leader.lead_for(person(scenario.profile), routine, progress)


def rehearsed(
    stack: ExitStack,
    scenario: Scenario,
    choices: Choices,
    recogniser: Recogniser,
    coach: Path | None = None,
    mic: Path | None = None,
) -> Rehearsal:
    """Return the driver in the room of `scenario`, with its user; `stack` closes it."""
    spoken = user_speech([*scenario.says, *scenario.replies], choices.voice)
    says = utterances(scenario, spoken.__getitem__)
    answers = replies(scenario, spoken.__getitem__)

    def room(clips: Clips) -> SimulatedRoom:
        level = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
        return SimulatedRoom(scenario.room, says, level)

    tapes = _tape(stack, coach), _tape(stack, mic)
    pipeline = make_pipeline(recogniser, choices, wake=scenario.room.asleep_ms > 0)
    pipeline.sounding.taste = chosen_taste(choices)
    pulls = [(one.after, to_frames(one.at), to_frames(one.length)) for one in scenario.unplugs]
    driver = Rehearsal(pipeline, room, says, answers, *tapes, pulls)
    return stack.enter_context(closing(driver))


def person(given: Mapping[Fact, bool | None]) -> Profile:
    """Return the profile of a user with these answers, and "no" to every other question.

    None is "not sure", and so is a follow-up that was not answered.
    """
    answers = let_through(DAY).answers
    for question in QUESTIONS:
        fact = question.fact
        if fact in given or (question.after and answers.reaches(question, DAY)):
            answers = answers.with_answer(fact, given.get(fact), DAY)
    return Profile().with_answers(answers, DAY)


def _tape(files: ExitStack, path: Path | None) -> Tape | None:
    return files.enter_context(WavWriter(path)).write if path else None


__all__ = ["DAY", "Scenario", "load_scenario", "person", "rehearse", "rehearsed"]
