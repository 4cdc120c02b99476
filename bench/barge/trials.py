"""One pass of the coach's script through a room, with or without a user who says "stop"."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np

from bench.barge.places import Site, Word, bounds, held_out, opening, place
from bench.barge.script import Script, make_script
from bench.english import BOOK, LANGUAGE
from voicecoach.app.wiring import make_recogniser
from voicecoach.audio.calibration_noise import Preamble, calibration_noise
from voicecoach.audio.cancellers import make_canceller
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.mixer import Mixer
from voicecoach.audio.wav import read_sound
from voicecoach.decision.judge import Judge
from voicecoach.decision.verdict import Accepted
from voicecoach.language.phrasebook import Command
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


@dataclass(frozen=True)
class Task:
    """One pass: routine, level of talk, room, way, and whether a user says "stop"."""

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
    """Minutes of the routine that are played at most."""


class Worker:
    """What a process keeps from one pass to the next."""

    def __init__(self, model: Path | None, speech: Path) -> None:
        self._recogniser = make_recogniser(model, LANGUAGE)
        sounds = [(clip.speaker, read_sound(Path(clip.path))) for clip in held_out(speech)]
        self._words = [Word(who, sound, *bounds(sound)) for who, sound in sounds]

    def run(self, task: Task) -> dict[str, Any]:
        """Return what was obeyed in one pass."""
        script = _script(task.routine, task.talk)
        if task.minutes:
            most = int(task.minutes * 60 * RATE) // BLOCK * BLOCK
            script = replace(script, played=script.played[:most])
        if task.first is not None:
            script, sites = opening(script, self._words[task.turn], task.first)
        else:
            sites = place(script, self._words, task.turn) if task.user else []
        says = [PlacedUtterance(Frame(at - word.begin), word.samples) for at, word, _ in sites]
        room = SimulatedRoom(task.room, says, script.level)
        canceller, gated = WAYS[task.way]
        pipeline = EchoPipeline(partial(make_canceller, canceller), gated)
        before = calibration_noise()
        preamble = Preamble(before)
        room.delay(preamble.frames)
        for played in blocks(before):
            preamble.after(pipeline.hear(room.pass_block(played), played))
        mic = [room.pass_block(played) for played in blocks(script.played)]
        begun = time.process_time()
        obeyed = list(listen(self._recogniser, pipeline, preamble, mic, script))
        cpu = time.process_time() - begun
        stops = [judged(site, obeyed, script) for site in sites]
        own = [one for one in obeyed if not any(_within(one[0], *site[:2]) for site in sites)]
        return {
            "stops": stops,
            "own": [(round(at / RATE, 2), verdict.phrase) for at, verdict in own],
            "seconds": len(script.played) / RATE,
            "cpu": cpu,
        }


@lru_cache
def _script(routine: str, talk: str) -> Script:
    return make_script(routine, talk)


def blocks(samples: Samples) -> list[Samples]:
    """Return the whole blocks of `samples`."""
    return [samples[at : at + BLOCK] for at in range(0, len(samples) - BLOCK + 1, BLOCK)]


def listen(
    recogniser: VoskRecogniser,
    pipeline: EchoPipeline,
    preamble: Preamble,
    mic: Sequence[Samples],
    script: Script,
) -> Iterator[tuple[int, Accepted]]:
    """Yield what is obeyed, and at which frame, as the conductor would."""
    book = BOOK
    judge, live = Judge(book), frozenset[str]()
    recogniser.listen(script.live(0))
    recogniser.restart()
    for at, played in zip(count(0, BLOCK), blocks(script.played), strict=False):
        if script.live(at) is not live:
            live = script.live(at)
            judge.listen(live)
            recogniser.listen(live)
        hearings = recogniser.feed(preamble.after(pipeline.hear(mic[at // BLOCK], played)))
        for hearing in hearings:
            verdict = judge.consider(hearing, script.spoken(at + BLOCK))
            if isinstance(verdict, Accepted):
                yield at + BLOCK, verdict


def _within(at: int, begin: int, word: Word) -> bool:
    return begin < at <= begin + word.end - word.begin + WITHIN * RATE


def judged(site: Site, obeyed: Sequence[tuple[int, Accepted]], script: Script) -> dict[str, Any]:
    """Return whether a stop was obeyed, and the time from its end to the coach's silence."""
    begin, word, known = site
    row = {**known, "speaker": word.speaker, "ms": None, "other": None}
    for at, verdict in obeyed:
        if not _within(at, begin, word):
            continue
        if verdict.meaning.command is Command.STOP:
            quiet = at + fading(script.played, at)
            return {**row, "ms": 1000 * (quiet - begin - word.end + word.begin) / RATE}
        row["other"] = row["other"] or verdict.phrase
    return row


def fading(played: Samples, at: int) -> int:
    """Return how many frames the mixer takes to be silent when it is hushed at frame `at`."""
    mixer = Mixer(lambda _: None)
    mixer.play(1, played[at - BLOCK : at + RATE], Frame(0))
    mixer.fill(BLOCK)
    mixer.hush()
    return int(np.max(np.nonzero(mixer.fill(BLOCK))[0], initial=-1)) + 1
