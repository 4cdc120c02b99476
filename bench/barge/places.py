"""Recordings of "stop", and their places in the coach's script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bench.barge.script import Script
from models.recipe.corpus import Clip, read
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.units import BLOCK, RATE

OFFSETS = (0.0, 0.4, 0.1, 1.2, 0.2, 2.5, 0.05, 0.8)
"""Seconds into a cue at which the word begins, in turn; where the cue is shorter, the next."""
APART = 3.0
"""Seconds from the end of one recording to the next word."""
LASTING, ABOVE_DB = 6, 10.0
"""60 ms: the shortest "stop" that was heard in a recording cut off early is 70 ms."""
EARLY = 1.0
"""Seconds that count as the beginning of a cue."""


@dataclass(frozen=True, eq=False)
class Word:
    """A recording of "stop"; frames of the word's first and last sound within it."""

    speaker: str
    samples: Samples
    begin: int
    end: int


def bounds(samples: Samples) -> tuple[int, int]:
    """Return the frames of the first and after the last 10 ms within 25 dB of the loudest."""
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(float)
    level = np.sqrt(np.mean(np.square(blocks), axis=1))
    loud = np.nonzero(level > level.max() * 0.056)[0]
    return int(loud[0]) * 160, int(loud[-1] + 1) * 160


def audible(samples: Samples) -> bool:
    """Return whether a sound lasts `LASTING` blocks of 10 ms, `ABOVE_DB` above the clip's floor.

    A few recordings have a hum or clicks and no audible "stop".
    """
    blocks = samples[: len(samples) // 160 * 160].reshape(-1, 160).astype(float)
    levels = 10 * np.log10(np.mean(np.square(blocks), axis=1) + 1e-6)
    quiet = np.percentile(levels[levels > 0], 20) if (levels > 0).any() else np.inf
    loud = "".join("x" if level >= quiet + ABOVE_DB else " " for level in levels)
    return "x" * LASTING in loud


def held_out(speech: Path, side: str) -> list[Clip]:
    """Return the recordings of "stop" by the people of a side: "tune" or "test"."""
    clips = [c for c in read(speech) if c.side == side and c.kind == "commands"]
    clips = [clip for clip in clips if clip.text == "stop"]
    return sorted(
        (clip for clip in clips if audible(read_sound(Path(clip.path)))), key=lambda clip: clip.id
    )


Site = tuple[int, Word, dict[str, Any]]
"""Frame at which the word begins, the word, and what is to be known of the place."""


def place(script: Script, words: Sequence[Word], turn: int) -> list[Site]:
    """Return where who says "stop": over cues, at places in them that take turns."""
    sites: list[Site] = []
    free = 0.0
    for line, kind in zip(script.lines, script.kinds, strict=True):
        offset = OFFSETS[(turn + len(sites)) % len(OFFSETS)]
        if line.start + offset * RATE >= line.end:
            offset = 0.0
        word = words[(turn * 7 + len(sites)) % len(words)]
        at = int(line.start + offset * RATE)
        late = at + len(word.samples) + 2 * RATE > len(script.played)
        if at < max(free, word.begin) or late:
            continue
        known = {"kind": kind, "early": offset < EARLY, "at": round(at / RATE, 2)}
        sites.append((at, word, known))
        free = at + len(word.samples) - word.begin + APART * RATE
    return sites


def opening(script: Script, word: Word, seconds: float) -> tuple[Script, list[Site]]:
    """Return the beginning of the script, with the word in the coach's very first voice."""
    at = max(word.begin, int(script.lines[0].start + seconds * RATE))
    last = (at + len(word.samples) + 2 * RATE) // BLOCK * BLOCK
    known = {"kind": script.kinds[0], "early": seconds < EARLY, "at": at / RATE}
    return replace(script, played=script.played[:last]), [(at, word, known)]
