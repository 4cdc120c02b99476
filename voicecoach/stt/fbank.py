"""Log mel energies as Kaldi computes them from a model's ``conf/fbank.conf``, in numpy.

The verifier looks at a stretch of sound again with the recogniser's own network, so it needs the
recogniser's own features: frames of 25 ms every 10 ms, no dither, the mean removed, pre-emphasis
0.97, Povey's window, 40 mel bands (kaldi: feat/feature-fbank.cc, feat/mel-computations.cc).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.units import RATE

Floats = NDArray[np.float32]

FRAME = RATE // 40
HOP = RATE // 100
FFT = 512
PREEMPHASIS = 0.97
MELS = 40
LOW_HZ, HIGH_HZ = 40.0, 7600.0
TINY = float(np.finfo(np.float32).eps)


def fbank(samples: Samples) -> Floats:
    """Return log mel energies of int16 `samples`, shape ``(frames, MELS)``, a row every 10 ms.

    Incomplete frames are left out (Kaldi's ``snip-edges``).
    """
    count = 1 + (len(samples) - FRAME) // HOP if len(samples) >= FRAME else 0
    rows = np.arange(FRAME) + HOP * np.arange(count)[:, None]
    frames = samples[rows].astype(np.float32)
    frames -= frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.fft.rfft((frames - PREEMPHASIS * before) * _window(), FFT)
    power = (spectrum.real**2 + spectrum.imag**2)[:, : FFT // 2].astype(np.float32)
    energies: Floats = np.log(np.maximum(power @ _bands(), TINY)).astype(np.float32)
    return energies


@cache
def _window() -> Floats:
    turn = 2 * np.pi * np.arange(FRAME) / (FRAME - 1)
    window: Floats = ((0.5 - 0.5 * np.cos(turn)) ** 0.85).astype(np.float32)
    return window


def _mel(hz: NDArray[np.float64]) -> NDArray[np.float64]:
    return 1127.0 * np.log1p(hz / 700.0)


@cache
def _bands() -> Floats:
    """Triangles, evenly spaced in mel; shape ``(FFT / 2, MELS)``."""
    low, high = _mel(np.array([LOW_HZ, HIGH_HZ]))
    edges = np.linspace(low, high, MELS + 2)
    left, middle, right = edges[:-2], edges[1:-1], edges[2:]
    mel = _mel(np.arange(FFT // 2) * RATE / FFT)[:, None]
    rise, fall = (mel - left) / (middle - left), (right - mel) / (right - middle)
    bands: Floats = np.clip(np.minimum(rise, fall), 0, None).astype(np.float32)
    return bands
