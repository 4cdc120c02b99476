"""The sound card adapter on the virtual card that ``virtual_card.sh`` starts.

Without a card these tests are skipped; with VOICECOACH_CARD=1 they must run.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soxr

from tests.card.room import Room
from tests.contracts.device import DeviceContract, Recorder, Rig, let_pass, let_play
from voicecoach.audio.clip import Samples
from voicecoach.devices.sound_card import Card, list_devices
from voicecoach.errors import DeviceError
from voicecoach.units import BLOCK

pytestmark = pytest.mark.card

HERE = Path(__file__).parent


class Player(Recorder):
    """Plays given samples, then silence."""

    def __init__(self, samples: Samples) -> None:
        super().__init__()
        self._samples = samples

    def fill(self, frames: int) -> Samples:
        """Play the next frames."""
        start = BLOCK * len(self.asked)
        super().fill(frames)
        block = self._samples[start : start + frames]
        return np.pad(block, (0, frames - len(block)))


def noise(seconds: float) -> Samples:
    """Return noise below 4 kHz, which passes the card's converters unharmed."""
    source = np.random.default_rng(1).standard_normal(int(16_000 * seconds))
    taps = np.sinc(np.arange(-64, 65) / 2) * np.hanning(129)
    sound = np.convolve(source, taps, "same")
    return np.asarray(np.rint(6000 * sound / np.abs(sound).max()), np.int16)


def offset(played: Samples, heard: Samples) -> int:
    """Return how many frames `heard` lags behind `played`."""
    size = 1 << (len(played) + len(heard)).bit_length()
    product = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(played, size))
    return int(np.argmax(np.fft.irfft(product, size)))


def loop(samples: Samples, seconds: float) -> Samples:
    """Play `samples` into a room that returns them whole; return what was heard."""
    player = Player(samples)
    card = Card()
    with Room(echo=1.0):
        card.start(player)
        try:
            blocks = int(100 * seconds)
            assert player.wait(lambda: len(player.heard) >= blocks or bool(player.why))
        finally:
            card.stop()
    assert player.why == []
    return np.concatenate(player.heard)


class TestCardContract(DeviceContract):
    """The kit on the real adapter."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return the card, stopped afterwards."""
        card = Card()
        yield Rig(card, let_pass)
        card.stop()


class TestLoudspeakerContract(DeviceContract):
    """The kit without a microphone, as `say` and typed commands use the card."""

    @pytest.fixture
    def rig(self) -> Iterator[Rig]:
        """Return the loudspeaker, stopped afterwards."""
        card = Card(microphone=None)
        yield Rig(card, let_play, hears=False)
        card.stop()


def worst_error(played: Samples, heard: Samples) -> float:
    """Return the worst error of a 0.1 s stretch, relative to the sound, at one fixed lag.

    The card counts at 48 kHz, so the lag is a whole number of thirds of a frame.
    """
    lag = offset(played, heard)
    thirds = soxr.resample(played.astype(np.float64), 16_000, 48_000)
    errors = []
    for shift in range(-3, 4):
        wanted = np.roll(thirds, shift)[::3][1600:-1600]
        back = heard[lag + 1600 : lag + 1600 + len(wanted)]
        parts = ((back - wanted) ** 2)[: len(wanted) // 1600 * 1600].reshape(-1, 1600)
        errors.append(float(np.sqrt(parts.mean(axis=1).max() / np.mean(wanted**2))))
    return min(errors)


def test_what_is_played_comes_back_sample_by_sample() -> None:
    """Six seconds of noise return at one lag, every tenth of a second within 1 %: no gap, no slip.

    A single frame lost or doubled would make all that follows wrong by more than 30 %.
    """
    played = noise(6.0)
    assert worst_error(played, loop(played, 7.0)) < 0.01


def test_devices_are_known_by_name() -> None:
    """A part of a name is enough; a wrong one lists what there is."""
    assert any("pulse" in found.name for found in list_devices())
    with pytest.raises(DeviceError, match="no loudspeaker 'pluse'") as caught:
        Card(speaker="pluse").start(Recorder())
    assert "did you mean 'pulse'?" in caught.value.next_step


KILLED = """
import subprocess, sys
from tests.contracts.device import Recorder, let_pass
from voicecoach.devices.sound_card import Card
recorder, card = Recorder(), Card()
card.start(recorder)
let_pass(recorder, 5)
subprocess.run([sys.argv[1], "stop", sys.argv[2]], check=True)
recorder.wait(lambda: bool(recorder.why))
card.stop()
print(len(recorder.asked) >= 5, recorder.why)
"""


def test_a_dead_sound_server_is_a_loss(tmp_path: Path) -> None:
    """When its server ends in mid-stream, the sound is told once, and `stop` returns."""
    script = str(HERE / "virtual_card.sh")
    subprocess.run([script, "start", str(tmp_path)], check=True)
    own = {
        "ALSA_CONFIG_PATH": str(tmp_path / "asound.conf"),
        "PULSE_SERVER": f"unix:{tmp_path / 'socket'}",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    try:
        told = subprocess.run(
            [sys.executable, "-c", KILLED, script, str(tmp_path)],
            env=os.environ | own,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
    finally:
        subprocess.run([script, "stop", str(tmp_path)], check=True)
    assert told.startswith("True ['the sound card stopped")
    assert told.count("stopped") == 1
