"""Where a stream holds something that could be heard: the rest is not decoded.

It must not miss a soft "stop", so it asks for little: a few dB above the lowest level of late. What
it lets pass in vain only costs processor time.
"""

from __future__ import annotations

from collections import deque
from math import log10
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples

WINDOW: Final = 3
"""Blocks over which a level is taken: 30 ms, in which white noise varies by 0.3 dB."""
MARGIN_DB: Final = 3.5
"""By how much a sound exceeds the floor. Speech as loud as the noise around it does by 3 dB on
average, and by 6 in its vowels."""
RISE_DB: Final = 0.02
"""Rise of the floor per block: 2 dB a second. It falls at once."""
FIRST_RISE_DB: Final = 0.2
"""The same until the first sound that does not exceed it: a stream may begin within a word."""
LEAST_DB: Final = -78.0
"""Lowest floor in dBFS: under the noise of any microphone that gives more than single steps."""
HANG: Final = 80
"""Blocks for which it stays active: 800 ms, longer than the silence that ends an utterance
(420 ms), the longest delay of the decoder, and the gap inside a slow "it ... hurts"."""
DOWN_DB: Final = 25.0
"""How far a sound is below the loudest of late to be none of a word: breath, reverberation, the
noise of a room. With 20 the reverberation is heard as a word more often (docs/hearing.md)."""
FALL_DB: Final = 0.1
"""Fall per block of what counts as the loudest of late: 10 dB a second."""
UNDER_DB: Final = 6.0
"""A block without any sound is filled with noise so far below the floor: of digital silence the
recogniser takes the edges for plosives."""


class Activity:
    """Takes blocks of up to ``(BLOCK,)`` int16 samples, one after the other.

    A block of zeros holds nothing: the gate has masked it, or the microphone gives none.
    """

    def __init__(self) -> None:
        self._levels: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        self._low = self._high = LEAST_DB
        self._rise = FIRST_RISE_DB
        self._loud = self._sharp = LEAST_DB
        self._left = 0
        self.still = 0
        """Blocks since the last that may belong to a word."""
        self._noise = np.random.default_rng(2)

    @property
    def active(self) -> bool:
        """Whether something may have been said in the last block, or not long before."""
        return self._left > 0

    def take(self, block: Samples) -> Samples:
        """Take a block; return it, or faint noise in place of nothing."""
        self._left = max(0, self._left - 1)
        self.still += 1
        if not block.any():
            return self._filled(len(block))
        level, edge = self._level(block)
        if max(level - self._low, edge - self._high) > MARGIN_DB:
            self._left = HANG
            if max(level - self._loud, edge - self._sharp) > -DOWN_DB:
                self.still = 0
        else:
            self._rise = RISE_DB
        self._loud, self._sharp = max(self._loud - FALL_DB, level), max(self._sharp - FALL_DB, edge)
        self._low, self._high = self._floor(self._low, level), self._floor(self._high, edge)
        return block

    def _floor(self, floor: float, level: float) -> float:
        return max(LEAST_DB, min(level, floor + self._rise))

    def _level(self, block: Samples) -> tuple[float, float]:
        """Return two levels in dBFS over `WINDOW` blocks: of all, and of what changes quickly, in
        which a hum has no part.
        """
        sound = block.astype(np.float32)
        sound -= sound.mean()
        self._levels.append((_power(sound), _power(sound[1:] - sound[:-1])))
        whole, edges = zip(*self._levels, strict=True)
        return _dbfs(sum(whole) / len(whole)), _dbfs(sum(edges) / len(edges))

    def _filled(self, frames: int) -> Samples:
        loud = 32768 * 10 ** ((self._low - UNDER_DB) / 20)
        return np.rint(self._noise.standard_normal(frames) * loud).astype(np.int16)


def _power(sound: NDArray[np.float32]) -> float:
    return float(np.dot(sound, sound)) / max(1, len(sound))


def _dbfs(power: float) -> float:
    return 10 * log10(power / 32768**2 + 1e-12)
