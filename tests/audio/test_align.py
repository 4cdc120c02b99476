"""The delay of the echo is found, and the reference held back by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like
from tests.effort import examples
from voicecoach.audio.align import HALF, LOUD, DelayEstimator, DelayLine
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE, Ms

COACH = speech_like(14.0, seed=11)


def blocks(samples: Samples) -> list[Samples]:
    """Cut into blocks."""
    return [samples[i : i + BLOCK] for i in range(0, len(samples) - BLOCK + 1, BLOCK)]


def room(delay_ms: int, echo_db: float | None = 0.0, rt60_ms: int = 350) -> SimulatedRoom:
    """Return a room with only the coach in it."""
    settings = RoomSettings(echo_db=echo_db, delay_ms=Ms(delay_ms), rt60_ms=Ms(rt60_ms))
    return SimulatedRoom(settings, (), active_dbfs(COACH))


def found(one: SimulatedRoom) -> float | None:
    """Return the first delay that is found while the coach speaks."""
    estimator = DelayEstimator()
    for played in blocks(COACH):
        delay = estimator.find(one.pass_block(played), played)
        if delay is not None:
            return delay
    return None


@pytest.mark.parametrize("delay_ms", [0, 40, 120, 240, 400])
@pytest.mark.parametrize("echo_db", [-12.0, 6.0])
def test_the_delay_is_found(delay_ms: int, echo_db: float) -> None:
    """In a living room, quiet or loud, to half a frame."""
    delay = found(room(delay_ms, echo_db))

    assert delay == pytest.approx(delay_ms * FRAMES_PER_MS, abs=0.5)


def test_the_delay_is_found_within_the_first_words() -> None:
    """Half a second of the coach's voice is enough."""
    one, estimator = room(120), DelayEstimator()
    spoken = 0
    for played in blocks(COACH):
        spoken += int(np.abs(played).max() > LOUD)
        if estimator.find(one.pass_block(played), played) is not None:
            break

    assert spoken <= 50


def test_without_an_echo_none_is_found() -> None:
    """A microphone that hears only the room has no delay."""
    assert found(room(60, echo_db=None)) is None


def test_a_silent_coach_tells_nothing() -> None:
    """Two silences are not compared."""
    estimator = DelayEstimator()
    silence = np.zeros(BLOCK, np.int16)

    assert {estimator.find(silence, silence) for _ in range(1000)} == {None}


@given(st.integers(0, 3 * BLOCK), st.integers(0, 2**32 - 1))
@examples(30)
def test_held_back_means_later_and_nothing_else(frames: int, seed: int) -> None:
    """The same samples come out, `frames` later."""
    sound = np.random.default_rng(seed).integers(-900, 900, 6 * BLOCK).astype(np.int16)
    line = DelayLine(frames)
    out = np.concatenate([line.block(block) for block in blocks(sound)])

    assert np.array_equal(out[frames:], sound[: len(sound) - frames])
    assert not out[:frames].any()


def tone(at: np.ndarray) -> np.ndarray:
    """Return a tone of 2 kHz at these frames."""
    return 8000 * np.sin(2 * np.pi * 2000 * at / RATE)


@pytest.mark.parametrize("rate", [-100e-6, 0.0, 50e-6])
@given(start=st.floats(HALF, 900))
@examples(10)
def test_a_fraction_of_a_frame_is_held_back_too(rate: float, start: float) -> None:
    """The sound of `frames` and the drift until then, earlier: to -40 dB at 2 kHz."""
    now = np.arange(RATE)
    line = DelayLine(start, rate)
    out = np.concatenate([line.block(block) for block in blocks(tone(now).astype(np.int16))])
    wanted = tone(now - np.maximum(start + rate * now, HALF))
    off = (out - wanted)[1000 + HALF :]

    assert np.sqrt(np.mean(off**2)) < 8000 / np.sqrt(2) * 10 ** (-40 / 20)


def held(pipeline: EchoPipeline, one: SimulatedRoom, seconds: float) -> float:
    """Return by how many frames the reference is held back after `seconds` of the coach."""
    for played in blocks(COACH)[: int(seconds * RATE / BLOCK)]:
        pipeline.hear(one.pass_block(played), played)
    return pipeline.held_back


@pytest.mark.parametrize("delay_ms", [20, 60, 240])
def test_the_reference_comes_just_before_its_echo(delay_ms: int) -> None:
    """5 ms are left to the canceller, within the first second of voice."""
    frames = held(EchoPipeline(KalmanCanceller), room(delay_ms), 1.5)

    assert frames == pytest.approx((delay_ms - 5) * FRAMES_PER_MS, abs=1)


def test_an_echo_at_once_is_left_as_it_is() -> None:
    """Where the echo comes within 5 ms there is nothing to delay, and nothing restarts."""
    made = 0

    def make() -> KalmanCanceller:
        nonlocal made
        made += 1
        return KalmanCanceller()

    assert held(EchoPipeline(make), room(3), 8.0) == 0.0
    assert made == 1


def test_a_gap_in_what_the_card_carries_is_followed() -> None:
    """100 ms more between playing and hearing: found within three seconds."""
    pipeline = EchoPipeline(KalmanCanceller)
    held(pipeline, room(60), 6.0)

    assert held(pipeline, room(160), 4.0) == pytest.approx(155 * FRAMES_PER_MS, abs=1)


def test_a_late_echo_is_masked_as_well_as_an_early_one() -> None:
    """At 240 ms the canceller alone would leave most of it; aligned, the gate keeps it out."""
    one, pipeline = room(240), EchoPipeline(KalmanCanceller)
    heard = [pipeline.hear(one.pass_block(played), played) for played in blocks(COACH)]
    late = np.concatenate(heard)[10 * RATE :].astype(np.float64)

    assert np.mean(late**2) < 32768**2 * 1e-6  # -60 dBFS


def test_no_frame_is_lost_by_a_restart() -> None:
    """The recogniser's clock stays right across the alignment."""
    one, pipeline = room(240), EchoPipeline(KalmanCanceller)
    given_out = 0
    for number, played in enumerate(blocks(COACH)):
        given_out += len(pipeline.hear(one.pass_block(played), played))

        assert 0 <= (number + 1) * BLOCK - given_out <= 20 * BLOCK
