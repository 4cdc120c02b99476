"""Resampling between the coach's rate and a card's, block by block, with a constant delay.

Ten milliseconds are a whole number of frames at every rate used here, so the same small table of
filter taps serves every block: one gather, one multiply-and-add, no allocation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.units import Frame

BLOCKS_A_SECOND = 100
HALF_WIDTH = 16
"""Zero crossings of the windowed sinc on each side: pass band to 7 kHz, stop band below -70 dB."""
BETA = 8.0
"""Kaiser window's shape; 8 gives side lobes of about -80 dB (Oppenheim and Schafer, 7.5.3)."""
CUTOFF = 0.94
"""Cutoff as a share of the lower Nyquist frequency."""


class Converter:
    """Turns blocks of 10 ms at `rate_in` into blocks of 10 ms at `rate_out` (Hz, int16).

    Equal rates pass the samples through unchanged. Raises ValueError when 10 ms are no whole
    number of frames.
    """

    def __init__(self, rate_in: int, rate_out: int) -> None:
        if rate_in % BLOCKS_A_SECOND or rate_out % BLOCKS_A_SECOND:
            raise ValueError(f"10 ms are no whole number of frames at {rate_in} or {rate_out} Hz")
        self.frames_in, self.frames_out = rate_in // BLOCKS_A_SECOND, rate_out // BLOCKS_A_SECOND
        self._equal = rate_in == rate_out
        self._quiet = 0
        """Frames of silence taken since the last sound."""
        if not self._equal:
            self._prepare(rate_in, rate_out)

    @property
    def delay(self) -> Frame:
        """Delay in frames at `rate_in`."""
        return Frame(0 if self._equal else self._half)

    def convert(self, block: Samples) -> Samples:
        """Return the next block; the next call overwrites it."""
        if self._equal:
            return block
        self._quiet = 0 if block.any() else self._quiet + self.frames_in
        if self._quiet > len(self._line):  # all that the filter reaches is silent
            self._out.fill(0)
            return self._out
        self._line[: -self.frames_in] = self._line[self.frames_in :]
        self._line[-self.frames_in :] = block
        np.take(self._line, self._index, out=self._gathered, mode="clip")
        np.einsum("ij,ij->i", self._gathered, self._taps, out=self._sum)
        np.rint(self._sum, out=self._sum)
        np.clip(self._sum, -32768, 32767, out=self._sum)
        self._out[:] = self._sum
        return self._out

    def _prepare(self, rate_in: int, rate_out: int) -> None:
        scale = min(1.0, rate_out / rate_in) * CUTOFF
        self._half = int(np.ceil(HALF_WIDTH / scale))
        at = np.arange(self.frames_out) * (rate_in / rate_out)
        offsets = np.arange(-self._half + 1, self._half + 1)
        nearest = np.floor(at).astype(np.intp)
        self._index = nearest[:, None] + offsets + self._half - 1
        self._taps = _taps(at[:, None] - nearest[:, None] - offsets, scale, self._half)
        self._line = np.zeros(self.frames_in + 2 * self._half - 1, np.float32)
        self._gathered = np.empty(self._index.shape, np.float32)
        self._sum = np.empty(self.frames_out, np.float32)
        self._out = np.empty(self.frames_out, np.int16)


def _taps(distance: NDArray[np.float64], scale: float, half: int) -> NDArray[np.float32]:
    edge = np.clip(1 - (distance / half) ** 2, 0, None)
    taps = np.sinc(distance * scale) * np.i0(BETA * np.sqrt(edge))
    taps[np.abs(distance) > half] = 0
    normed: NDArray[np.float32] = (taps / taps.sum(axis=1, keepdims=True)).astype(np.float32)
    return normed
