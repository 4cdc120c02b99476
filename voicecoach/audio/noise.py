"""What the coach's own sounds are made of: noise in a band, at a level. No file is needed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.wav import FULL_SCALE
from voicecoach.units import RATE


@dataclass(frozen=True, slots=True)
class Band:
    """A band of frequencies, in Hz."""

    lowest: float
    highest: float
    slope: float
    """Above `flat` the amplitude falls with the frequency to this power, as in surf."""
    flat: float = 0.0


def noise(count: int, band: Band, seed: int) -> NDArray[np.float64]:
    """Return `count` samples of noise in `band`, without a seam, the same for the same seed."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE)
    falling = np.maximum(hz, max(band.flat, band.lowest)) ** -band.slope
    return np.fft.irfft(spectrum * falling * ((hz > band.lowest) & (hz < band.highest)), count)


def at_level(sound: NDArray[np.float64], dbfs: float) -> NDArray[np.float64]:
    """Return `sound` with a root mean square of `dbfs`, for 16 bits."""
    return sound * float(FULL_SCALE * 10 ** (dbfs / 20) / np.sqrt(np.mean(sound**2)))
