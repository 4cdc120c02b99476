"""How fast the delay of the echo changes when two sound cards have two clocks.

The slope of the delays of the last half minute, by the Theil-Sen estimator (Theil 1950, Sen 1968):
the median of the slopes between all pairs, so a single wrong delay has no effect.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

MEMORY: Final = 30
"""Delays kept; about one comes in a second while the coach speaks."""
LEAST: Final = 5
"""Delays needed for a slope: with 0.1 frames of error each they give it to about 2 ppm."""
NOTICED: Final = 3e-6
"""Least slope: under 3 ppm it is one clock, and the error of the delays."""
MOST: Final = 300e-6
"""Two quartz clocks differ by up to 100 ppm, some cheap ones by 200; more is no clock skew."""
JUMP: Final = 8.0
"""Change of the delay, in frames, that clocks do not explain: half a millisecond, as much as
200 ppm make in 2.5 s."""


class SkewEstimator:
    """Estimates the skew from delays and the frames they were measured at, from any origin."""

    def __init__(self) -> None:
        self._seen: deque[tuple[int, float]] = deque(maxlen=MEMORY)
        self._slope = 0.0

    def slope(self, frame: int, delay: float) -> float:
        """Take a delay, and return the slope of the delay in frames per frame; 0.0 for none.

        After a jump the last slope stays until there are enough delays: the clocks are the same.
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
