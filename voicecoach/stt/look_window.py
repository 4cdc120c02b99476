"""What every verifier looks at: the last second and a half, with the end of the word in it."""

from __future__ import annotations

from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.units import FRAMES_PER_MS, Frame

WINDOW: Final = 24240
"""Frames in a look: a second and a half, 150 windows of 25 ms every 10 ms."""

AFTER: Final = Frame(300 * FRAMES_PER_MS)
"""Frames after a word that a look includes: training looks end 0 to 500 ms after a word."""


def window_of(samples: Samples) -> Samples:
    """Return the last `WINDOW` of `samples`; silence stands in front of fewer."""
    window = np.zeros(WINDOW, np.int16)
    tail = samples[-WINDOW:]
    window[WINDOW - len(tail) :] = tail
    return window
