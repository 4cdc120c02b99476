"""The sound before the first words: 2.5 seconds of soft noise by which the coach learns the room.

A canceller that has heard nothing yet leaves the whole echo of the first words, and a "stop" under
them is lost. Noise holds all frequencies at once and speech does not, so a filter learns a room
from 2.5 seconds of it as from eight of speech. Of 59 recordings of "stop" in the first 8 s of the
coach's voice (echo +6 dB, six rooms, as `bench/barge_in.py` does it, 2026-11-21) 10 were obeyed
without it, 53 with it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from voicecoach.audio.clip import NOTHING, Samples
from voicecoach.units import BLOCK, RATE, Frame, to_frames

SECONDS: Final = 2.5
DBFS: Final = -23.0
"""3 dB under the coach's speech."""

RISE: Final = 0.5
"""Seconds in which it comes and goes, as a breath does."""

LOWEST_HZ, HIGHEST_HZ, SLOPE = 100.0, 7000.0, 0.4
"""Its band; the amplitude falls with the frequency to this power, which sounds like surf."""

BEFORE, AFTER = to_frames(100), to_frames(200)
"""Silence around it: the second lets the room fall silent before the first word."""


def calibration_noise() -> Samples:
    """Return the sound: int16 of shape ``(n,)``, whole blocks, the same each time."""
    count = int(SECONDS * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(3).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.maximum(hz, LOWEST_HZ) ** -SLOPE * ((hz > LOWEST_HZ) & (hz < HIGHEST_HZ))
    noise = np.fft.irfft(spectrum, count)
    noise *= 32768 * 10 ** (DBFS / 20) / np.sqrt(np.mean(noise**2))
    t = np.arange(count) / RATE
    share = np.minimum(np.minimum(t, SECONDS - t) / RISE, 1.0)
    sound = noise * np.sin(share * np.pi / 2) ** 2
    whole = np.concatenate([np.zeros(BEFORE), sound, np.zeros(AFTER)])
    return np.pad(whole, (0, -len(whole) % BLOCK)).clip(-32767, 32767).astype(np.int16)


class Preamble:
    """What is played before a session, and which part of what was heard belongs to it.

    The session's clock begins when it is over.
    """

    def __init__(self, samples: Samples = NOTHING) -> None:
        """Take int16 `samples` of whole blocks; none at all is over at once."""
        self._samples = samples
        self._filled = self._heard = 0

    @property
    def frames(self) -> Frame:
        """Its length."""
        return Frame(len(self._samples))

    def fill(self, frames: int, then: Callable[[int], Samples]) -> Samples:
        """Return its next `frames` frames, and when it is over those of `then`."""
        if self._filled >= len(self._samples):
            return then(frames)
        begin, self._filled = self._filled, self._filled + frames
        return self._samples[begin : self._filled]

    def after(self, heard: Samples) -> Samples:
        """Return what of `heard`, the next frames of the microphone, comes after it."""
        due = min(len(heard), len(self._samples) - self._heard)
        self._heard += due
        return heard[due:]
