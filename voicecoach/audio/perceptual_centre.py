"""Where the beat of a word is heard: its perceptual centre. Pure.

Words that begin at equal intervals sound uneven (Morton, Marcus and Frankish 1976): the beat of a
word is heard near the fastest rise of its envelope (Rathcke et al. 2024), which is at the start of
"in", and more than 100 ms after that of "three".
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.units import RATE, Frame, to_frames

LOWEST_HZ, HIGHEST_HZ = 300.0, 3000.0
"""Band of the vowels: below it a nasal and above it an "s" would count as much as the vowel."""
SMOOTH_HZ: Final = 10.0
"""Where the envelope's low pass has lost 3 dB, as in the literature."""
SHARE: Final = 0.7
"""The first rise that is at least this fast, of the fastest one, is the beat: "breathe" and not
"out", and of "one" the vowel and not the start of the "w"."""
LATEST: Final = to_frames(250)
"""The first syllable of any count has risen by then; later rises are those of other words."""

_SILENCE: Final = to_frames(150)
"""Frames of silence on both sides, longer than the smoothing."""
_SIGMA: Final = float(np.sqrt(np.log(2)) / (2 * np.pi * SMOOTH_HZ))


def perceptual_centre(samples: NDArray[np.int16]) -> Frame:
    """Return the frame of mono `samples` at which their beat is heard, from 0 to `LATEST`.

    It is the first fast rise of the envelope; 0 for silence.
    """
    rises = np.gradient(_envelope(samples[: 2 * LATEST]))[_SILENCE : _SILENCE + LATEST + 1]
    fastest = float(rises.max(initial=0.0))
    if fastest <= 0.0 or not len(samples):
        return Frame(0)
    inner = rises[1:-1]
    peak = (inner >= rises[:-2]) & (inner > rises[2:]) & (inner >= SHARE * fastest)
    found = np.flatnonzero(peak)
    return Frame(int(found[0]) + 1 if len(found) else int(np.argmax(rises)))


def _envelope(samples: NDArray[np.int16]) -> NDArray[np.float64]:
    """Return the smoothed amplitude in the vowels' band, with `_SILENCE` before and after it."""
    padded = np.pad(samples.astype(np.float64), _SILENCE)
    size = 1 << (len(padded) - 1).bit_length()
    hz = np.fft.rfftfreq(size, 1 / RATE)
    band = np.fft.rfft(padded, size) * ((hz >= LOWEST_HZ) & (hz <= HIGHEST_HZ))
    amplitude = np.abs(np.fft.irfft(band, size))
    smooth = np.exp(-2 * (np.pi * hz * _SIGMA) ** 2)
    return np.asarray(np.fft.irfft(np.fft.rfft(amplitude) * smooth, size))[: len(padded)]
