"""How late the echo arrives: the delay from a sample played to its echo in the microphone.

An echo canceller reaches 256 ms, and much of that is wanted for the room: a sound card that buffers
100 ms each way leaves too little (27 dB of echo reduction at 60 ms of delay, 17 dB at 180, 7 dB at
240). So the reference is held back by the delay that is found.

Method: generalised cross-correlation with phase transform (Knapp and Carter, 1976).
"""

from __future__ import annotations

from collections import deque

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE

WINDOW = 2 * RATE
"""Frames compared at a time."""
LONGEST = 500 * FRAMES_PER_MS
"""Latest echo that is looked for, in frames."""
SHORT = 80 * FRAMES_PER_MS
"""An echo this early needs no alignment: the canceller has 170 ms left for the room."""
AHEAD = 20 * FRAMES_PER_MS
"""How much of the delay is left to the canceller, so that an estimate may err."""
LEAST = 5 * FRAMES_PER_MS
"""Least delay to leave to it: an echo before its reference cannot be cancelled."""
AGREE = 5 * FRAMES_PER_MS
"""Two windows in a row must agree this closely."""
CLEAR = 12.0
"""How far the peak must stand over the correlation's standard deviation: without an echo the
highest of 8000 values is about 4."""
ACTIVE = 0.3
"""Share of a window in which the coach must speak."""
LOUD = 300
"""Peak amplitude of a block in which the coach speaks."""


class DelayFinder:
    """Takes what was played and what the microphone got, block by block."""

    def __init__(self) -> None:
        self._played: deque[Samples] = deque(maxlen=WINDOW // BLOCK)
        self._mic: deque[Samples] = deque(maxlen=WINDOW // BLOCK)
        self._before: int | None = None
        self._count = 0

    def find(self, mic: Samples, played: Samples) -> int | None:
        """Return the delay in frames once two windows agree on one, else None."""
        self._played.append(played)
        self._mic.append(mic)
        self._count += 1
        if self._count < WINDOW // BLOCK or not self._speaking():
            return None
        self._count = WINDOW // BLOCK // 2  # windows overlap by half
        before, self._before = self._before, self._estimate()
        if before is None or self._before is None or abs(before - self._before) > AGREE:
            return None
        return self._before

    def _speaking(self) -> bool:
        loud = sum(int(np.abs(block).max()) > LOUD for block in self._played)
        return loud > ACTIVE * len(self._played)

    def _estimate(self) -> int | None:
        size = 2 * WINDOW
        played = np.fft.rfft(np.concatenate(self._played), size)
        cross = np.fft.rfft(np.concatenate(self._mic), size) * np.conj(played)
        correlation = np.fft.irfft(cross / (np.abs(cross) + 1e-9), size)
        peak = int(np.argmax(correlation[:LONGEST]))
        return peak if correlation[peak] > CLEAR * float(np.std(correlation)) else None


class Delayed:
    """Holds blocks back by a number of frames; starts with silence."""

    def __init__(self, frames: int = 0) -> None:
        self._rest = np.zeros(frames, np.int16)

    def block(self, played: Samples) -> Samples:
        """Return as many frames as `played` has, from earlier."""
        joined = np.concatenate([self._rest, played])
        self._rest = joined[len(played) :]
        return joined[: len(played)]


def held_back(delay: int, now: int = 0) -> int:
    """Return by how many frames to hold the reference back for an echo `delay` frames late.

    `now` is by how many it is held back already, which stays if the rest suits the canceller.
    """
    if now + LEAST <= delay <= now + SHORT or (now == 0 and delay <= SHORT):
        return now
    return max(0, delay - AHEAD)
