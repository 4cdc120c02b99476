"""Levels, responses and streaming convolution do what acoustics says."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like
from tests.effort import examples
from voicecoach.simulation.acoustics import (
    Convolver,
    Loop,
    active_dbfs,
    convolve,
    gain,
    pink_noise,
    rms,
    room_response,
    seamless,
)
from voicecoach.units import BLOCK, RATE


def decibel(ratio: float) -> float:
    """Return a ratio of amplitudes in dB."""
    return float(20 * np.log10(ratio))


def test_active_level_ignores_pauses() -> None:
    """Speech keeps its level when ten seconds of silence, or of faint noise, follow."""
    speech = speech_like(4, 1, pause=0.0)
    noise = np.random.RandomState(1).standard_normal(10 * RATE) * 2
    followed = np.concatenate([speech, noise.astype(np.int16)])
    assert active_dbfs(followed) == pytest.approx(active_dbfs(speech), abs=0.1)
    assert active_dbfs(speech) == pytest.approx(decibel(rms(speech) / 32768), abs=0.6)


def test_active_level_of_a_full_square_is_zero() -> None:
    """The scale: a sound that stays at full scale has 0 dBFS; silence and nothing have none."""
    assert active_dbfs(np.full(RATE, -32768, np.int16)) == pytest.approx(0.0)
    assert active_dbfs(np.zeros(RATE, np.int16)) == -np.inf
    assert active_dbfs(np.zeros(0, np.int16)) == -np.inf
    assert active_dbfs(np.full(5, -32768, np.int16)) == pytest.approx(0.0)


def test_active_level_of_a_whole_voice_takes_little_memory() -> None:
    """All lines of a session are some twenty minutes: eight times as much was needed before."""
    voice = np.full(20 * 60 * RATE, 1000, np.int16)
    tracemalloc.start()
    level = active_dbfs(voice)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert level == pytest.approx(decibel(1000 / 32768))
    assert peak < voice.nbytes / 4


@pytest.mark.parametrize("rt60_ms", [200, 350, 1000])
def test_reverberation_time(rt60_ms: int) -> None:
    """The energy still to come falls by 60 dB in the reverberation time (Schroeder, -5 to -25)."""
    tail = room_response(rt60_ms, 0.0, 3)[1:].astype(float)
    left = 10 * np.log10(np.cumsum(tail[::-1] ** 2)[::-1] / np.sum(tail**2))
    first, last = np.argmax(left < -5), np.argmax(left < -25)
    assert 3 * (last - first) / RATE * 1000 == pytest.approx(rt60_ms, rel=0.1)


@pytest.mark.parametrize("direct_db", [-6.0, 0.0, 6.0])
def test_direct_sound_over_reverberation(direct_db: float) -> None:
    """The direct sound stands the given level over all that follows, after 2 ms of nothing."""
    response = room_response(350, direct_db, 5)
    assert decibel(response[0] / np.sqrt(np.sum(response[1:] ** 2))) == pytest.approx(direct_db)
    assert not response[1:32].any()


@pytest.mark.parametrize("seed", range(5))
def test_speech_keeps_its_level(seed: int) -> None:
    """A room does not make the coach louder: the energy of speech is kept within 1.5 dB."""
    speech = speech_like(6, seed, pitch=100.0 + 20 * seed)
    there = convolve(speech, room_response(350, 0.0, seed))
    energy = np.sum(there.astype(float) ** 2) / np.sum(speech.astype(float) ** 2)
    assert abs(10 * np.log10(energy)) < 1.5


def test_open_air_changes_nothing() -> None:
    """Without reverberation the response is one sample."""
    assert room_response(0, 0.0, 1).tolist() == [1.0]


def test_seeds_are_rooms() -> None:
    """The same seed is the same room; another one is another."""
    assert np.array_equal(room_response(350, 0.0, 1), room_response(350, 0.0, 1))
    assert not np.array_equal(room_response(350, 0.0, 1), room_response(350, 0.0, 2))


@examples(30)
@given(delay=st.integers(0, 900), taps=st.integers(1, 2000), seed=st.integers(0, 99))
def test_streaming_is_convolution(delay: int, taps: int, seed: int) -> None:
    """Block by block gives what convolving the whole gives, for every length and delay."""
    random = np.random.RandomState(seed)
    response = np.concatenate([np.zeros(delay), random.standard_normal(taps) / np.sqrt(taps)])
    sound = (random.standard_normal(12 * BLOCK) * 8000).astype(np.int16)
    convolver = Convolver(response.astype(np.float32))
    blocks = [convolver.block(sound[i : i + BLOCK]) for i in range(0, len(sound), BLOCK)]
    whole = convolve(sound, response.astype(np.float32))[: len(sound)]
    assert np.abs(np.concatenate(blocks) - whole).max() < 0.1


def test_no_response_is_silence() -> None:
    """A response of zeros gives zeros."""
    convolver = Convolver(np.zeros(400, np.float32))
    assert not convolver.block(np.full(BLOCK, 9000, np.int16)).any()


def test_convolver_does_not_see_the_future() -> None:
    """Changing a later block changes no earlier sample."""
    response = room_response(350, 0.0, 1)
    sound = speech_like(1, 2, pause=0.0)
    one, two = Convolver(response), Convolver(response)
    for start in range(0, RATE // 2, BLOCK):
        assert np.array_equal(
            one.block(sound[start : start + BLOCK]), two.block(sound[start : start + BLOCK])
        )
    later = one.block(sound[:BLOCK]), two.block(sound[BLOCK : 2 * BLOCK])
    assert not np.array_equal(*later)


def test_pink_noise() -> None:
    """Each octave of the background holds the same power, and its level is 1."""
    noise = pink_noise(1 << 16, 1)
    power = np.abs(np.fft.rfft(noise)) ** 2
    hertz = np.fft.rfftfreq(len(noise), 1 / RATE)
    octaves = [power[(hertz >= low) & (hertz < 2 * low)].sum() for low in (125, 500, 1000, 4000)]
    assert 10 * np.log10(max(octaves) / min(octaves)) < 1.5
    assert rms(noise) == pytest.approx(1.0, rel=1e-3)


def test_seam_is_not_heard() -> None:
    """Where a looped noise begins again there is no jump larger than elsewhere in it."""
    slow = np.cumsum(np.random.RandomState(3).standard_normal(RATE)) * 10
    looped = seamless(slow)
    steps = np.abs(np.diff(np.concatenate([looped, looped[:1]])))
    assert steps[-1] <= steps[:-1].max()


@pytest.mark.parametrize("frames", [1, 7, BLOCK - 1, BLOCK, BLOCK + 1, 1000])
def test_loop_goes_round(frames: int) -> None:
    """A loop of any length, shorter than a block too, repeats without losing a sample."""
    sound = np.arange(frames, dtype=np.float32)
    loop = Loop(sound)
    got = np.concatenate([loop.next_block() for _ in range(9)])
    assert np.array_equal(got, np.resize(sound, 9 * BLOCK))


def test_gain() -> None:
    """20 dB is ten times, -6 dB about half."""
    assert gain(20.0) == pytest.approx(10.0)
    assert gain(-6.02) == pytest.approx(0.5, rel=1e-3)
