"""The sound before the first words: soft noise that wakes a loudspeaker, and teaches the canceller.

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
from numpy.typing import NDArray

from voicecoach.audio.clip import NOTHING, Samples, as_samples
from voicecoach.audio.noise import Band, at_level, noise
from voicecoach.units import BLOCK, RATE, Frame, to_frames

SECONDS: Final = 2.5
"""From so much the canceller learns."""
WAKE_S: Final = 1.5
"""Before it, softer: a loudspeaker that sleeps swallows up to so much (USB 0.5, HDMI 1.5 s)."""
WAKE_DB: Final = -12.0
"""Level at the start of that, relative to `DBFS`; it rises evenly."""
DBFS: Final = -23.0
"""3 dB under the coach's speech."""

RISE: Final = 0.5
"""Seconds of the fades at both ends."""

BAND: Final = Band(30.0, 8000.0, slope=0.4, flat=100.0)
"""All frequencies in which the coach's voice has sound: what the noise lacks, the canceller does
not know. With 100 to 7000 Hz the first "s" and "b" of a session came through nearly whole, and a
"slow" was heard as "stop"."""

BEFORE, AFTER = to_frames(100), to_frames(200)
"""Frames of silence around it; `AFTER` lets the reverberation die away before the first word."""


def calibration_noise(wake: bool = False) -> Samples:
    """Return the sound: int16 of shape ``(n,)``, whole blocks, the same samples each time.

    With `wake` a sound for a loudspeaker that may sleep comes first.
    """
    learned = _noise(int(SECONDS * RATE))
    t = np.arange(len(learned)) / RATE
    fade = np.minimum(np.ones(len(t)) if wake else t / RISE, (SECONDS - t) / RISE)
    sound = learned * np.sin(np.minimum(fade, 1.0) * np.pi / 2) ** 2
    return _blocks(np.concatenate([_waking(), sound]) if wake else sound)


def waking_noise() -> Samples:
    """Return what wakes a loudspeaker, alone: for headphones, and where nothing is heard."""
    sound = _waking()
    t = np.arange(len(sound)) / RATE
    return _blocks(sound * np.minimum((WAKE_S - t) / RISE, 1.0))


def _waking() -> NDArray[np.float64]:
    sound = _noise(int(WAKE_S * RATE))
    t = np.arange(len(sound)) / RATE
    return sound * 10 ** (WAKE_DB * (1 - t / WAKE_S) / 20) * np.minimum(t / RISE, 1.0)


def _noise(count: int) -> NDArray[np.float64]:
    return at_level(noise(count, BAND, seed=3), DBFS)


def _blocks(sound: NDArray[np.float64]) -> Samples:
    padded = np.concatenate([np.zeros(BEFORE), sound, np.zeros(AFTER)])
    return as_samples(np.pad(padded, (0, -len(padded) % BLOCK)))


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
