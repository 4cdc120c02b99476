"""From a synthesiser's output to a clip: trimmed, levelled, at the coach's rate.

A count is heard when its sound begins, so a clip must begin with sound: after `polish`, the first
sample as loud as `ONSET` stands at frame `LEAD` of every clip, exactly.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import soxr
from numpy.typing import NDArray

from voicecoach.audio.clip import Samples
from voicecoach.tts.loudness import loudness, true_peak
from voicecoach.units import RATE, to_frames

VERSION: Final = 2
"""Raise it when a change here changes the output: it is part of the cache's key."""

LOUDER_DB: Final = 6.0
"""The most that "louder" adds (`dialog.adjusting`)."""

LUFS: Final = -18.0 - LOUDER_DB
"""Loudness of each clip: -18 LUFS at full gain, as loud as speech in podcasts."""

PEAK_DBTP: Final = -1.0 - LOUDER_DB
"""Highest true peak: nothing clips at full gain. A phrase with very sharp peaks stays softer."""

ONSET: Final = 130
"""Amplitude from which sound counts as audible: -48 dBFS, 26 dB below the speech."""

LEAD: Final = to_frames(5)
"""Frames before the onset: room for a fade that keeps the start from clicking."""

TAIL: Final = to_frames(20)
"""Frames after the last audible sample: espeak-ng's own pause of 0.3 to 0.5 s is cut off."""

FULL_SCALE: Final = 32768.0


class Polished(NamedTuple):
    """Sound for a clip."""

    samples: Samples
    start: int
    """Where its first sample stood before trimming, in frames at `units.RATE`; may be negative."""


def polish(samples: NDArray[np.int16], rate: int) -> Polished:
    """Return mono int16 `samples` at `rate` Hz as sound for a clip; empty if nothing is audible.

    Resampled by soxr (HQ), levelled to `LUFS`, trimmed to `LEAD` frames before the first
    and at most `TAIL` after the last sample of amplitude `ONSET`, faded in and out.
    """
    sound = soxr.resample(samples.astype(np.float64), rate, RATE, quality="HQ") / FULL_SCALE
    if loudness(sound) == -np.inf:
        return Polished(np.zeros(0, np.int16), 0)
    rough = trim(_levelled(sound, sound))
    kept = sound[max(0, rough.start) : rough.start + len(rough.samples)]
    return trim(_levelled(sound, kept))  # a count is much louder without the silence around it


def _levelled(sound: NDArray[np.float64], measured: NDArray[np.float64]) -> Samples:
    """Return `sound` with the gain that makes `measured` as loud as it should be."""
    gain = min(_ratio(LUFS - loudness(measured)), _ratio(PEAK_DBTP) / true_peak(measured))
    return np.rint(sound * gain * FULL_SCALE).astype(np.int16)


def trim(samples: Samples) -> Polished:
    """Cut the silence off both ends; see `LEAD`, `TAIL` and `ONSET`."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) >= ONSET)
    if not len(loud):
        return Polished(np.zeros(0, np.int16), 0)
    first, last = int(loud[0]), int(loud[-1]) + 1
    start, end = max(0, first - LEAD), min(len(samples), last + TAIL)
    cut = np.pad(samples[start:end], (LEAD - (first - start), 0)).astype(np.float64)
    cut[:LEAD] *= _ramp(LEAD)
    fade = end - last
    cut[len(cut) - fade :] *= _ramp(fade)[::-1]
    return Polished(np.rint(cut).astype(np.int16), first - LEAD)


def _ratio(decibels: float) -> float:
    return float(10 ** (decibels / 20))


def _ramp(frames: int) -> NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.pi * (np.arange(frames) + 0.5) / max(frames, 1))
