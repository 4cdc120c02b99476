"""How late the echo arrives, and a reference that is held back by as much.

A sound card buffers some 100 ms each way, and two cards have two clocks, which drift apart. The
canceller would learn the delay too, but more slowly: held back so that its echo follows at once,
the reference leaves 4 to 10 dB less residue in the first 8 s (echo 150 ms late, +6 dB); and 50 ppm
of drift would cost it most of its effect.

Method: generalised cross-correlation with phase transform (Knapp and Carter, 1976).
"""

from __future__ import annotations

from collections import deque
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE

WINDOW: Final = 2 * RATE // BLOCK
"""Blocks compared at a time."""
OFTEN: Final = WINDOW // 2
"""Blocks from one comparison to the next."""
LONGEST: Final = 500 * FRAMES_PER_MS
"""Latest echo that is looked for, in frames."""
FIRST: Final = 40
"""Blocks in which the coach must have spoken for the first comparison: 400 ms. Then, and each
second after, the delay was exact to 0.1 frames in five rooms of 144 to 615 ms."""
ACTIVE: Final = 0.3
"""Share of the window in which the coach must have spoken for the others."""
LOUD: Final = 300
"""Peak amplitude of a block in which the coach speaks."""
CLEAR: Final = 12.0
"""How far the peak must stand over the correlation's standard deviation: without an echo the
highest of 8000 values is about 4; after 400 ms of voice it is 40 to 80, after 2 s over 70."""


class DelayEstimator:
    """Takes what was played and what the microphone got, block by block, and keeps the last 2 s."""

    def __init__(self) -> None:
        self.played: deque[Samples] = deque(maxlen=WINDOW)
        self.mic: deque[Samples] = deque(maxlen=WINDOW)
        self._loud: deque[bool] = deque(maxlen=WINDOW)
        self._wait = 0
        self._enough = float(FIRST)

    def find(self, mic: Samples, played: Samples) -> float | None:
        """Return the delay in frames if it was looked for just now and is clear, else None."""
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
"""Half the taps with which a fraction of a frame is held back: a Hann windowed sinc. The least
delay between a reference and a fraction."""
_TAPS: Final = np.arange(-HALF, HALF)
_REACH: Final = RATE
"""Frames kept: more than `LONGEST` and what drifts by."""


class DelayLine:
    """Holds blocks back by `frames`, which grow by `rate` a frame; starts with silence."""

    def __init__(self, frames: float = 0.0, rate: float = 0.0) -> None:
        self.frames, self.rate = frames, rate
        self._past = np.zeros(_REACH, np.int16)

    def keep(self, played: Samples) -> None:
        """Take a block and hold it back by its length more: the next to come out is the same."""
        self._past = np.concatenate([self._past[len(played) :], played])
        self.frames += len(played)

    def block(self, played: Samples) -> Samples:
        """Return as many frames as `played` has, from earlier. Exact for whole frames."""
        self._past = np.concatenate([self._past[len(played) :], played])
        if self.rate:  # within a block the delay stands still: 50 ppm are 0.008 frames
            self.frames = float(np.clip(self.frames + self.rate * len(played), HALF, LONGEST))
        whole = int(self.frames)
        start, part = _REACH - len(played) - whole, self.frames - whole
        if not part:
            return self._past[start : start + len(played)].copy()
        at = _TAPS + part
        kernel = np.sinc(at) * np.cos(np.pi / 2 * at / HALF) ** 2
        near = self._past[start - HALF : start + len(played) + HALF - 1]
        return np.clip(np.rint(np.correlate(near, kernel, "valid")), -32768, 32767).astype(np.int16)
