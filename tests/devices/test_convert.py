"""The converter between the coach's rate and a card's."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.audio.clip import Samples
from voicecoach.devices.convert import Converter
from voicecoach.devices.sound_card import RATES
from voicecoach.units import RATE


def tone(hertz: float, rate: int, seconds: float = 1.0) -> Samples:
    """Return a tone at half of full scale."""
    at = np.arange(int(rate * seconds)) / rate
    return np.asarray(np.rint(16_000 * np.sin(2 * np.pi * hertz * at)), np.int16)


def through(converter: Converter, samples: Samples) -> Samples:
    """Convert block by block."""
    blocks = samples.reshape(-1, converter.frames_in)
    return np.concatenate([converter.convert(block).copy() for block in blocks])


@pytest.mark.parametrize("rate", [r for r in RATES if r != RATE])
@pytest.mark.parametrize("hertz", [100, 1000, 5000])
def test_to_the_card_and_back_changes_nothing(rate: int, hertz: int) -> None:
    """A tone there and back is the same tone, late by both delays, 60 dB above the error."""
    up, down = Converter(RATE, rate), Converter(rate, RATE)
    sound = tone(hertz, RATE)
    back = through(down, through(up, sound)).astype(float)
    late = up.delay + down.delay * RATE / rate
    at = np.arange(4000, 12_000)
    wanted = 16_000 * np.sin(2 * np.pi * hertz * (at - late) / RATE)
    assert np.sqrt(np.mean((back[at] - wanted) ** 2)) < 16_000 / np.sqrt(2) / 1000


def test_what_the_coach_cannot_hear_is_removed() -> None:
    """A tone of 11 kHz at the card does not fold down into the speech band (-60 dB)."""
    heard = through(Converter(48_000, RATE), tone(11_000, 48_000))
    assert np.abs(heard[4000:].astype(int)).max() <= 16


def test_full_scale_does_not_wrap() -> None:
    """Overshoot is cut off at full scale, not folded to the other sign."""
    square = np.where(np.arange(16_000) // 80 % 2, 32767, -32768).astype(np.int16)
    loud = through(Converter(RATE, 48_000), square).reshape(-1, 3)[200:]
    signs = np.sign(loud[:, 1].astype(int))
    runs = np.diff(np.flatnonzero(np.diff(signs)))
    assert set(runs) <= {79, 80, 81}


def test_equal_rates_pass_through() -> None:
    """A card at the coach's own rate gets the very samples."""
    block = tone(440, RATE)[:160]
    converter = Converter(RATE, RATE)
    assert converter.convert(block) is block
    assert converter.delay == 0


def test_a_rate_without_whole_blocks_is_refused() -> None:
    """11025 Hz has no block of 10 ms."""
    with pytest.raises(ValueError, match="11025"):
        Converter(11_025, RATE)
