"""The sounds in which a short text is read again: noise, and a room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tests.fakes.voice import FakeVoice
from voicecoach.tts.intelligibility import ECHO_DB, ECHO_S, NOISE_DB, in_noise, in_room
from voicecoach.units import RATE

TONES = FakeVoice().render(["one two three"])["one two three"].samples


def decibels(sound: NDArray[np.float64]) -> float:
    """Return the level of `sound`, root mean square."""
    return float(10 * np.log10(np.mean(sound**2)))


def test_noise_is_as_loud_as_it_says_and_the_same_each_time() -> None:
    """It is added, and nothing else changes."""
    noise = in_noise(TONES) - TONES.astype(np.float64)
    assert abs(decibels(TONES.astype(np.float64)) - decibels(noise) - NOISE_DB) < 0.2
    assert np.array_equal(in_noise(TONES), in_noise(TONES))


def test_a_room_goes_on_after_the_sound_and_dies_away() -> None:
    """What follows a click is as loud as it says, and 60 dB softer at its end."""
    click = np.zeros(RATE // 100, np.int16)
    click[0] = 32767
    heard = in_room(click).astype(np.float64)
    assert len(heard) == len(click) + int(ECHO_S * RATE)
    tail = heard[1:] / heard[0]
    assert abs(10 * np.log10(np.sum(tail**2)) - ECHO_DB) < 0.2
    tenth = int(ECHO_S * RATE) // 10
    assert 22.5 < decibels(tail[:tenth]) - decibels(tail[4 * tenth : 5 * tenth]) < 25.5
