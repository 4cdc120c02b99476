"""Rehearsals with a voice of tones and a user who types at given times: quick and exact."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from tests.english import BOOK, LANGUAGE, parse
from tests.fakes.recogniser import TypedRecogniser
from tests.fakes.voice import FakeVoice
from voicecoach.app.pipeline import Listener, Pipeline, lengths_of
from voicecoach.app.rehearsal import Rehearsal
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.cancellers import NoCanceller
from voicecoach.audio.clip import NOTHING, Clip, Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.session import Session
from voicecoach.eventlog.fields import LogEvent
from voicecoach.eventlog.lines import to_line
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.ports import Recogniser
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE

SMALL = """\
schema: voicecoach/1
id: two
name: Two moves
summary: A bridge and a hold.
language: en
author: Jo Bloggs
licence: CC0-1.0
sources: []
equipment: [a mat]
exercises:
  - id: bridge
    name: Bridge
    position: supine
    regions: [hip]
    sides: none
    dose: {repetitions: 4, tempo: 2120, first: lift, breath: {lift: out, lower: in}}
    settle_s: 6
    way_in: [Lie on your back.]
    full: [Raise your hips.]
    short: Raise your hips.
    way_out: [Lower your hips.]
    easier:
      say: [A little lower this time.]
      dose: {repetitions: 3}
  - id: knee
    name: Knee to the chest
    position: supine
    regions: [low-back]
    sides: each
    dose: {hold_s: 15, breath: {in_s: 4, out_s: 6}}
    settle_s: 5
    way_in: [Lie on your back.]
    full: ["Draw your {side} knee to your chest."]
    short: Your {side} knee to your chest.
    way_out: [Put your foot back.]
"""

Event = dict[str, object]
Says = tuple[tuple[float, str], ...]
"""(Second, line typed then)."""


@cache
def prepared() -> tuple[Plan, dict[str, Clip]]:
    """Return the plan of the small routine and its clips."""
    routine = parse(SMALL, "two.yaml")
    clips = FakeVoice().render(sorted(all_lines(routine, LANGUAGE)))
    lengths = {text: clip.length for text, clip in clips.items()}
    return compile_plan(routine, LANGUAGE, lengths, lengths_of(clips).centre), clips


def plain(event: LogEvent) -> Event:
    """Return the objects that a line of the log holds."""
    found: Event = json.loads(to_line(event))
    return found


class _Typist:
    """Gives each line once its time has come; asked once for each block."""

    def __init__(self, says: Says) -> None:
        self._says = deque(sorted(says))
        self._blocks = 0

    def __call__(self) -> list[str]:
        self._blocks += 1
        now = self._blocks * BLOCK / RATE
        lines = []
        while self._says and self._says[0][0] <= now:
            lines.append(self._says.popleft()[1])
        return lines


@dataclass
class Rehearsed:
    """What a rehearsal left: its log, its sound and its outcome."""

    events: list[Event]
    played: Samples
    outcome: str

    def of(self, *kinds: str) -> list[Event]:
        """Return the events of some kinds, in order."""
        return [event for event in self.events if event["kind"] in kinds]

    def cue(self, text: str, after: float = 0.0) -> Event:
        """Return the first start of the line `text` at or after a second."""
        return next(e for e in self.of("cue_started") if e["text"] == text and e["t"] >= after)  # type: ignore[operator]

    def between(self, start: float, end: float) -> Samples:
        """Return what was played from second `start` to second `end`."""
        return self.played[round(start * RATE) : round(end * RATE)]


@cache
def rehearsed(*says: tuple[float, str]) -> Rehearsed:
    """Rehearse the small routine with a user who types `says`. One run for the same lines."""
    return run(*says)


def run(*says: tuple[float, str], before: Samples = NOTHING) -> Rehearsed:
    """Rehearse the small routine, afresh; `before` is played before it."""
    plan, clips = prepared()
    return run_core(Session(plan), clips, *says, before=before)


def run_core(
    core: Dialog[Any],
    clips: Mapping[str, Clip],
    *says: tuple[float, str],
    before: Samples = NOTHING,
    book: Phrasebook = BOOK,
) -> Rehearsed:
    """Rehearse a dialog with a user who types `says`, which are phrases of `book`."""
    return Room(says, before, book).lead(core, clips)


class Room:
    """A quiet room in which dialogs are rehearsed, one after the other.

    `says` is typed into it, at seconds of the dialogs put together.
    """

    def __init__(self, says: Says = (), before: Samples = NOTHING, book: Phrasebook = BOOK) -> None:
        self.events: list[Event] = []
        self.tape: list[Samples] = []
        pipeline = pipeline_of(TypedRecogniser(_Typist(says)), before, book)
        self.driver = Rehearsal(pipeline, quiet, played=self.tape.append)

    def note(self, event: LogEvent) -> None:
        """Keep an event."""
        self.events.append(plain(event))

    def lead(self, core: Dialog[Any], clips: Mapping[str, Clip]) -> Rehearsed:
        """Rehearse a dialog."""
        return self.left(self.driver.lead(core, clips, self.note))

    def left(self, outcome: str) -> Rehearsed:
        """Return what all dialogs left so far."""
        return Rehearsed(self.events, np.concatenate(self.tape), outcome)


def pipeline_of(
    recogniser: Recogniser, before: Samples = NOTHING, book: Phrasebook = BOOK
) -> Pipeline:
    """Return the way of sound without an echo; `before` is played before the first dialog."""
    lead = Preamble(before)
    return Pipeline(book, lead, Listener(recogniser, EchoPipeline(NoCanceller, gated=False), lead))


def quiet(_: Mapping[str, Clip]) -> SimulatedRoom:
    """Return a room without a sound."""
    return SimulatedRoom(RoomSettings(floor_db=float("-inf")))
