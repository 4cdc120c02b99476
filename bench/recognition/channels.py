"""Conditions of the microphone and its line: level, telephone, an offset with hum, music."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.recognition.acoustics import Floats, band
from models.recipe.music import chords
from voicecoach.units import RATE

BAND_HZ = (300.0, 3400.0)
"""The band of a telephone (ITU-T G.712)."""
OFFSET, HUM_HZ = 0.1, 50.0
"""Share of full scale of the offset; the hum and its multiples stand 10 dB below the speech."""
HUM_DB = 10.0
SOFT_DB = 12.0
LEVELS_DBFS = (-40, -30, -20, -10)
"""Levels of the louder half of the speech."""
MUSIC_DB = 10.0
SPAN_S = 15.0
"""Seconds of one piece of synthetic music."""


def telephone(sound: Floats) -> Floats:
    """Return what a telephone passes."""
    return band(sound, BAND_HZ)


def with_hum(sound: Floats, level: float) -> Floats:
    """Return the sound with a constant offset and hum; `level` is the speech's."""
    time = 2 * np.pi * HUM_HZ * np.arange(len(sound)) / RATE
    hum = sum(np.sin(n * time + n) / n for n in (1, 2, 3, 5))
    gain = level * 10 ** (-HUM_DB / 20) / np.sqrt(np.mean(np.square(hum)))
    added: Floats = (sound + OFFSET + gain * hum).astype(np.float32)
    return added


def with_music(sound: Floats, level: float, chance: np.random.Generator) -> Floats:
    """Return the sound over synthetic chords, `MUSIC_DB` below it."""
    music = chords(len(sound), chance)
    gain = level * 10 ** (-MUSIC_DB / 20) / (np.sqrt(np.mean(np.square(music))) + 1e-9)
    added: Floats = sound + np.float32(gain) * music
    return added


def piece(seed: int) -> Floats:
    """Return a piece of synthetic music, `SPAN_S` long; seeds that training does not use."""
    return chords(round(SPAN_S * RATE), np.random.default_rng([2026, seed]))


Channel = Callable[[Floats, float, np.random.Generator], Floats]


def at_level(dbfs: float) -> Channel:
    """Return what brings the louder half of the speech to a level; loud peaks are clipped."""
    return lambda sound, level, _chance: sound * np.float32(10 ** (dbfs / 20) / level)


CHANNELS: dict[str, Channel] = {
    "12 dB softer": lambda sound, _level, _chance: sound * np.float32(10 ** (-SOFT_DB / 20)),
    **{f"{dbfs} dBFS": at_level(dbfs) for dbfs in LEVELS_DBFS},
    "0 dBFS": lambda sound, _level, _chance: sound / np.float32(np.abs(sound).max() + 1e-9),
    "telephone": lambda sound, _level, _chance: telephone(sound),
    "offset, hum": lambda sound, level, _chance: with_hum(sound, level),
    "music 10 dB": with_music,
}
"""Name -> what makes it of a padded recording and the level of its speech. "0 dBFS": its peak."""
