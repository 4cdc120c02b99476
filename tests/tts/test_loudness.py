"""Loudness is that of ITU-R BS.1770, and each clip has the coach's."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.tts.loudness import loudness, true_peak
from voicecoach.tts.postprocess import LUFS, PEAK_DBTP, polish
from voicecoach.units import RATE


def tone(hertz: float, dbfs: float, seconds: float = 5.0) -> np.ndarray:
    """Return a sine whose peak is `dbfs`."""
    return 10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)


def test_the_reference_tone_of_the_standard() -> None:
    """A sine of 997 Hz at full scale on one channel has -3.01 LUFS (BS.1770-5, annex 1)."""
    assert loudness(tone(997, 0)) == pytest.approx(-3.01, abs=0.02)
    assert loudness(tone(997, -23)) == pytest.approx(-26.01, abs=0.02)


def test_low_tones_count_less_and_high_ones_more() -> None:
    """The K weighting: at 4 kHz 4 dB more than at 100 Hz, and more (BS.1770-5, figures 2 and 4)."""
    low, high = (loudness(tone(hertz, -20)) for hertz in (100, 4000))
    assert low == pytest.approx(-20 - 3.01 - 0.69 - 1.1, abs=0.3)
    assert high == pytest.approx(-20 - 3.01 - 0.69 + 4.0, abs=0.3)


def test_pauses_do_not_count() -> None:
    """Sound and as much silence are as loud as the sound, but for blocks that hold both."""
    sound = tone(997, -20)
    paused = np.concatenate([sound, np.zeros_like(sound), sound])
    assert loudness(paused) == pytest.approx(loudness(sound), abs=0.15)


def test_silence_has_no_loudness() -> None:
    """Nothing, and what is too soft."""
    for sound in (np.zeros(0), np.zeros(RATE), tone(997, -80)):
        assert loudness(sound) == -np.inf


def test_the_peak_between_the_samples_is_found() -> None:
    """A sine at a quarter of the rate, sampled beside its peaks, is 3 dB higher between them."""
    between = np.sin(np.pi / 2 * np.arange(RATE) + np.pi / 4)
    assert np.abs(between).max() == pytest.approx(0.707, abs=0.001)
    assert true_peak(between[: RATE // 2]) == pytest.approx(1.0, abs=0.08)


@pytest.mark.parametrize("dbfs", [-45.0, -20.0, -1.0])
def test_each_clip_is_as_loud(dbfs: float) -> None:
    """Whatever the synthesiser's level is."""
    clip = polish((tone(440, dbfs, 2.0) * 32767).astype(np.int16), RATE).samples
    assert loudness(clip / 32768) == pytest.approx(LUFS, abs=0.1)


def test_a_sharp_sound_stays_below_the_peak() -> None:
    """Clicks in near silence are not made loud."""
    clicks = np.random.default_rng(1).normal(0, 30, RATE)
    clicks[::4000] = 20_000
    clip = polish(clicks.astype(np.int16), RATE).samples
    assert 20 * np.log10(true_peak(clip / 32768)) <= PEAK_DBTP + 0.1
    assert loudness(clip / 32768) < LUFS - 3
