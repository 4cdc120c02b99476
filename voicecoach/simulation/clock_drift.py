"""Two sound cards with two clocks: a delay that grows or shrinks."""

from __future__ import annotations

from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.simulation.acoustics import Floats
from voicecoach.units import BLOCK

_HALF: Final = 16
"""Half the taps of the interpolation: with 32, a tone of 6 kHz is right to -60 dB."""

_TAPS: Final = np.arange(1 - _HALF, _HALF + 1)


class Drift:
    """Delays by `delay` frames at first, and by `ppm` frames more per million frames.

    A positive `ppm` is a microphone whose clock is faster than the loudspeaker's: the echo comes
    later and later. A negative one shortens the delay, to `_HALF` frames at least, since nothing
    is heard before it is played. Band-limited interpolation, sample by sample, by a Hann
    windowed sinc.
    """

    def __init__(self, delay: int, ppm: float) -> None:
        self._delay, self._rate = float(delay), ppm * 1e-6
        self._now = 0
        self._kept: Floats = np.zeros(delay + 2 * _HALF, np.float32)
        self._first = -len(self._kept)  # frame of the first sample kept

    def block(self, played: Samples) -> Floats:
        """Take `BLOCK` frames and return as many delayed ones."""
        self._kept = np.concatenate([self._kept, played.astype(np.float32)])
        now = self._now + np.arange(BLOCK)
        at = now - np.maximum(self._delay + self._rate * now, _HALF)
        whole = np.floor(at).astype(np.int64)
        offset = _TAPS[None, :] - (at - whole)[:, None]
        kernel = np.sinc(offset) * np.cos(np.pi / 2 * offset / _HALF) ** 2
        kernel[np.abs(offset) >= _HALF] = 0.0
        near = self._kept[whole[:, None] + _TAPS - self._first]
        out: Floats = np.sum(near * kernel, axis=1).astype(np.float32)
        self._now += BLOCK
        self._forget(int(whole[0]) - 2 * _HALF)
        return out

    def _forget(self, before: int) -> None:
        count = max(0, before - self._first)
        self._kept, self._first = self._kept[count:], self._first + count
