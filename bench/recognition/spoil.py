"""The conditions: as recorded, with noise at 10 and 0 dB, in a room. Chance has fixed seeds.

Each recording stands between stretches of faint hiss, as a live microphone gives; the noise and
the room are over all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zlib import crc32

import numpy as np

from bench.recognition.acoustics import Floats, blocks, in_room, loud, with_level
from bench.recognition.channels import CHANNELS, piece
from bench.recognition.crowd import CROSSTALK, LEVELS_DB, TELEVISION, with_others
from bench.recognition.listening import LISTENING, elsewhere
from bench.recognition.music_files import STRETCH, stretch
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import FULL_SCALE, read_sound
from voicecoach.units import RATE

CLEAN, ROOM = "clean", "reverberated"
NOISY = {"10 dB": 10.0, "0 dB": 0.0}
"""Noise below the louder half of the speech, in dB."""

CONDITIONS = (CLEAN, *NOISY, ROOM)
"""Those in which everything is heard; command words also in each of `LINES`."""

LINES = (*CHANNELS, TELEVISION, CROSSTALK)

BEFORE, AFTERWARDS = round(0.3 * RATE), RATE
"""Frames of hiss around a recording: an endpoint needs half a second of silence."""

HISS = 1e-4
"""RMS of the hiss: -80 dBFS, a quiet sound card."""

HELD_ROOMS = ("sb-rir3_1", "webaudio-omni-35-10_1")
"""The rooms that the recipe does not train with (`HELD_ROOMS` of models/recipe/features.py)."""

MUSIC = "music:"

END_DB = 25.0
"""A word ends with the last 10 ms less than this below its loudest."""


@dataclass(frozen=True)
class Spoiler:
    """Makes the stream that a recogniser gets of a recording."""

    noises: Sequence[Path]
    rooms: Sequence[Path]
    voices: Sequence[Path] = ()
    """Of people who talk in the background."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions that can be made of what there is."""
        noisy = tuple(NOISY) if self.noises else ()
        return (CLEAN, *noisy, *((ROOM,) if self.rooms else ()))

    @property
    def lines(self) -> tuple[str, ...]:
        """The further conditions of command words that can be made of what there is."""
        return LINES if self.voices else tuple(CHANNELS)

    @cached_property
    def _noises(self) -> list[Floats]:
        return [_load(path) for path in self.noises]

    @cached_property
    def _rooms(self) -> list[Floats]:
        return [_load(path) for path in self.rooms]

    def stream(self, path: Path, key: str, condition: str) -> Samples:
        """Return the recording in `condition`; the same `key` gets the same noise and room."""
        chance = np.random.default_rng(crc32(f"{condition} {key}".encode()))
        clip = _load(path)
        sound = padded(clip, chance)
        if condition == ROOM:
            sound = in_room(sound, _pick(self._rooms, chance))
        elif condition in CHANNELS:
            sound = CHANNELS[condition](sound, loud(clip), chance)
        elif condition in LEVELS_DB:
            sound = self._with_others(sound, path, condition, loud(clip), chance)
        elif condition.startswith(LISTENING):
            sound = elsewhere(sound, self._noises, self._rooms, chance)
        elif condition != CLEAN:
            level = loud(clip) * 10 ** (-NOISY[condition] / 20)
            sound = sound + with_level(_pick(self._noises, chance), len(sound), level, chance)
        scaled = np.rint(sound * FULL_SCALE)
        return np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)

    def _with_others(
        self, sound: Floats, path: Path, condition: str, level: float, chance: np.random.Generator
    ) -> Floats:
        others = [voice for voice in self.voices if voice != path]
        voice = _load(others[int(chance.integers(len(others)))])
        room = _pick(self._rooms, chance) if self._rooms else None
        return with_others(sound, voice, room, condition, level, chance)


def word_end(path: Path) -> float:
    """Return when the word in a recording ends, in seconds of its stream."""
    level = np.sqrt(np.mean(np.square(blocks(_load(path), 160)), axis=1))
    last = np.max(np.nonzero(level >= level.max() * 10 ** (-END_DB / 20)))
    return float(last + 1) / 100 + BEFORE / RATE


def padded(clip: Floats, chance: np.random.Generator) -> Floats:
    """Return the clip between hiss."""
    before, after = (chance.normal(0, HISS, n).astype(np.float32) for n in (BEFORE, AFTERWARDS))
    return np.concatenate([before, clip, after])


def _pick(sounds: list[Floats], chance: np.random.Generator) -> Floats:
    return sounds[int(chance.integers(len(sounds)))]


def _load(path: Path) -> Floats:
    """Read a recording, or a stretch of one; a piece of synthetic music is named by its seed."""
    if path.name.startswith(MUSIC):
        return piece(int(path.name.removeprefix(MUSIC)))
    if STRETCH in path.name:
        return stretch(path)
    return read_sound(path).astype(np.float32) / np.float32(FULL_SCALE)
