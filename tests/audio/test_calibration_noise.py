"""The sound before the first words: how it sounds, and that the coach learns the room by it."""

from __future__ import annotations

from functools import partial
from itertools import accumulate, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.audio.test_gate import level, speech
from voicecoach.audio.calibration_noise import (
    AFTER,
    BEFORE,
    DBFS,
    SECONDS,
    Preamble,
    calibration_noise,
)
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Ms

NOISE = calibration_noise()


def test_it_comes_and_goes_softly_at_its_level() -> None:
    """Silence around it, half a second up and down, 3 dB under speech in between."""
    assert len(NOISE) % BLOCK == 0
    assert NOISE.dtype == np.int16
    assert not NOISE[:BEFORE].any()
    assert not NOISE[-AFTER:].any()
    sound = NOISE[BEFORE : BEFORE + int(SECONDS * RATE)]
    assert level(sound[RATE // 2 : -RATE // 2]) == pytest.approx(DBFS, abs=0.5)
    assert level(sound[: RATE // 20]) < DBFS - 25
    assert level(sound[-RATE // 20 :]) < DBFS - 25
    assert np.abs(NOISE).max() < 16_000


def test_it_is_the_same_each_time() -> None:
    """A rehearsal gives the same bits."""
    assert np.array_equal(NOISE, calibration_noise())


def test_it_has_every_frequency_of_the_voice() -> None:
    """Up to the highest that a clip can have and down to the rumble of a "b": no octave from 50 Hz
    to 6.4 kHz, nor what is above, is more than 15 dB under the loudest.
    """
    power = np.abs(np.fft.rfft(NOISE)) ** 2
    hz = np.fft.rfftfreq(len(NOISE), 1 / RATE)
    edges = [50, 100, 200, 400, 800, 1600, 3200, 6400, RATE // 2 - 50]
    bands = [power[(hz >= low) & (hz < high)].mean() for low, high in pairwise(edges)]
    assert 10 * np.log10(max(bands) / min(bands)) < 15


def test_the_first_sibilant_after_it_is_cancelled() -> None:
    """At +6 dB the echo of hiss from 7 kHz up, as in "slow", comes out at least 15 dB lower."""
    hiss = np.random.default_rng(5).standard_normal(RATE // 2)
    spectrum = np.fft.rfft(hiss)
    spectrum[np.fft.rfftfreq(len(hiss), 1 / RATE) < 7000] = 0
    coach = np.rint(1000 * np.fft.irfft(spectrum, len(hiss))).astype(np.int16)
    settings = RoomSettings(echo_db=6.0, rt60_ms=Ms(350), delay_ms=Ms(0), seed=21)
    room, canceller = SimulatedRoom(settings, (), active_dbfs(coach)), KalmanCanceller()
    sound = np.concatenate([NOISE, coach])
    blocks = [sound[i : i + BLOCK] for i in range(0, len(sound) - BLOCK + 1, BLOCK)]
    mic = [room.pass_block(block) for block in blocks]
    clean = [canceller.cancel(*pair) for pair in zip(mic, blocks, strict=True)]
    came, left = (level(np.concatenate(side)[-len(coach) :]) for side in (mic, clean))
    assert left < came - 15


@given(st.lists(st.integers(0, 700), max_size=40), st.integers(0, 20))
def test_what_is_heard_after_it_is_all_that_comes_after_it(sizes: list[int], blocks: int) -> None:
    """However the microphone's frames are cut, nothing is lost and nothing comes too early."""
    preamble = Preamble(np.ones(blocks * BLOCK, np.int16))
    filled = [preamble.fill(BLOCK, partial(np.zeros, dtype=np.int16)) for _ in range(blocks + 2)]
    assert np.array_equal(np.concatenate(filled), np.repeat([1, 0], [blocks * BLOCK, 2 * BLOCK]))
    heard = np.arange(sum(sizes), dtype=np.int64).astype(np.int16)
    rest = [preamble.after(heard[a:b]) for a, b in pairwise([*accumulate(sizes, initial=0)])]
    joined = np.concatenate([heard[:0], *rest])
    assert np.array_equal(joined, heard[blocks * BLOCK :])


def test_the_first_words_after_it_leave_little_echo() -> None:
    """In a living room at +6 dB the first two seconds of the coach's voice leave 12 dB less."""
    coach = speech(2.0, seed=4)
    settings = RoomSettings(echo_db=6.0, rt60_ms=Ms(350), delay_ms=Ms(60), seed=1)
    left = []
    for before in (NOISE[:0], NOISE):
        room, canceller = SimulatedRoom(settings, (), active_dbfs(coach)), KalmanCanceller()
        sound = np.concatenate([before, coach])
        blocks = [sound[i : i + BLOCK] for i in range(0, len(sound) - BLOCK + 1, BLOCK)]
        clean = [canceller.cancel(room.pass_block(block), block) for block in blocks]
        left.append(level(np.concatenate(clean)[len(before) :]))
    assert left[1] < left[0] - 12
