"""The Kalman canceller keeps its port's contract, and finds its way when the room changes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.contracts.canceller import CancelsEcho, level, record, run
from tests.contracts.speech import speech_like
from voicecoach.audio.clip import Samples
from voicecoach.audio.kalman import KalmanCanceller
from voicecoach.units import RATE

COACH = speech_like(14, 21)
CHANGE = 6 * RATE


class TestKalmanCanceller(CancelsEcho):
    """The adaptive filter in the frequency domain."""

    def make(self) -> KalmanCanceller:
        """Return one."""
        return KalmanCanceller()


def later(seconds: float) -> slice:
    """Return what comes `seconds` after the change and until the end."""
    return slice(CHANGE + int(seconds * RATE), None)


def gap(frames: int) -> Samples:
    """Return the reference with `frames` lost, or doubled, at the change."""
    rest = COACH[CHANGE + frames :] if frames > 0 else COACH[CHANGE + frames :][: -abs(frames)]
    return np.resize(np.concatenate([COACH[:CHANGE], rest]), len(COACH))


@pytest.mark.parametrize("frames", [320, -320])
def test_a_gap_in_what_the_card_carries_is_overcome(frames: int) -> None:
    """Three seconds after 20 ms were lost or doubled the echo is 10 dB lower again."""
    mic = record(COACH)
    heard = run(KalmanCanceller(), mic, gap(frames))
    there = slice(CHANGE + 3 * RATE, len(COACH) - RATE)

    assert level(mic[there]) - level(heard[there]) >= 10.0


def test_an_echo_that_goes_away_leaves_nothing() -> None:
    """A second after headphones were plugged in, no echo of the filter's own is left."""
    mic = record(COACH)
    mic[CHANGE:] = 0
    heard = run(KalmanCanceller(), mic, COACH)

    assert level(heard[later(1.0)]) < level(COACH) - 40


def test_an_echo_that_comes_late_is_learned() -> None:
    """Headphones plugged out after a while: 4 s later the echo is 10 dB lower."""
    mic = record(COACH)
    mic[:CHANGE] = 0
    heard = run(KalmanCanceller(), mic, COACH)

    assert level(mic[later(4.0)]) - level(heard[later(4.0)]) >= 10.0


def test_loud_sound_does_not_wrap_around() -> None:
    """A microphone at full scale comes out at full scale at most, never turned over."""
    loud = np.full(RATE, 32767, np.int16)
    heard = run(KalmanCanceller(), loud, np.zeros_like(loud))

    assert heard.min() == 32767
