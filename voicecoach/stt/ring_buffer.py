"""The last seconds of a stream, to be decoded or looked at again."""

from __future__ import annotations

from collections import deque
from math import inf

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import NOTHING, Samples
from voicecoach.units import FRAMES_PER_MS, RATE, Frame

LEVEL = RATE // 20
"""Frames over which a level is taken."""

SILENT_FROM, UNTIL = 700 * FRAMES_PER_MS, 150 * FRAMES_PER_MS
"""The stretch before a word with which its level is compared, in frames before its start."""


class RingBuffer:
    """The last `length` frames of a stream whose frames are counted from its beginning."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._blocks: deque[Samples] = deque()
        self._kept = 0
        self.fed = Frame(0)
        """Frames of the stream so far."""

    def add(self, block: Samples) -> None:
        """Take int16 samples of any length."""
        self._blocks.append(block)
        self.fed = Frame(self.fed + len(block))
        self._kept += len(block)
        while self._kept - len(self._blocks[0]) >= self._length:
            self._kept -= len(self._blocks.popleft())

    def since(self, begin: int) -> Samples:
        """Return the frames from `begin` on that are still kept."""
        return self.between(begin, self.fed)

    def between(self, begin: int, end: int) -> Samples:
        """Return the frames from `begin` to `end` that are still kept."""
        heard = np.concatenate(self._blocks) if self._blocks else NOTHING
        first = self.fed - len(heard)
        return heard[max(0, begin - first) : max(0, end - first)]

    def above(self, start: Frame, end: Frame) -> float:
        """Return the highest level of `start` to `end` in dB above the half second before it."""
        before = _levels(self.between(start - SILENT_FROM, start - UNTIL))
        word = _levels(self.between(start, end))
        return float(word.max() - np.median(before)) if len(before) and len(word) else inf


def _levels(samples: Samples) -> NDArray[np.float64]:
    """Return the level of every 50 ms, in dB above one step of 16 bits.

    A constant offset, which cheap microphones add, is no sound: beside it no word would stand out.
    """
    blocks = samples[: len(samples) // LEVEL * LEVEL].reshape(-1, LEVEL).astype(np.float64)
    levels: NDArray[np.float64] = 10 * np.log10(np.var(blocks, axis=1) + 1)
    return levels
