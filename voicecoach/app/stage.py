"""One rehearsal from a routine and a scenario to its event log and recordings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.app.before import Talker, care, suited
from voicecoach.app.rehearsal import rehearse
from voicecoach.app.wiring import (
    Choices,
    make_parts,
    make_plan,
    make_session,
    render,
    user_speech,
)
from voicecoach.audio.clip import Clip
from voicecoach.audio.wav import WavWriter
from voicecoach.dialog.core import Core
from voicecoach.ports import Progress, Recogniser
from voicecoach.routine.model import Routine
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questions import QUESTIONS, Fact
from voicecoach.screening.verdicts import Declined
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom, Tape, utterances
from voicecoach.simulation.scenario import Scenario

DAY: Final = date(2000, 1, 1)
"""The day of every rehearsal: the same scenario must give the same result on any day."""


def stage(
    routine: Routine,
    scenario: Scenario,
    choices: Choices,
    ears: Recogniser,
    log: Callable[[dict[str, object]], None],
    coach: Path | None = None,
    mic: Path | None = None,
    rendering: Progress | None = None,
) -> str:
    """Rehearse `routine` and return the outcome; "declined" if it is not for such a person.

    `coach` and `mic` name WAV files for the loudspeaker and the microphone.
    """
    spoken = user_speech(scenario.says, choices.voice)
    says = utterances(scenario, spoken.__getitem__)

    def drive(core: Core, clips: Mapping[str, Clip]) -> str:
        level = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
        room = SimulatedRoom(scenario.room, says, level)
        with ExitStack() as files:
            played, heard = _tape(files, coach), _tape(files, mic)
            parts = make_parts(core, clips, ears, choices)
            return rehearse(parts, room, says, log, played, heard)

    if scenario.profile is None:
        plan, clips = make_plan(routine, choices, rendering)
        return drive(make_session(plan, choices), clips)
    profile = person(scenario.profile)
    adapted = suited(routine, profile, DAY, choices.language)
    if isinstance(adapted, Declined):
        talker = Talker(choices.language.prompts, lambda lines: render(lines, choices), drive)
        return talker.refuse(adapted)
    known = care(adapted, profile)
    plan, clips = make_plan(adapted.routine, choices, rendering, known)
    return drive(make_session(plan, choices, known), clips)


def person(given: Mapping[Fact, bool | None]) -> Profile:
    """Return the profile of somebody with these answers, and "no" to every other question.

    None is "not sure", and so is a follow-up that was not answered.
    """
    answers = let_through(DAY).answers
    follow_ups = (q.fact for q in QUESTIONS if q.after and given.get(q.after, False) is not False)
    for fact, yes in {**dict.fromkeys(follow_ups), **given}.items():
        answers = answers.with_answer(fact, yes, DAY)
    return Profile().with_answers(answers, DAY)


def _tape(files: ExitStack, path: Path | None) -> Tape | None:
    return files.enter_context(WavWriter(path)).write if path else None
