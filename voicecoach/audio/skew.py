"""How fast the echo's delay changes: two sound cards have two clocks.

The slope of the delays found over the last half minute, as the median of the slopes between all
pairs of them (Theil 1950, Sen 1968): a single wrong one does not count.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

MEMORY: Final = 30
"""Delays remembered: one comes about every second while the coach speaks."""
LEAST: Final = 5
"""Delays needed for a slope: with 0.1 frames of error each they give it to about 2 ppm."""
NOTICED: Final = 3e-6
"""A slope under 3 ppm is none: one clock, and the errors of the delays."""
MOST: Final = 300e-6
"""Two quartz clocks differ by up to 100 ppm, some cheap ones by 200; more is a changing delay."""
JUMP: Final = 8.0
"""Frames by which a delay departs from the last one when something other than the clocks changed:
half a millisecond, at 200 ppm 2.5 s."""


class SkewEstimator:
    """Takes delays with their frames; both count from anywhere."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, float]] = deque(maxlen=MEMORY)
        self._slope = 0.0

    def slope(self, frame: int, delay: float) -> float:
        """Remember a delay, and return the change of the delay in frames a frame; 0.0 for none.

        After a jump the last one holds until there are delays enough: the clocks are the same.
        """
        if self._seen and abs(delay - self._seen[-1][1]) > JUMP:
            self._seen.clear()
        self._seen.append((frame, delay))
        if len(self._seen) >= LEAST:
            frames, delays = np.array(self._seen).T
            one, two = np.triu_indices(len(frames), 1)
            slope = float(np.median((delays[two] - delays[one]) / (frames[two] - frames[one])))
            self._slope = slope if NOTICED <= abs(slope) <= MOST else 0.0
        return self._slope
