"""Whisper's features."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.clip import Samples
from voicecoach.stt.log_mel import MELS, RANGE, _filters, log_mel
from voicecoach.units import RATE


def tone(hertz: float, seconds: float = 0.5, level: float = 8000.0) -> Samples:
    """Return a sine."""
    time = np.arange(round(seconds * RATE)) / RATE
    return np.asarray(level * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def test_a_frame_for_each_whole_hop() -> None:
    """A second and a half gives 150 frames of 80 bands."""
    assert log_mel(np.zeros(24_000, np.int16)).shape == (MELS, 150)
    assert log_mel(np.zeros(24_159, np.int16)).shape == (MELS, 150)


@pytest.mark.parametrize("hertz", [250.0, 1000.0, 3000.0, 6500.0])
def test_a_tone_stands_in_its_band(hertz: float) -> None:
    """The loudest band is the one whose middle is nearest on Slaney's scale: 15 mels at 1 kHz, 27
    more to 6.4 kHz, 80 bands up to 8 kHz.
    """
    step = (15 + 27 * np.log(8) / np.log(6.4)) / (MELS + 1)
    mel = hertz / 1000 * 15 if hertz < 1000 else 15 + 27 * np.log(hertz / 1000) / np.log(6.4)
    loudest = int(log_mel(tone(hertz)).mean(axis=1).argmax())
    assert abs(loudest + 1 - mel / step) <= 0.6


def test_bands_have_equal_areas_in_hertz() -> None:
    """Each sums to the inverse of the width of a bin, where it is wider than one (40 Hz)."""
    wide = _filters()[60:]
    assert wide.sum(axis=1) * 40 == pytest.approx(1, abs=0.05)


def test_the_scale_is_whispers() -> None:
    """One is 10^0 power; nothing lies more than 8 decades, two units, below the loudest band."""
    loud = log_mel(tone(1000))
    assert loud.max() - loud.min() <= RANGE / 4 + 1e-6
    quiet = log_mel(tone(1000, level=800))
    assert loud.max() - quiet.max() == pytest.approx(2 / 4, abs=0.01)
    assert log_mel(np.zeros(1600, np.int16)) == pytest.approx((-10 + 4) / 4)
