"""What a room and a sound card do to the user's voice: measured while the coach speaks and listens.

The meter sits where the echo is taken out, so it knows how loud a user must be at each moment to be
heard over the coach. It keeps levels, and no sound.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Final

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.gate import LASTING
from voicecoach.units import BLOCK, RATE, Frame

FULL: Final = 32_600
"""Amplitude from which a sample is clipped."""
SPOKEN_DBFS: Final = -50.0
"""Level from which a played block is the coach's voice."""
TAIL: Final = 40
"""Blocks after the coach's voice in which its echo may still sound; a user answers later."""
FALL_DB: Final = 2.0
"""Fall per block of the level of a word, as the gate has it."""
QUIET_SHARE: Final = 20
"""Percentile of the levels without a voice that is the noise of the room."""
HEARD_DB: Final = 20.0
"""By how much a band may be weaker than the middle one, and still belongs to the microphone."""
BANDS: Final = (1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000)
"""Upper edges of the bands in Hz; the second is the middle one."""
TELEPHONE_HZ: Final = 4000


@dataclass(frozen=True, slots=True)
class Noted:
    """The levels of a stretch, one value a block, in dBFS."""

    mic: NDArray[np.float64]
    played: NDArray[np.float64]
    least: NDArray[np.float64]
    """What a user had to exceed in each block, where the coach spoke."""
    clipped: NDArray[np.float64]
    """Share of the samples of each block."""

    @property
    def speaking(self) -> NDArray[np.bool_]:
        """Where the coach spoke."""
        return np.asarray(self.played > SPOKEN_DBFS)

    @property
    def free(self) -> NDArray[np.bool_]:
        """Where neither the coach nor its echo sounded."""
        near = np.convolve(self.speaking.astype(int), np.ones(TAIL, int))[: len(self.played)]
        return np.asarray(near == 0)

    @property
    def noise(self) -> float:
        """The noise of the room."""
        quiet = self.mic[self.free]
        return float(np.percentile(quiet, QUIET_SHARE)) if len(quiet) else -90.0

    def between(self, begin: Frame, end: Frame) -> Noted:
        """Return the part between two frames."""
        first, last = max(0, begin // BLOCK), max(0, end // BLOCK)
        return Noted(
            self.mic[first:last],
            self.played[first:last],
            self.least[first:last],
            self.clipped[first:last],
        )

    def word(self, begin: Frame, end: Frame) -> float | None:
        """Return how loud a word is that is said between two frames while the coach is silent: the
        level that it keeps for as long as the gate asks for; None if nothing was said.
        """
        first, last = max(0, begin // BLOCK), max(0, end // BLOCK)
        levels = np.where(self.free, self.mic, -120.0)[first:last]
        for at in range(1, len(levels)):
            levels[at] = max(levels[at], levels[at - 1] - FALL_DB)
        if len(levels) < LASTING:
            return None
        windows = np.lib.stride_tricks.sliding_window_view(levels, LASTING)
        level = float(windows.min(axis=1).max())
        return level if level > self.noise + 6 else None


class SoundMeter:
    """Takes what is played and heard, block by block; `echo` is where the echo is taken out."""

    def __init__(self, echo: EchoPipeline, every: int = 1) -> None:
        """Measure what `echo` hears; `every` so many blocks are enough to know the noise."""
        self._echo, self._every, self._number = echo, every, 0
        self._levels: list[tuple[float, float, float, float]] = []
        self._mic = np.zeros(BLOCK // 2 + 1)
        self._quiet = np.zeros(BLOCK // 2 + 1)
        self._played = np.zeros(BLOCK // 2 + 1)
        self._spoken, self._rested = 0, 0
        self._since = 0

    def take(self, mic: Samples, played: Samples, offset: int) -> None:
        """Take a block of the microphone, as it is, and of the loudspeaker; `offset` is the
        microphone's, which is no sound.
        """
        self._number += 1
        if self._number % self._every:
            return
        clipped = np.count_nonzero(np.abs(mic.astype(np.int32)) >= FULL) / len(mic)
        sound = mic - np.float32(offset)
        levels = dbfs(sound), dbfs(played)
        self._levels.append((*levels, self._echo.least_dbfs, clipped))
        self._since = 0 if levels[1] > SPOKEN_DBFS else self._since + 1
        if not self._since:
            self._played += _power(played)
            self._mic += _power(sound)
            self._spoken += 1
        elif self._since > TAIL:
            self._quiet += _power(sound)
            self._rested += 1

    @property
    def noted(self) -> Noted:
        """All levels so far."""
        return Noted(*np.array(self._levels or [(-120.0, -120.0, -120.0, 0.0)]).T)

    @property
    def delay_ms(self) -> float | None:
        """From a sample that is played to its echo; None where no echo was found."""
        delay = self._echo.delay
        return None if delay is None else delay * 1000 / RATE

    @property
    def skew_ppm(self) -> float:
        """By how much the two clocks differ."""
        return self._echo.rate * 1e6

    @property
    def band_hz(self) -> int | None:
        """Up to where the microphone hears the coach's voice; None where it hears none of it."""
        if not self._spoken or not self._rested:
            return None
        noise = self._quiet / self._rested
        heard = np.maximum(self._mic / self._spoken - noise, 0)
        clear = heard > noise  # what is lost in the noise tells nothing of the microphone
        way = heard / np.maximum(self._played / self._spoken, 1e-9)
        levels = [_band(way, clear, upper) for upper in BANDS]
        if levels[1] is None:
            return None
        top = BANDS[1]
        for upper, level in zip(BANDS[2:], levels[2:], strict=True):
            if level is None or level < levels[1] - HEARD_DB:
                return top
            top = upper
        return top


def _band(way: NDArray[np.float64], clear: NDArray[np.bool_], upper: int) -> float | None:
    step = RATE // BLOCK
    bins = slice((upper - 1000) // step + 1, upper // step + 1)
    if 2 * np.count_nonzero(clear[bins]) < clear[bins].size:
        return None
    return 10 * log10(float(np.mean(way[bins][clear[bins]])) + 1e-12)


def _power(block: Samples | NDArray[np.float32]) -> NDArray[np.float64]:
    spectrum = np.fft.rfft(block * np.hanning(len(block)), BLOCK)
    return np.asarray(np.abs(spectrum) ** 2)


def dbfs(block: Samples | NDArray[np.float32]) -> float:
    """Return the level of a block."""
    loud = block.astype(np.float32)
    return 10 * log10(float(np.dot(loud, loud)) / max(1, len(block)) / 32768**2 + 1e-12)
