"""Where the beat of a sound is heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.perceptual_centre import LATEST, perceptual_centre
from voicecoach.units import RATE, to_frames


def vowel(rise_ms: int, length_ms: int = 300) -> Samples:
    """Return a hum in the band of the vowels that rises for so long."""
    t = np.arange(to_frames(length_ms)) / RATE
    loud = np.minimum(t * 1000 / rise_ms, 1.0)
    return np.rint(8000 * loud * np.sin(2 * np.pi * 500 * t)).astype(np.int16)


def hiss(ms: int, level: float) -> Samples:
    """Return noise above the band, as of an "s"."""
    noise = np.fft.rfft(np.random.default_rng(1).standard_normal(to_frames(ms)))
    noise[np.fft.rfftfreq(to_frames(ms), 1 / RATE) < 4000] = 0
    return np.rint(level * np.fft.irfft(noise, to_frames(ms))).astype(np.int16)


@pytest.mark.parametrize("ms", [40, 100, 180])
def test_an_s_is_heard_before_the_beat(ms: int) -> None:
    """The beat is where the vowel rises, however long the consonant before it."""
    found = perceptual_centre(np.concatenate([hiss(ms, 20_000), vowel(10)]))
    assert abs(found - to_frames(ms)) < to_frames(10)


def test_the_first_of_two_like_syllables_counts() -> None:
    """A later one that rises a little faster does not draw the beat to itself."""
    quiet = np.zeros(to_frames(60), np.int16)
    two = np.concatenate([vowel(30, 100), quiet, vowel(20, 100)])
    assert perceptual_centre(two) < to_frames(40)


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros(9000, np.int16)])
def test_silence_has_its_beat_at_the_start(samples: Samples) -> None:
    """There is nothing to be heard."""
    assert perceptual_centre(samples) == 0


@given(st.integers(0, 150), st.integers(1, 60), st.floats(0.05, 3.0))
@examples(30)
def test_silence_before_moves_the_beat_and_loudness_does_not(
    before: int, rise: int, gain: float
) -> None:
    """It is a place in the sound."""
    sound = vowel(rise)
    first = perceptual_centre(sound)
    louder = np.rint(sound * gain).clip(-32768, 32767).astype(np.int16)
    moved = np.concatenate([np.zeros(to_frames(before), np.int16), louder])
    assert abs(perceptual_centre(moved) - first - to_frames(before)) <= to_frames(2)


@given(st.binary(max_size=20_000))
@examples(30)
def test_it_lies_in_the_first_quarter_of_a_second(content: bytes) -> None:
    """Whatever the sound; and a clip knows it."""
    samples = np.frombuffer(content[: len(content) // 2 * 2], np.int16)
    assert 0 <= perceptual_centre(samples) <= LATEST
    assert Clip("x", samples).centre == perceptual_centre(samples)
