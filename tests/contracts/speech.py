"""Sound like speech, made of numbers alone: the same on every machine, no voice needed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.units import RATE

FORMANTS = ((700, 1200, 2500), (300, 2300, 3000), (500, 900, 2400), (400, 2000, 2600))
"""Hz; four vowels, roughly."""


def speech_like(seconds: float, seed: int, pitch: float = 120.0, pause: float = 0.25) -> Samples:
    """Return syllables of 200 ms, voiced and hissed, and pauses; about -22 dBFS while it speaks."""
    random = np.random.RandomState(seed)
    out = np.zeros(int(seconds * RATE))
    syllable = RATE // 5
    for start in range(0, len(out) - syllable + 1, syllable):
        if random.rand() >= pause:
            out[start : start + syllable] = _syllable(random, syllable, pitch)
    return (out * 3600).astype(np.int16)


def _syllable(random: np.random.RandomState, frames: int, pitch: float) -> NDArray[np.float64]:
    time = np.arange(frames) / RATE
    formants = FORMANTS[random.randint(len(FORMANTS))]
    voice = np.zeros(frames)
    for number in range(1, int(4000 / pitch)):
        hertz = number * pitch * (1 + 0.05 * random.randn() / number)
        weight = sum(1 / (1 + ((hertz - f) / 150) ** 2) for f in formants) / np.sqrt(number)
        voice += weight * np.sin(2 * np.pi * hertz * time + random.rand() * 6.3)
    sound = voice / np.sqrt(np.mean(voice**2)) + 0.1 * random.standard_normal(frames)
    shaped: NDArray[np.float64] = sound * np.sin(np.pi * np.arange(frames) / frames) ** 0.5
    return shaped
