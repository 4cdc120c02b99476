"""The sound before the first words: 2.5 seconds of soft noise from which the canceller learns.

A canceller that has not adapted leaves the whole echo of the first words, and a "stop" under them
is lost. Noise contains all frequencies at once and speech does not, so an adaptive filter learns as
much from 2.5 seconds of noise as from eight of speech. Of 59 recordings of "stop" in the first 8 s
of the coach's voice (echo +6 dB, six rooms, as `bench/barge_in.py` does it, 2026-11-21) 10 were
obeyed without it, 53 with it.
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
"""Seconds of the fades at both ends."""

LOWEST_HZ, HIGHEST_HZ, FLAT_HZ, SLOPE = 30.0, 8000.0, 100.0, 0.4
"""Band in Hz, all in which the coach's voice has sound: what the noise lacks, the canceller does
not know. With 100 to 7000 Hz the first "s" and "b" of a session came through nearly whole, and a
"slow" was heard as "stop". Above `FLAT_HZ` the amplitude falls with the frequency to the power of
`SLOPE`, as in surf."""

BEFORE, AFTER = to_frames(100), to_frames(200)
"""Frames of silence around it; `AFTER` lets the reverberation die away before the first word."""


def calibration_noise() -> Samples:
    """Return the sound: int16 of shape ``(n,)``, whole blocks, the same samples each time."""
    count = int(SECONDS * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(3).standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / RATE)
    spectrum *= np.maximum(hz, FLAT_HZ) ** -SLOPE * ((hz > LOWEST_HZ) & (hz < HIGHEST_HZ))
    noise = np.fft.irfft(spectrum, count)
    noise *= 32768 * 10 ** (DBFS / 20) / np.sqrt(np.mean(noise**2))
    t = np.arange(count) / RATE
    share = np.minimum(np.minimum(t, SECONDS - t) / RISE, 1.0)
    sound = noise * np.sin(share * np.pi / 2) ** 2
    whole = np.concatenate([np.zeros(BEFORE), sound, np.zeros(AFTER)])
    return np.pad(whole, (0, -len(whole) % BLOCK)).clip(-32767, 32767).astype(np.int16)


class Preamble:
    """Plays a sound before the session, and removes its time from what the microphone gives.

    The session's clock begins at its end.
    """

    def __init__(self, samples: Samples = NOTHING) -> None:
        """Take int16 `samples` of whole blocks; without samples the session begins at once."""
        self._samples = samples
        self._filled = self._heard = 0

    @property
    def frames(self) -> Frame:
        """Length of the sound."""
        return Frame(len(self._samples))

    def fill(self, frames: int, then: Callable[[int], Samples]) -> Samples:
        """Return the next `frames` frames of the sound, and after its end those of `then`."""
        if self._filled >= len(self._samples):
            return then(frames)
        begin, self._filled = self._filled, self._filled + frames
        return self._samples[begin : self._filled]

    def after(self, heard: Samples) -> Samples:
        """Take the next frames of the microphone, and return those after the sound's end."""
        due = min(len(heard), len(self._samples) - self._heard)
        self._heard += due
        return heard[due:]
