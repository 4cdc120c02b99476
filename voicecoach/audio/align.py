"""The delay of the echo, and a delay line that aligns the reference to it.

A sound card buffers some 100 ms each way, and two cards have two clocks, which drift apart. The
canceller can learn the delay by itself, but only slowly. With a reference delayed so that its echo
follows at once, 4 to 10 dB less residue is left in the first 8 s (echo 150 ms late, +6 dB). Without
alignment, a drift of 50 ppm takes most of the canceller's effect.

Method: generalised cross-correlation with phase transform (Knapp and Carter, 1976).
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples, as_samples
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE

WINDOW: Final = 2 * RATE // BLOCK
"""Blocks in a comparison: 2 s."""
OFTEN: Final = WINDOW // 2
"""Blocks from one comparison to the next."""
LONGEST: Final = 500 * FRAMES_PER_MS
"""Longest delay that is looked for, in frames."""
FIRST: Final = 40
"""Blocks with the coach's voice needed for the first comparison: 400 ms. From then on, once a
second, the delay was exact to 0.1 frames in five rooms of 144 to 615 ms."""
ACTIVE: Final = 0.3
"""Share of the window that needs the coach's voice for later comparisons."""
LOUD: Final = 300
"""Peak amplitude from which a played block counts as voice."""
CLEAR: Final = 12.0
"""Least height of the peak, in standard deviations of the correlation: without an echo the highest
of 8000 values is about 4; after 400 ms of voice it is 40 to 80, after 2 s over 70."""


class DelayEstimator:
    """Estimates the delay from played and microphone blocks; keeps the last 2 s of both."""

    def __init__(self) -> None:
        self.played: deque[Samples] = deque(maxlen=WINDOW)
        self.mic: deque[Samples] = deque(maxlen=WINDOW)
        self._loud: deque[bool] = deque(maxlen=WINDOW)
        self._wait = 0
        self._enough = float(FIRST)

    def find(self, mic: Samples, played: Samples) -> float | None:
        """Take a block of each; return the delay in frames after a clear comparison, else None."""
        self.played.append(played)
        self.mic.append(mic)
        self._loud.append(bool(np.abs(played).max() > LOUD))
        self._wait = max(0, self._wait - 1)
        if self._wait or sum(self._loud) < self._enough:
            return None
        self._wait, self._enough = OFTEN, ACTIVE * WINDOW
        return self._estimate()

    def _estimate(self) -> float | None:
        size = 2 * WINDOW * BLOCK
        played = np.fft.rfft(np.concatenate(self.played), size)
        cross = np.fft.rfft(np.concatenate(self.mic), size) * np.conj(played)
        curve = np.fft.irfft(cross / (np.abs(cross) + 1e-9), size)
        peak = int(np.argmax(curve[:LONGEST]))
        if curve[peak] <= CLEAR * float(np.std(curve)):
            return None
        left, middle, right = curve[peak - 1], curve[peak], curve[peak + 1]
        return peak + 0.5 * float((left - right) / (left - 2 * middle + right))


HALF: Final = 8
"""Half the taps of the fractional delay, a Hann-windowed sinc; the least delay with a fraction."""
_TAPS: Final = np.arange(-HALF, HALF)
_REACH: Final = RATE
"""Frames kept: more than `LONGEST` and its drift."""


class DelayLine:
    """Delays a signal by `frames`, which change by `rate` a frame; starts with silence."""

    def __init__(self, frames: float = 0.0, rate: float = 0.0) -> None:
        self.frames, self.rate = frames, rate
        self._past = np.zeros(_REACH, np.int16)

    def keep(self, played: Samples) -> None:
        """Take a block and lengthen the delay by it: the next output is the same as without."""
        self._past = np.concatenate([self._past[len(played) :], played])
        self.frames += len(played)

    def drift(self, frames: int) -> None:
        """Change the delay as it does in so many frames."""
        if self.rate:  # constant within a block: 50 ppm are 0.008 frames
            self.frames = float(np.clip(self.frames + self.rate * frames, HALF, LONGEST))

    def block(self, played: Samples) -> Samples:
        """Take a block and return the delayed one, int16. Exact for a delay of whole frames."""
        self._past = np.concatenate([self._past[len(played) :], played])
        self.drift(len(played))
        whole = int(self.frames)
        start, part = _REACH - len(played) - whole, self.frames - whole
        if not part:
            return self._past[start : start + len(played)].copy()
        at = _TAPS + part
        kernel = np.sinc(at) * np.cos(np.pi / 2 * at / HALF) ** 2
        near = self._past[start - HALF : start + len(played) + HALF - 1]
        return as_samples(np.rint(np.correlate(near, kernel, "valid")))
