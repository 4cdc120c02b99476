"""The DC blocker: an offset is taken out, sound stays, and a user over the coach is heard."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.speech import speech_like as speech
from tests.effort import examples
from tests.fakes.recogniser import TypedRecogniser
from voicecoach.app.pipeline import Listener
from voicecoach.audio.calibration_noise import Preamble
from voicecoach.audio.clip import NOTHING, Samples
from voicecoach.audio.dc_blocker import DcBlocker
from voicecoach.audio.echo_pipeline import EchoPipeline
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.decision.hearing import Hearing
from voicecoach.simulation.room import PlacedUtterance, SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame

SECONDS = 8
SETTLED = slice(6 * RATE, None)
HUM = np.rint(2000 * np.sin(2 * np.pi * 50 * np.arange(SECONDS * RATE) / RATE)).astype(np.int16)


def through(sound: Samples) -> Samples:
    """Return what comes out of a fresh blocker."""
    blocker = DcBlocker()
    return np.concatenate([blocker.take(block) for block in sound.reshape(-1, BLOCK)])


@examples(30)
@given(st.integers(-20_000, 20_000), st.integers(0, 2**32 - 1), st.floats(0, 3000), st.booleans())
def test_an_offset_is_taken_out(offset: int, seed: int, loud: float, hums: bool) -> None:
    """Of noise and hum as loud as they may be, within hundredths of their level."""
    sound = np.random.default_rng(seed).normal(0, loud, SECONDS * RATE) + hums * HUM
    mic = np.clip(np.rint(sound + offset), -32768, 32767).astype(np.int16)

    out = through(mic)[SETTLED].astype(np.float64)
    expected = mic[SETTLED] - float(offset)

    assert abs(np.mean(out - expected)) <= 1 + 0.02 * (loud + 2000 * hums) + abs(offset) / 100


@examples(30)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1))
def test_speech_without_an_offset_hardly_changes(seed: int, loud: float) -> None:
    """By less than 40 dB below it."""
    sound = np.rint(speech(SECONDS, seed % 1000) * loud).astype(np.int16)
    changed = through(sound).astype(np.float64) - sound

    assert np.std(changed) + abs(np.mean(changed)) < 1 + 0.01 * np.std(sound)


def test_digital_silence_stays_what_it_is() -> None:
    """After an offset, too: the gate and the recogniser know it by its zeros."""
    silence = np.zeros(RATE, np.int16)
    sound = np.concatenate([np.full(4 * RATE, 500, np.int16), silence])

    assert not through(sound)[-len(silence) :].any()


class Kept(TypedRecogniser):
    """A recogniser that hears nothing, and keeps what it is given."""

    def __init__(self) -> None:
        super().__init__(list)
        self.fed: list[Samples] = []

    def feed(self, block: Samples) -> list[Hearing]:
        """Keep a block."""
        self.fed.append(block)
        return super().feed(block)


@pytest.mark.parametrize("offset", [1500, -4000])
def test_a_user_over_the_coach_passes_beside_an_offset(offset: int) -> None:
    """As many blocks of the user's word come to the recogniser as without the offset."""
    assert passed(offset) >= passed(0) - 2 > 30


def passed(offset: int) -> int:
    """Return how many blocks of a word over the coach reach the recogniser."""
    said = PlacedUtterance(Frame(12 * RATE), speech(0.6, 5, pitch=190, pause=0.0))
    room = SimulatedRoom(RoomSettings(echo_db=6.0), [said])
    recogniser = Kept()
    listener = Listener(recogniser, EchoPipeline(KalmanCanceller), Preamble(NOTHING))
    listener.begin(Frame(0))
    coach = speech(14.0, seed=2, pause=0.1)
    for played in coach[: len(coach) // BLOCK * BLOCK].reshape(-1, BLOCK):
        mic = room.pass_block(played).astype(np.int32) + offset
        listener.hear(np.clip(mic, -32768, 32767).astype(np.int16), played)
    heard = np.concatenate(recogniser.fed)[12 * RATE : 13 * RATE]
    return sum(block.any() for block in heard.reshape(-1, BLOCK))
