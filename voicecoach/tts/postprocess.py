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
from voicecoach.units import RATE, to_frames

VERSION: Final = 1
"""Raise it when a change here changes the output: it is part of the cache's key."""

SPEECH_DBFS: Final = -20.0
"""Level of speech: RMS of the blocks that are not pauses, in dB of full scale."""

PEAK_DBFS: Final = -1.0
"""Highest peak in dB of full scale; a phrase with very sharp peaks stays below `SPEECH_DBFS`."""

ONSET: Final = 164
"""Amplitude from which sound counts as audible: -46 dBFS, 26 dB below the speech."""

LEAD: Final = to_frames(5)
"""Frames before the onset: room for a fade that keeps the start from clicking."""

TAIL: Final = to_frames(20)
"""Frames after the last audible sample: espeak-ng's own pause of 0.3 to 0.5 s is cut off."""

_GATE_DB = 20.0  # blocks this far below the loudest are pauses, as in ITU-T P.56's active level
_WINDOW = 160


class Polished(NamedTuple):
    """Sound for a clip."""

    samples: Samples
    start: int
    """Where its first sample stood before trimming, in frames at `units.RATE`; may be negative."""


def polish(samples: NDArray[np.int16], rate: int) -> Polished:
    """Return mono int16 `samples` at `rate` Hz as sound for a clip; empty if nothing is audible.

    Resampled by soxr (HQ), levelled to `SPEECH_DBFS`, trimmed to `LEAD` frames before the first
    and at most `TAIL` after the last sample of amplitude `ONSET`, faded in and out.
    """
    sound = soxr.resample(samples.astype(np.float64), rate, RATE, quality="HQ")
    peak = float(np.abs(sound).max(initial=0.0))
    if peak < 1.0:
        return Polished(np.zeros(0, np.int16), 0)
    return trim(np.rint(sound * _gain(sound, peak)).astype(np.int16))


def speech_level(sound: NDArray[np.float64]) -> float:
    """Return the RMS amplitude of the 10 ms blocks of `sound` that are not pauses."""
    padded = np.pad(sound, (0, -len(sound) % _WINDOW))
    power = np.mean(padded.reshape(-1, _WINDOW) ** 2, axis=1)
    active = power[power > power.max() * 10 ** (-_GATE_DB / 10)]
    return float(np.sqrt(active.mean()))


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


def _gain(sound: NDArray[np.float64], peak: float) -> float:
    wanted = 32768 * 10 ** (SPEECH_DBFS / 20) / speech_level(sound)
    return min(wanted, 32768 * 10 ** (PEAK_DBFS / 20) / peak)


def _ramp(frames: int) -> NDArray[np.float64]:
    return 0.5 - 0.5 * np.cos(np.pi * (np.arange(frames) + 0.5) / max(frames, 1))
