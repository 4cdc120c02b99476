"""The gate behind the canceller: the coach's residue stays out, the user gets through."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like as speech
from tests.effort import examples
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.gate import LEARN, PREROLL, EchoGate
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.simulation.acoustics import active_dbfs
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Ms

SILENCE = np.zeros(RATE // 2, np.int16)

FLOOR = np.random.default_rng(3).normal(0, 10, 20 * RATE).astype(np.int16)
"""A quiet room: about -70 dBFS."""


def through(clean: Samples, played: Samples, mic: Samples | None = None) -> Samples:
    """Return what comes out of a fresh gate, block by block."""
    gate = EchoGate()
    sides = (clean if mic is None else mic, clean, played)
    starts = range(0, len(clean) - BLOCK + 1, BLOCK)
    return np.concatenate(
        [gate.pass_block(*(side[i : i + BLOCK] for side in sides)) for i in starts]
    )


def level(samples: Samples) -> float:
    """Return the level in dBFS."""
    power = np.mean(np.square(samples.astype(np.float64)))
    return float(10 * np.log10(power / 32768**2 + 1e-12))


def test_everything_passes_at_once_while_the_coach_is_silent() -> None:
    """Without a reference the gate changes nothing and holds nothing back."""
    user = speech(3.0, seed=1)

    assert np.array_equal(through(user, np.zeros_like(user)), user)


def test_the_residue_of_the_coach_is_masked() -> None:
    """A residue 25 dB under the coach comes out no louder than the room."""
    coach = speech(12.0, seed=2)
    clean = (coach * 0.05).astype(np.int16) + FLOOR[: len(coach)]

    late = through(clean, coach)[4 * RATE :]

    assert level(clean[4 * RATE :]) > -55
    assert level(late) < -64


@pytest.mark.parametrize("over_residue_db", [26, 20])
def test_a_user_over_the_coach_passes_whole(over_residue_db: int) -> None:
    """What exceeds the residue passes unchanged, its first sound included."""
    coach = speech(14.0, seed=2)
    residue = (coach * 0.03).astype(np.int16) + FLOOR[: len(coach)]
    word = speech(1.0, seed=5, pause=0.0)
    word = (word * 10 ** ((over_residue_db + level(residue) - level(word)) / 20)).astype(np.int16)
    at = 10 * RATE
    clean = residue.copy()
    clean[at : at + len(word)] += word

    out = through(clean, coach)

    assert np.array_equal(out[at : at + len(word) // 2], clean[at : at + len(word) // 2])


def test_a_canceller_is_never_trusted_wholly() -> None:
    """A residue 66 dB under the echo, less than a quiet room's noise, does not come through as it
    is: words are found in it where a microphone gives digital silence around it.
    """
    coach = speech(10.0, seed=2)
    clean = (coach * 0.0005).astype(np.int16)
    settled = slice(4 * RATE, 9 * RATE)

    without_echo = through(clean, coach)[settled]
    masked = through(clean, coach, mic=coach)[settled]

    assert np.array_equal(without_echo, clean[settled])
    assert not masked.any()


def test_a_word_that_did_not_pass_does_not_hide_the_next() -> None:
    """Who was not heard over a short cue says it again, 8 dB louder, over the next: it passes.

    What was learned from the first word is not in the way; only while the coach speaks is it
    forgotten, and cues are short.
    """
    said, word = speech(0.7, seed=2, pause=0.0), speech(0.7, seed=5, pause=0.0)
    cue = np.concatenate([said, np.zeros(2 * RATE, np.int16)])
    coach = np.concatenate([speech(6.0, seed=2), np.tile(cue, 4)])
    clean = (coach * 0.03).astype(np.int16) + FLOOR[: len(coach)]
    begins = [len(coach) - n * len(cue) for n in (3, 2, 1)]
    for begin, over_db in zip(begins, (8, 8, 16), strict=True):
        loud = word * 0.03 * 10 ** ((over_db + level(said) - level(word)) / 20)
        clean[begin : begin + len(word)] += loud.astype(np.int16)

    out = through(clean, coach)

    _, second, third = (slice(begin, begin + len(word) // 2) for begin in begins)
    assert level(out[second]) < -70
    assert np.array_equal(out[third], clean[third])


def test_the_first_moments_of_the_coach_are_learned_from() -> None:
    """However loud the echo is before the canceller has converged, it is not taken for a user."""
    coach = speech(2.0, seed=4)
    out = through(coach, coach)

    assert level(out[: LEARN * BLOCK // 2]) < -60


@examples(25)
@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_no_frame_is_lost_or_late(seed: int, heard: float, said: float) -> None:
    """At any time all but the preroll has come out: the recogniser's clock stays right."""
    noise = np.random.default_rng(seed)
    mic, clean, played = (
        noise.normal(0, 3000 * loud, (200, BLOCK)).astype(np.int16) for loud in (1, heard, said)
    )
    gate, given_out = EchoGate(), 0
    for k in range(200):
        given_out += len(gate.pass_block(mic[k], clean[k], played[k]))

        assert (k + 1 - PREROLL) * BLOCK <= given_out <= (k + 1) * BLOCK


def test_the_same_sound_gives_the_same_bits() -> None:
    """Two gates agree."""
    coach = speech(3.0, seed=2)
    clean = (coach * 0.05).astype(np.int16)

    assert np.array_equal(through(clean, coach), through(clean, coach))


def test_a_microphone_of_digital_silence_opens_nothing() -> None:
    """Where no noise covers the end of the coach's echo, that end is not taken for a user."""
    coach = np.concatenate(
        [np.concatenate([speech(0.6, k, pause=0.0), SILENCE]) for k in range(12)]
    )
    settings = RoomSettings(echo_db=0.0, rt60_ms=Ms(350), floor_db=float("-inf"))
    room, pipeline = SimulatedRoom(settings, (), active_dbfs(coach)), EchoPipeline(KalmanCanceller)
    starts = range(0, len(coach) - BLOCK + 1, BLOCK)
    pairs = ((room.pass_block(coach[i : i + BLOCK]), coach[i : i + BLOCK]) for i in starts)
    heard = np.concatenate([pipeline.hear(mic, played) for mic, played in pairs])

    assert level(heard[len(heard) // 2 :]) < -66


def test_digital_silence_brings_nothing() -> None:
    """A user who speaks over the coach disturbs the canceller, which then adds to a microphone that
    is digitally silent; nothing of that passes.
    """
    coach, user = speech(12.0, seed=5), speech(1.0, seed=6, pause=0.0)
    mic = np.zeros_like(coach)
    for at in (3 * RATE, 6 * RATE):
        mic[at : at + len(user)] = user
    canceller, pipeline = KalmanCanceller(), EchoPipeline(KalmanCanceller)
    sides = [(mic[i : i + BLOCK], coach[i : i + BLOCK]) for i in range(0, len(coach), BLOCK)]
    cleaned = np.stack([canceller.cancel(*side) for side in sides])
    heard = np.concatenate([pipeline.hear(*side) for side in sides]).reshape(-1, BLOCK)
    silent = ~mic.reshape(-1, BLOCK).any(axis=1)

    assert cleaned[silent].any()
    assert heard.any()
    assert not heard[silent[: len(heard)]].any()
