"""An echo canceller: an adaptive Kalman filter in the frequency domain, in partitions.

Linear (see `cancellers`). Echo left, in dB under the echo, without a user (first minute of a
routine, 2026-11-21), beside the filter of speexdsp that earlier versions used. This one is aligned
at any delay, that one from 80 ms on:

    echo, room             4 to 8 s          30 to 60 s
    +6 dB, rt60 350 ms     29   (speex 15)   35 (30)
    +6 dB, rt60 615 ms     18   (11)         30 (14)
    +12 dB, rt60 350 ms    25   (13)         35 (23)
    +12 dB, rt60 144 ms    23   (15)         31 (19)

These were measured while all parts were kept to their length in every block. With `_TURNS` the echo
is as low or up to 3 dB lower (four rooms, 40 s, 2026-11-27), at nine tenths of the cost.

Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control in hands-free
telephones", Signal Processing 86(6), 2006; in partitions: Kuech, Mabande and Enzner, ICASSP 2014.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples, require_blocks
from voicecoach.units import BLOCK, RATE

PARTS: Final = 50
"""Length of the filter in blocks: 500 ms. With a reverberation time of 600 ms a filter of 260 ms
leaves a residue of -20 dB, one of 500 ms -29 dB; in smaller rooms the two are equal."""

_ROOM_S: Final = 0.3
"""Reverberation time expected at first: early parts of the path are learned first. With 0.8 s there
is 3 dB more residue in the first 4 s (room of 350 ms); one of 615 ms is learned equally well."""

_EXPECTED: Final = (10 ** (-3 * np.arange(PARTS) * BLOCK / RATE / _ROOM_S))[:, None].astype("f")
"""Expected power of the echo path, part by part: the initial covariance."""

_FORGET: Final = 0.9996**2
"""Share of the echo path that stays from block to block: it may change within 25 s."""
_LEAST_COVARIANCE: Final = 0.005
"""Least covariance, as a share of the initial one: an echo that appears late (headphones unplugged)
is cancelled after 6 s. With 0.01 after 5 s, but with 2 dB more residue under speech; with 0
never."""
_FLOOR: Final = np.float32(_LEAST_COVARIANCE) * _EXPECTED
_FIRST, _TURNS = 4, 8
"""Parts that are kept to their length in every block, and how many blocks it takes to come round
the others: a transform less costs more residue only late in the path (Soo and Pang, 1990)."""
_SMOOTH: Final = 0.8
"""Smoothing of the noise estimate, per block; 0.95 gives 1 to 2 dB more residue."""
_LEAST: Final = 1e3
"""Keeps the filter from learning from silence; full scale is 32768, squared and summed."""

_WORSE: Final = 1.3
"""Output over input, in power, from which the filter starts again ..."""
_WATCHED: Final = 0.97
"""... both smoothed by this, per block: 300 ms. Samples lost by the card have that effect."""

_FULL: Final = 32767


Spectra = NDArray[np.complex64]
"""Spectra of windows of two blocks: shape ``(BLOCK + 1,)``, or one row per part."""


class KalmanCanceller:
    """Cancels the echo block by block; for one thread at a time.

    The reference must be what was written to the loudspeaker, after mixing, and delayed so that
    its echo comes within the first milliseconds: see `align`.
    """

    name = "kalman"

    def __init__(self) -> None:
        self._window: NDArray[np.float32] = np.zeros(2 * BLOCK, np.float32)
        # Spectra of past blocks, written twice, `PARTS` apart: the last ones are one slice.
        self._past: Spectra = np.zeros((2 * PARTS, BLOCK + 1), np.complex64)
        self._slot = 0
        self._noise: NDArray[np.float32] = np.full(BLOCK + 1, 1e4, np.float32)
        self._silent = 0
        self._reset()

    def _reset(self) -> None:
        self._path: Spectra = np.zeros((PARTS, BLOCK + 1), np.complex64)
        self._covariance = np.repeat(_EXPECTED, BLOCK + 1, axis=1)
        self._in = self._out = 0.0
        self._turn = 0

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Return `mic` without the echo of `played` and of earlier blocks; itself where there is
        none.

        All three are int16 of shape ``(BLOCK,)``. Raises `ValueError` for any other block.
        """
        require_blocks(mic, played)
        self._silent = 0 if played.any() else self._silent + 1
        if self._silent > PARTS:  # no echo is possible: saves the cost of half a session
            return mic
        past = self._spectra(played)
        echo = np.fft.irfft((past * self._path).sum(axis=0))[BLOCK:]
        rest = (mic - echo).astype(np.float32)
        self._learn(past, rest)
        if self._wrong(mic.astype(np.float32), rest):
            self._reset()
            return mic.copy()
        return np.clip(np.rint(rest), -_FULL, _FULL).astype(np.int16)

    def _spectra(self, played: Samples) -> Spectra:
        """Return the spectra of the last `PARTS` blocks, the newest first."""
        self._window[:BLOCK] = self._window[BLOCK:]
        self._window[BLOCK:] = played
        self._slot = (self._slot - 1) % PARTS
        spectrum = np.fft.rfft(self._window)
        self._past[self._slot] = self._past[self._slot + PARTS] = spectrum
        return self._past[self._slot : self._slot + PARTS]

    def _learn(self, past: Spectra, rest: NDArray[np.float32]) -> None:
        padded = np.concatenate([np.zeros(BLOCK, np.float32), rest])
        error: Spectra = np.fft.rfft(padded).astype(np.complex64)
        self._noise = _SMOOTH * self._noise + (1 - _SMOOTH) * _power(error)
        power = _power(past)
        explained = np.einsum("pf,pf->f", self._covariance, power)
        step = self._covariance / (explained + 2 * self._noise + np.float32(_LEAST))
        self._path += (error * step) * np.conj(past)
        self._constrain(slice(0, _FIRST))
        self._turn = (self._turn + 1) % _TURNS
        self._constrain(slice(_FIRST + self._turn, None, _TURNS))
        step *= power
        step *= np.float32(-0.5 * _FORGET)
        step += np.float32(_FORGET)
        step *= self._covariance
        step += np.float32(1 - _FORGET) * _power(self._path)
        self._covariance = np.maximum(step, _FLOOR, out=step)

    def _constrain(self, parts: slice) -> None:
        """Let these parts of the path be `BLOCK` long in time, as they are."""
        times = np.fft.irfft(self._path[parts], axis=1)
        times[:, BLOCK:] = 0.0
        self._path[parts] = np.fft.rfft(times, axis=1)

    def _wrong(self, mic: NDArray[np.float32], rest: NDArray[np.float32]) -> bool:
        """Return whether the output has been louder than the input for some time."""
        self._in = _WATCHED * self._in + (1 - _WATCHED) * float(mic @ mic)
        self._out = _WATCHED * self._out + (1 - _WATCHED) * float(rest @ rest)
        return self._out > _WORSE * self._in + BLOCK * 1e3


def _power(spectrum: Spectra) -> NDArray[np.float32]:
    power: NDArray[np.float32] = spectrum.real**2 + spectrum.imag**2
    return power
