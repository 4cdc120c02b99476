"""The delay of the echo is found, and the reference held back by it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.contracts.speech import speech_like
from voicecoach.audio.align import AGREE, Delayed, DelayFinder, held_back
from voicecoach.audio.clip import Samples
from voicecoach.audio.duplex import Duplex
from voicecoach.audio.echo import SpeexCanceller
from voicecoach.room.acoustics import active_dbfs
from voicecoach.room.scenario import RoomSettings
from voicecoach.room.simulated import SimulatedRoom
from voicecoach.units import BLOCK, FRAMES_PER_MS, RATE, Ms

COACH = speech_like(14.0, seed=11)


def blocks(samples: Samples) -> list[Samples]:
    """Cut into blocks."""
    return [samples[i : i + BLOCK] for i in range(0, len(samples) - BLOCK + 1, BLOCK)]


def room(delay_ms: int, echo_db: float | None = 0.0, rt60_ms: int = 350) -> SimulatedRoom:
    """Return a room with nobody but the coach in it."""
    settings = RoomSettings(echo_db=echo_db, delay_ms=Ms(delay_ms), rt60_ms=Ms(rt60_ms))
    return SimulatedRoom(settings, (), active_dbfs(COACH))


def found(one: SimulatedRoom) -> int | None:
    """Return the first delay that is found while the coach speaks."""
    finder = DelayFinder()
    for played in blocks(COACH):
        delay = finder.find(one.pass_block(played), played)
        if delay is not None:
            return delay
    return None


@pytest.mark.parametrize("delay_ms", [0, 40, 120, 240, 400])
@pytest.mark.parametrize("echo_db", [-12.0, 6.0])
def test_the_delay_is_found(delay_ms: int, echo_db: float) -> None:
    """In a living room, quiet or loud, to a few milliseconds."""
    delay = found(room(delay_ms, echo_db))

    assert delay is not None
    assert abs(delay - delay_ms * FRAMES_PER_MS) <= AGREE


def test_without_an_echo_none_is_found() -> None:
    """A microphone that hears only the room has no delay."""
    assert found(room(60, echo_db=None)) is None


def test_a_silent_coach_tells_nothing() -> None:
    """Two silences are not compared."""
    finder = DelayFinder()
    silence = np.zeros(BLOCK, np.int16)

    assert {finder.find(silence, silence) for _ in range(1000)} == {None}


@given(st.integers(0, 3 * BLOCK), st.integers(0, 2**32 - 1))
@settings(max_examples=30, deadline=None)
def test_held_back_means_later_and_nothing_else(frames: int, seed: int) -> None:
    """The same samples come out, `frames` later."""
    sound = np.random.default_rng(seed).integers(-900, 900, 6 * BLOCK).astype(np.int16)
    delayed = Delayed(frames)
    out = np.concatenate([delayed.block(block) for block in blocks(sound)])

    assert np.array_equal(out[frames:], sound[: len(sound) - frames])
    assert not out[:frames].any()


def test_an_early_echo_is_left_to_the_canceller() -> None:
    """Up to 80 ms nothing changes; later ones leave 20 ms to it."""
    assert held_back(60 * FRAMES_PER_MS) == 0
    assert held_back(240 * FRAMES_PER_MS) == 220 * FRAMES_PER_MS


def test_a_shift_within_reach_changes_nothing() -> None:
    """The canceller follows small shifts itself; one that would come too early is not left."""
    assert held_back(250 * FRAMES_PER_MS, 220 * FRAMES_PER_MS) == 220 * FRAMES_PER_MS
    assert held_back(222 * FRAMES_PER_MS, 220 * FRAMES_PER_MS) == 202 * FRAMES_PER_MS
    assert held_back(320 * FRAMES_PER_MS, 220 * FRAMES_PER_MS) == 300 * FRAMES_PER_MS


def test_a_late_echo_is_masked_as_well_as_an_early_one() -> None:
    """At 240 ms the canceller alone would leave most of it; aligned, the gate keeps it out."""
    one, duplex = room(240), Duplex(SpeexCanceller)
    heard = [duplex.hear(one.pass_block(played), played) for played in blocks(COACH)]
    late = np.concatenate(heard)[10 * RATE :].astype(np.float64)

    assert 10 * np.log10(np.mean(late**2) / 32768**2) < -60


def test_no_frame_is_lost_when_all_begins_anew() -> None:
    """The recogniser's clock stays right across the alignment."""
    one, duplex = room(240), Duplex(SpeexCanceller)
    given_out = 0
    for number, played in enumerate(blocks(COACH)):
        given_out += len(duplex.hear(one.pass_block(played), played))

        assert 0 <= (number + 1) * BLOCK - given_out <= 20 * BLOCK
