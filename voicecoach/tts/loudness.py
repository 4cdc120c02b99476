"""Loudness and true peak of speech, after ITU-R BS.1770-5, for mono sound.

Of a clip shorter than the standard's block of 400 ms, such as a count, the whole is one block.
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
import soxr
from numpy.typing import NDArray

from voicecoach.units import RATE

Floats = NDArray[np.float64]

BLOCK, HOP = 400 * RATE // 1000, 100 * RATE // 1000
"""Frames of a block, and from one block to the next."""
OFFSET: Final = -0.691
"""Decibels: a sine of 997 Hz at full scale has -3.01 LUFS on one channel."""
SILENT: Final = -70.0
"""LUFS of a block below which it is no sound."""
GATE: Final = 10.0
"""Loudness units below the loudness of all sound at which a block is a pause."""

SHELF: Final = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
HIGH_PASS: Final = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The two filters of the K weighting at 48 kHz: numerator, denominator (BS.1770, tables 1, 2)."""

OVERSAMPLING: Final = 4
"""For the true peak: BS.1770 asks for 48 kHz at least 4 times; speech of 16 kHz has less above."""


def loudness(sound: Floats) -> float:
    """Return the integrated loudness in LUFS of `sound` at `units.RATE`, full scale 1.

    -inf if nothing is louder than -70 LUFS.
    """
    power = _power(_weighted(sound))
    loud = power[_level(power) > SILENT]
    if not len(loud):
        return -np.inf
    gate = _level(loud.mean()) - GATE
    return float(_level(loud[_level(loud) > gate].mean()))


def true_peak(sound: Floats) -> float:
    """Return the highest absolute value between the samples of `sound`, too."""
    between = soxr.resample(sound, RATE, OVERSAMPLING * RATE, quality="HQ")
    return float(max(np.abs(between).max(initial=0.0), np.abs(sound).max(initial=0.0)))


def _weighted(sound: Floats) -> Floats:
    size = 1 << (len(sound) + HOP).bit_length()  # room for the filters to ring
    weighted: Floats = np.fft.irfft(np.fft.rfft(sound, size) * _response(size), size)
    return weighted[: len(sound)]


@cache
def _response(size: int) -> NDArray[np.complex128]:
    """Return the K weighting of each frequency of a transform of `size` points."""
    delay = np.exp(-2j * np.pi * np.arange(size // 2 + 1) * RATE / size / 48_000)
    powers = np.stack([np.ones_like(delay), delay, delay**2])
    gain: NDArray[np.complex128] = np.ones_like(delay)
    for over, under in (SHELF, HIGH_PASS):
        gain *= np.array(over) @ powers / (np.array(under) @ powers)
    return gain


def _power(sound: Floats) -> Floats:
    """Return the mean square of each block."""
    if len(sound) <= BLOCK:
        return np.array([np.mean(sound**2)]) if len(sound) else np.zeros(0)
    sums = np.concatenate([[0.0], np.cumsum(sound**2)])
    power: Floats = np.maximum(0.0, (sums[BLOCK:] - sums[:-BLOCK])[::HOP] / BLOCK)
    return power


def _level(power: Floats | np.float64) -> Floats:
    level: Floats = OFFSET + 10 * np.log10(np.maximum(power, 1e-20))
    return level
