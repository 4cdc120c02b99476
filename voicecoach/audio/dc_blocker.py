"""Takes the constant offset out of a microphone's samples: it is no sound, and cheap cards add one.

Beside an offset nothing stands out: the gate takes it for noise, and the echo watch for an echo.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import FULL_SCALE

MEMORY: Final = 200
"""Blocks over which the offset is averaged: two seconds, in which the means of the blocks of a hum
or of speech come to nothing."""
DOUBT: Final = 10
"""Blocks of no offset that are assumed before the first: a plosive at once is none."""


class DcBlocker:
    """Takes the blocks of one microphone, one after the other."""

    def __init__(self) -> None:
        self._mean = 0.0
        self._taken = DOUBT

    @property
    def offset(self) -> int:
        """The offset of the last block, in steps of 16 bits."""
        return round(self._mean)

    def take(self, block: Samples) -> Samples:
        """Return int16 samples of any length without the offset; digital silence stays what it
        is.
        """
        if not block.any():
            return block
        self._taken = min(MEMORY, self._taken + 1)
        self._mean += (float(block.mean()) - self._mean) / self._taken
        if not self.offset:
            return block
        steady = block.astype(np.int32) - self.offset
        return np.clip(steady, -FULL_SCALE, FULL_SCALE - 1).astype(np.int16)
