"""What sound is made of here: levels, bands, rooms. All sound is float32 in -1 to 1 at `RATE`."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.units import RATE

Floats = NDArray[np.float32]

BLOCKED_DB = 40.0
FAINT = 1e-6


def loud(clip: Floats) -> float:
    """Return the RMS of the louder half of 20 ms blocks: speech without its pauses."""
    levels = np.sort(np.sqrt(np.mean(np.square(blocks(clip, 320)), axis=1)))
    return float(np.mean(levels[len(levels) // 2 :])) + FAINT


def rms(sound: NDArray[Any]) -> float:
    """Return the root mean square, never 0."""
    return float(np.sqrt(np.mean(np.square(sound)))) + FAINT


def blocks(clip: Floats, size: int) -> Floats:
    """Return the whole blocks of `size` frames, one a row; one padded with zeros at least."""
    clip = np.pad(clip, (0, max(0, size - len(clip))))
    return clip[: len(clip) // size * size].reshape(-1, size)


def with_level(sound: Floats, count: int, level: float, chance: np.random.Generator) -> Floats:
    """Return a stretch of `sound` from a chance place, `count` frames long, of RMS `level`."""
    stretch = np.resize(np.roll(sound, -int(chance.integers(len(sound)))), count)
    return stretch * np.float32(level / rms(stretch))


def in_room(sound: Floats, room: Floats) -> Floats:
    """Return the sound in a room, as loud as before, its direct part where it was."""
    size = len(sound) + len(room) - 1
    whole = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)
    peak = int(np.argmax(np.abs(room)))
    wet: Floats = whole[peak : peak + len(sound)].astype(np.float32)
    return wet * np.float32(rms(sound) / rms(wet))


def band(sound: Floats, hertz: tuple[float, float]) -> Floats:
    """Return the sound with all outside of a band `BLOCKED_DB` lower."""
    spectrum = np.fft.rfft(sound)
    at = np.linspace(0, RATE / 2, len(spectrum))
    spectrum[(at < hertz[0]) | (at > hertz[1])] *= 10 ** (-BLOCKED_DB / 20)
    passed: Floats = np.fft.irfft(spectrum, len(sound)).astype(np.float32)
    return passed
