"""Whisper's features: logarithmic energies in 80 mel bands, every 10 ms (Radford and others, 2022).

The same figures as Whisper's own: a Hann window of 25 ms around each hop, Slaney's mel scale with
bands of equal area, and the logarithm scaled to the loudest band of the stretch.
"""

from __future__ import annotations

from functools import cache
from math import log

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.stt.fbank import Floats
from voicecoach.units import RATE

MELS = 80
SIZE = 400
"""Samples in a window: 25 ms."""
HOP = 160
"""Samples from one window to the next: 10 ms."""

FULL_SCALE = 32768.0
RANGE = 8.0
"""Decades below the loudest band that are kept: 80 dB."""

LINEAR_HZ, LINEAR_MELS = 1000.0, 15.0
"""Slaney's scale is linear up to here: 15 mels at 1 kHz, then logarithmic."""
OCTAVE = log(6.4) / 27.0
"""The logarithm of the ratio of one mel to the next above it."""


def log_mel(samples: Samples) -> Floats:
    """Return ``(80, frames)`` in about -1 to 1 of int16 `samples`, a frame for each whole hop."""
    sound = np.pad(samples.astype(np.float32) / FULL_SCALE, SIZE // 2, mode="reflect")
    frames = np.lib.stride_tricks.sliding_window_view(sound, SIZE)[::HOP][: len(samples) // HOP]
    power = np.abs(np.fft.rfft(frames * _window(), axis=1)) ** 2
    energies = np.log10(np.maximum(power @ _filters().T, 1e-10))
    kept = np.maximum(energies, energies.max() - RANGE)
    scaled: Floats = ((kept + 4.0) / 4.0).T.astype(np.float32)
    return np.ascontiguousarray(scaled)


@cache
def _window() -> Floats:
    hann: Floats = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SIZE) / SIZE)).astype(np.float32)
    return hann


@cache
def _filters() -> Floats:
    """Return the weights of the bands, ``(80, 201)``."""
    edges = _hertz(np.linspace(0, _mel(RATE / 2), MELS + 2, dtype=np.float32))
    bins = np.linspace(0, RATE / 2, SIZE // 2 + 1)
    slopes = edges[:, None] - bins
    widths = np.diff(edges)[:, None]
    weights = np.maximum(0, np.minimum(-slopes[:-2] / widths[:-1], slopes[2:] / widths[1:]))
    area: Floats = (weights * 2 / (edges[2:] - edges[:-2])[:, None]).astype(np.float32)
    return area


def _mel(hertz: float) -> float:
    return LINEAR_MELS + log(hertz / LINEAR_HZ) / OCTAVE


def _hertz(mels: Floats) -> Floats:
    linear = mels * LINEAR_HZ / LINEAR_MELS
    hertz: Floats = np.where(
        mels < LINEAR_MELS, linear, LINEAR_HZ * np.exp(OCTAVE * (mels - LINEAR_MELS))
    )
    return hertz
