"""Two clocks: the drift is found, and the cancellation kept."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import LAG, Duplex
from voicecoach.audio.gate import PREROLL
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.audio.skew import LEAST, NOTICED, SkewFinder
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Ms

COACH = speech_like(30.0, seed=11)


def slope_of(delays: list[float]) -> float:
    """Return the slope after these delays, one a second."""
    finder = SkewFinder()
    return [finder.slope(n * RATE, delay) for n, delay in enumerate(delays)][-1]


@given(st.floats(-200, 200), st.integers(LEAST + 1, 40), st.integers(0, 2**32 - 1))
def test_a_drift_is_found_to_a_few_ppm(ppm: float, count: int, seed: int) -> None:
    """Delays with a tenth of a frame of error give the drift, and nothing else where there is
    none.
    """
    error = np.random.default_rng(seed).uniform(-0.1, 0.1, count)
    delays = [900 + ppm * 1e-6 * RATE * n + error[n] for n in range(count)]
    found = slope_of(delays) * 1e6

    assert abs(found - ppm) < max(NOTICED * 1e6, 0.2 / (LEAST * RATE) * 1e6) + 1.0


@given(st.integers(0, 19), st.floats(-5, 5))
def test_a_single_wrong_delay_does_not_count(where: int, wrong: float) -> None:
    """One estimate that is off by less than a jump changes the drift by little."""
    delays = [900 + 0.8 * n for n in range(20)]
    delays[where] += wrong

    assert slope_of(delays) * 1e6 == pytest.approx(50, abs=6)


def test_a_jump_tells_nothing_about_the_clocks() -> None:
    """After a gap in what the card carries the drift is what it was, and found anew."""
    drifting = [900 + 0.8 * n for n in range(20)]

    assert slope_of([900.0] * 20 + [1220.0]) == 0.0
    assert slope_of([*drifting, 1220.0, 580.0]) * 1e6 == pytest.approx(50)
    assert slope_of([900.0] * 20 + [1220 + 0.8 * n for n in range(10)]) * 1e6 == pytest.approx(50)


def test_too_few_delays_tell_nothing() -> None:
    """Below `LEAST` there is no slope."""
    assert slope_of([900 + 0.8 * n for n in range(LEAST - 1)]) == 0.0
    assert slope_of([900 + 0.8 * n for n in range(LEAST)]) > 0.0


class Kept(KalmanCanceller):
    """Keeps what it gives to the gate."""

    def __init__(self) -> None:
        super().__init__()
        self.clean: list[Samples] = []

    def cancel(self, mic: Samples, played: Samples) -> Samples:
        """Cancel as ever, and keep the result."""
        self.clean.append(super().cancel(mic, played))
        return self.clean[-1]


@dataclass(frozen=True)
class Run:
    """What became of the coach's voice in a room with two clocks."""

    residue_db: float
    """What is left of the echo in the last third, before the gate, in dB of the microphone."""
    behind: tuple[int, ...]
    """By how many frames what came out was behind the microphone, after each block."""
    held_back: int


@cache
def run(ppm: float, delay_ms: int = 60, seconds: int = 20) -> Run:
    """Let the coach speak for so long."""
    settings = RoomSettings(echo_db=6.0, delay_ms=Ms(delay_ms), skew_ppm=ppm)
    room, canceller = SimulatedRoom(settings, (), active_dbfs(COACH)), Kept()
    duplex, given_out, behind = Duplex(lambda: canceller), 0, []
    mics: list[Samples] = []
    for start in range(0, seconds * RATE, BLOCK):
        played = COACH[start : start + BLOCK]
        mics.append(room.pass_block(played))
        given_out += len(duplex.hear(mics[-1], played))
        behind.append(len(mics) * BLOCK - given_out)
    late = seconds * RATE // BLOCK // 3
    clean, mic = (np.concatenate(side[-late:]).astype(float) for side in (canceller.clean, mics))
    left = float(10 * np.log10(np.sum(clean**2) / np.sum(mic**2)))
    return Run(left, tuple(behind), duplex.held_back)


def test_two_clocks_cost_little() -> None:
    """50 ppm either way leaves at most 6 dB more of the echo than one clock does."""
    one = run(0.0).residue_db

    assert one < -20
    assert run(50.0).residue_db < one + 6
    assert run(-50.0).residue_db < one + 6


def test_a_delay_that_is_eaten_up_costs_little() -> None:
    """Where the echo would come before its reference, the microphone waits instead.

    In 30 s at 200 ppm 6 ms go, of 9 that there were.
    """
    assert run(-200.0, 9, 30).residue_db < run(0.0, 9, 30).residue_db + 8


def test_no_frame_is_lost_while_the_microphone_waits() -> None:
    """All that the microphone got comes out in its order, later by at most the lag and the gate."""
    waited = run(-200.0, 9, 30)

    assert all(0 <= frames <= (PREROLL + LAG) * BLOCK for frames in waited.behind)
    assert waited.held_back > LAG * BLOCK / 2
