"""Two clocks in the simulated room: the echo moves as the drift says, and sounds the same."""

from __future__ import annotations

import numpy as np
import pytest

from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.simulation.clock_drift import Drift
from voicecoach.units import BLOCK, RATE


def through(drift: Drift, played: Samples) -> np.ndarray:
    """Return the whole way of `played`."""
    starts = range(0, len(played), BLOCK)
    return np.concatenate([drift.block(played[i : i + BLOCK]) for i in starts])


def tone(hertz: float, seconds: float) -> Samples:
    """Return a tone at a quarter of full scale."""
    return (8000 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype("i2")


@pytest.mark.parametrize("ppm", [-200.0, -50.0, 0.0, 50.0, 200.0])
@pytest.mark.parametrize("hertz", [300.0, 2000.0, 6000.0])
def test_a_tone_is_as_late_as_the_drift_says(ppm: float, hertz: float) -> None:
    """At each frame the sound is that of `delay` and the drift until then, earlier; to -45 dB."""
    delay = 960
    heard = through(Drift(delay, ppm), tone(hertz, 2.0))
    now = np.arange(len(heard))
    wanted = 8000 * np.sin(2 * np.pi * hertz * (now - delay - ppm * 1e-6 * now) / RATE)
    inner = slice(RATE // 2, None)

    assert np.sqrt(np.mean((heard - wanted)[inner] ** 2)) < 8000 / np.sqrt(2) * 10 ** (-45 / 20)


def test_nothing_is_heard_before_it_is_played() -> None:
    """A drift that has eaten up the delay stands still: no sample depends on a later block."""
    sound = speech_like(2.0, 3)
    one, two = Drift(20, -200.0), Drift(20, -200.0)
    silence = np.zeros(BLOCK, np.int16)
    for start in range(0, len(sound) - BLOCK, BLOCK):
        first = one.block(sound[start : start + BLOCK])
        assert np.array_equal(first, two.block(sound[start : start + BLOCK]))
    assert not np.array_equal(one.block(silence), two.block(sound[:BLOCK]))
