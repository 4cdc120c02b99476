"""One rehearsal from a routine and a scenario to its event log and recordings."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from voicecoach.audio.wav import WavWriter
from voicecoach.ports import Ears, Progress
from voicecoach.room.acoustics import active_dbfs
from voicecoach.room.scenario import Scenario
from voicecoach.room.simulated import SimulatedRoom, Tape, utterances
from voicecoach.routine.model import Routine
from voicecoach.run.assemble import Choices, make_parts, make_plan, user_speech
from voicecoach.run.rehearsal import rehearse


def stage(
    routine: Routine,
    scenario: Scenario,
    choices: Choices,
    ears: Ears,
    log: Callable[[dict[str, object]], None],
    coach: Path | None = None,
    mic: Path | None = None,
    rendering: Progress | None = None,
) -> str:
    """Rehearse `routine` and return the outcome.

    `coach` and `mic` name WAV files for the loudspeaker and the microphone.
    """
    plan, clips = make_plan(routine, choices, rendering)
    spoken = user_speech(scenario.says, choices.voice)
    says = utterances(scenario, spoken.__getitem__)
    level = active_dbfs(np.concatenate([clip.samples for clip in clips.values()]))
    room = SimulatedRoom(scenario.room, says, level)
    with ExitStack() as files:
        played, heard = _tape(files, coach), _tape(files, mic)
        parts = make_parts(plan, clips, ears, choices)
        return rehearse(parts, room, says, log, played, heard)


def _tape(files: ExitStack, path: Path | None) -> Tape | None:
    return files.enter_context(WavWriter(path)).write if path else None
