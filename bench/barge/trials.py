"""One pass of the coach's script through a room, with or without a user."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeGuard

import numpy as np

from bench.barge.passed import stretches
from bench.barge.places import Site, Word, opening, place, said_by_people, said_by_voices
from bench.barge.script import Script, make_script, part
from bench.english import BOOK, LANGUAGE
from voicecoach.app.wiring import COACH, make_recogniser
from voicecoach.audio.calibration_noise import Preamble, calibration_noise
from voicecoach.audio.cancellers import make_canceller
from voicecoach.audio.clip import Samples, as_samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.mixer import Mixer
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.judge import Judge
from voicecoach.decision.verdict import Accepted, Doubtful, Hushed, Refused
from voicecoach.simulation.room import PlacedUtterance, SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.stt.vosk_recogniser import VoskRecogniser
from voicecoach.units import BLOCK, RATE, Frame

WAYS = {
    "nothing": ("none", False),
    "canceller": ("kalman", False),
    "canceller and gate": ("kalman", True),
}
"""Name -> canceller, and whether alignment and gate are used."""

WITHIN = 1.5
"""Seconds after the word's end in which a stop still counts as obeyed."""


PEAK = 8000.0
"""Level of the coach's voice that one sample in a hundred exceeds, in sample values."""


@dataclass(frozen=True)
class Task:
    """One pass: routine, level of talk, room, way, and whether a user speaks."""

    group: str
    routine: str
    talk: str
    room: RoomSettings
    way: str
    user: bool
    turn: int = 0
    """Which recording comes first, and which place in a cue."""
    first: float | None = None
    """Only one "stop", so many seconds after the coach's first sound, and then the end."""
    minutes: float | None = None
    """Minutes that are played at most."""
    place: float = 0.0
    """Where the pass begins, as a share of the routine's cues; the canceller then knows nothing but
    the calibration noise."""
    level_db: float = 0.0
    """How loud the user is, against the usual."""
    voice: str = COACH
    """The coach's voice."""
    music: str = "off"
    """Whether there is a bed under it."""
    others: bool = False
    """Whether the user is a synthetic voice that says other commands than "stop"."""
    driven: bool = False
    """Whether the loudspeaker is driven too far: see `overdriven`."""


class Worker:
    """What a process keeps from one pass to the next; without recordings no user can speak."""

    def __init__(self, model: Path | None, speech: Path | None, side: str) -> None:
        self._recogniser = make_recogniser(model, LANGUAGE)
        self._words = said_by_people(speech, side) if speech else []
        self._others: list[Word] = []

    def _said_in(self, task: Task) -> list[Word]:
        if not task.others:
            return self._words
        if not self._others:
            with TemporaryDirectory() as folder:
                self._others = said_by_voices(Path(folder))
        return self._others

    def run(self, task: Task) -> dict[str, Any]:
        """Return what was obeyed in one pass."""
        script = excerpt(make_script(task.routine, task.talk, task.voice, task.music), task)
        if task.first is not None:
            script, sites = opening(script, self._words[task.turn], task.first)
        else:
            sites = place(script, self._said_in(task), task.turn) if task.user else []
        begun = time.process_time()
        heard, room_cpu = through(task, script, sites)
        found = list(listen(self._recogniser, heard, script, whole=bool(sites)))
        cpu = time.process_time() - begun - room_cpu
        stops = [judged(site, found, script) for site in sites]
        own = [one for one in found if not any(_within(one[0], *site[:2]) for site in sites)]
        return {
            "stops": stops,
            "own": [(round(at / RATE, 2), v.phrase) for at, v in own if isinstance(v, Accepted)],
            "hushes": sum(not isinstance(verdict, Accepted) for _, verdict in own),
            "seconds": len(script.played) / RATE,
            "cpu": cpu,
        }


def excerpt(script: Script, task: Task) -> Script:
    """Return the part of the script that a task plays: it begins half a second before a cue."""
    frames = int((task.minutes or 1e3) * 60 * RATE) // BLOCK * BLOCK
    latest = max(1, len(script.played) - frames)
    starts = [line.start for line in script.lines if line.start < latest]
    begin = starts[int(task.place * len(starts))] - RATE // 2 if task.place else 0
    return part(script, max(0, begin) // BLOCK * BLOCK, frames)


def blocks(samples: Samples) -> list[Samples]:
    """Return the whole blocks of `samples`."""
    return [samples[at : at + BLOCK] for at in range(0, len(samples) - BLOCK + 1, BLOCK)]


def through(task: Task, script: Script, sites: Sequence[Site]) -> tuple[list[Samples], float]:
    """Return what comes out of canceller and gate with each block played, and the seconds of the
    processor that the room took.
    """
    says = [
        PlacedUtterance(Frame(at - word.begin), word.samples, task.level_db)
        for at, word, _ in sites
    ]
    room = SimulatedRoom(task.room, says, script.level)
    canceller, gated = WAYS[task.way]
    pipeline = EchoPipeline(partial(make_canceller, canceller), gated)
    before = calibration_noise()
    preamble = Preamble(before)
    room.delay(preamble.frames)
    begun = time.process_time()
    played = [*blocks(before), *blocks(script.played)]
    sounding = [overdriven(block) for block in played] if task.driven else played
    mic = [room.pass_block(block) for block in sounding]
    took = time.process_time() - begun
    heard = [preamble.after(pipeline.hear(*pair)) for pair in zip(mic, played, strict=True)]
    return heard[len(before) // BLOCK :], took


def overdriven(block: Samples) -> Samples:
    """Return what a small loudspeaker makes of a block that is too loud for it: a sine that reaches
    the coach's peaks has harmonics of 7 % (the third) and 3 % (the second).

    The canceller is linear, and knows only what was sent to the loudspeaker.
    """
    drive = block.astype(float) / PEAK
    return as_samples(np.rint(PEAK * (np.tanh(drive) + 0.05 * drive**2)))


Asked = Doubtful | Refused
Found = tuple[int, Accepted | Hushed | Asked]
"""The frame at which something is obeyed, makes the coach go quiet, or makes it ask "Did you say
stop?", and what it is.
"""


def asks(verdict: object) -> TypeGuard[Asked]:
    """Return whether the coach asks whether a halt was meant."""
    return isinstance(verdict, Doubtful) or (isinstance(verdict, Refused) and verdict.near_halt)


def listen(
    recogniser: VoskRecogniser, heard: Sequence[Samples], script: Script, whole: bool
) -> Iterator[Found]:
    """Yield what is obeyed, and what makes the coach go quiet or ask.

    Unless `whole`, only the `stretches` in which a sound has passed are recognised: in what is
    masked there is nothing to hear.
    """
    ranges = [(0, len(heard))] if whole else stretches(heard)
    for first, last in ranges:
        recogniser.restart()
        begin = sum(map(len, heard[:first]))
        yield from _listen(recogniser, heard, script, range(first, last), begin)


def _listen(
    recogniser: VoskRecogniser,
    heard: Sequence[Samples],
    script: Script,
    numbers: range,
    begin: int,
) -> Iterator[Found]:
    """Yield what is found in the blocks of these numbers; the first begins at frame `begin`."""
    judge, live = Judge(BOOK), None
    for number in numbers:
        now = (number + 1) * BLOCK
        if script.live(now - BLOCK) is not live:
            live = script.live(now - BLOCK)
            judge.listen(live)
            recogniser.listen(live)
        for hearing in recogniser.feed(heard[number]):
            verdict = judge.consider(_later(hearing, begin), script.spoken(now))
            if isinstance(verdict, (Accepted, Hushed)) or asks(verdict):
                yield now, verdict


def _later(hearing: Hearing, frames: int) -> Hearing:
    start, end, decided = hearing.start, hearing.end, hearing.decided
    return replace(
        hearing,
        start=Frame(start + frames),
        end=Frame(end + frames),
        decided=Frame(decided + frames),
    )


def _within(at: int, begin: int, word: Word) -> bool:
    return begin < at <= begin + word.end - word.begin + WITHIN * RATE


def judged(site: Site, found: Sequence[Found], script: Script) -> dict[str, Any]:
    """Return whether a command was obeyed, and the time from its end to the coach's silence: that
    of the hush before it, if there was one.
    """
    begin, word, known = site
    row = {**known, "speaker": word.speaker, "ms": None, "other": None, "asked": False}
    hushed = None
    for at, verdict in found:
        if not _within(at, begin, word):
            continue
        if isinstance(verdict, Hushed):
            hushed = hushed or at
        elif not isinstance(verdict, Accepted):
            row["asked"] = True
        elif verdict.meaning.command is word.command:
            told = hushed or at
            quiet = told + fading(script.played, told)
            return {
                **row,
                "asked": False,
                "ms": 1000 * (quiet - begin - word.end + word.begin) / RATE,
            }
        else:
            row["other"] = row["other"] or verdict.phrase
    return row


def fading(played: Samples, at: int) -> int:
    """Return how many frames the mixer takes to be silent when it is hushed at frame `at`."""
    mixer = Mixer(lambda _: None)
    mixer.play(1, played[at - BLOCK : at + RATE], Frame(0))
    mixer.fill(BLOCK)
    mixer.hush()
    return int(np.max(np.nonzero(mixer.fill(BLOCK))[0], initial=-1)) + 1
