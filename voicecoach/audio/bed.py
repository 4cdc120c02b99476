"""The soft bed: a sound of slow waves under a session, which gives way to every word.

It is noise that swells and fades, six times a minute as in calm breathing, and no tone: recognisers
find words in tones. It is quiet enough for the gate behind the canceller to tell a user from it
(docs/voices.md has what was measured).
"""

from __future__ import annotations

from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples, as_samples
from voicecoach.audio.noise import Band, at_level, noise
from voicecoach.units import RATE

WAVE_S: Final = 10
"""Seconds of a wave: six a minute, the pace of calm breathing."""
WAVES: Final = 3
"""Waves in the loop: none sounds like the one before."""
DBFS: Final = -46.0
"""Root mean square, 25 dB under the coach's speech and 12 under the sign of life."""
BAND: Final = Band(120.0, 2500.0, slope=0.9)
LEAST: Final = 0.25
"""Share of a wave's amplitude that is left between two waves."""

DUCKED: Final = 10 ** (-14.0 / 20)
"""Gain while the coach speaks."""
AHEAD: Final = RATE // 5
"""Frames before a word from which the bed gives way."""
DUCK_S, RISE_S = 0.2, 2.0
"""Seconds in which it gives way wholly, and comes back."""


@cache
def waves() -> Samples:
    """Return the loop: int16 of shape ``(n,)``, without a seam, the same samples each time."""
    count = WAVES * WAVE_S * RATE
    swell = np.sin(np.pi * np.arange(count) / (WAVE_S * RATE)) ** 2
    sound = noise(count, BAND, seed=7) * (LEAST + (1 - LEAST) * swell)
    return as_samples(at_level(sound, DBFS))


class Bed:
    """Plays the loop at a gain that follows what is wanted, and what the coach says.

    `on` may be set from any thread. A hush silences it until the coach speaks again.
    """

    def __init__(self, loop: Samples) -> None:
        self._loop, self._at, self._gain = loop, 0, 0.0
        self._hushed = False
        self.on = False

    @property
    def silent(self) -> bool:
        """Whether it adds nothing, and is not about to."""
        return not self.on and self._gain <= 0.0

    def hush(self) -> None:
        """Be silent from the next block on, and until the coach speaks again."""
        self._hushed = True

    def add_to(self, block: NDArray[np.float32], talking: bool) -> None:
        """Add the next samples to `block`; `talking`: the coach speaks, or will in a moment."""
        self._hushed = self._hushed and not talking
        before, self._gain = self._gain, self._next_gain(talking, len(block))
        if before <= 0.0 and self._gain <= 0.0:
            return
        gains = np.linspace(before, self._gain, len(block), dtype=np.float32)
        places = np.arange(self._at, self._at + len(block)) % len(self._loop)
        self._at = (self._at + len(block)) % len(self._loop)
        block += gains * self._loop[places]

    def _next_gain(self, talking: bool, frames: int) -> float:
        if self._hushed:
            return 0.0
        wanted = (DUCKED if talking else 1.0) if self.on else 0.0
        change = wanted - self._gain
        step = frames / RATE / (RISE_S if change > 0 or not self.on else DUCK_S)
        return self._gain + max(-step, min(step, change))
