"""Other programs on the virtual card are lowered while the coach speaks, and always restored."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.rehearsals import SMALL
from tests.card.program import Program
from tests.contracts.other_players import OtherPlayersContract
from voicecoach.devices.other_players import FACTOR, PulsePlayers
from voicecoach.ports import OtherPlayers

pulsectl = pytest.importorskip("pulsectl", reason="without the extra `ducking` nothing is lowered")

pytestmark = pytest.mark.card

NAME = "voicecoach test player"
PATIENCE_S = 60.0


@pytest.fixture(autouse=True)
def player() -> Iterator[None]:
    """Let another program play silence on the loudspeaker, at full level."""
    command = ["pacat", "--playback", "-d", "speaker", f"--client-name={NAME}", "--volume=65536"]
    with Path("/dev/zero").open("rb") as zeros:
        playing = subprocess.Popen([*command, "/dev/zero"], stdin=zeros)
        assert becomes(low=False)
        yield
        playing.kill()
        playing.wait()


def level() -> float | None:
    """Return the level of the other program; None if it does not play."""
    with pulsectl.Pulse("voicecoach test") as pulse:
        for stream in pulse.sink_input_list():
            if stream.proplist.get("application.name") == NAME:
                return float(stream.volume.value_flat)
    return None


def becomes(low: bool) -> bool:
    """Wait until the other program is low, or full."""
    wanted, until = FACTOR if low else 1.0, time.monotonic() + PATIENCE_S
    with pulsectl.Pulse("voicecoach test events") as events:
        events.event_mask_set("sink_input")
        events.event_callback_set(_stop)
        while time.monotonic() < until:
            found = level()
            if found is not None and abs(found - wanted) < 0.02:
                return True
            events.event_listen(timeout=1.0)
    return False


def _stop(_event: object) -> None:
    raise pulsectl.PulseLoopStop


class TestPulsePlayers(OtherPlayersContract):
    """The kit on a real sound server."""

    @pytest.fixture
    def players(self, tmp_path: Path) -> Iterator[OtherPlayers]:
        """Return the players on the virtual card."""
        players = PulsePlayers(tmp_path / "lowered.json")
        yield players
        players.close()

    def level_becomes(self, low: bool) -> bool:
        """Ask the server."""
        return becomes(low)


def test_what_the_user_changes_meanwhile_stays(tmp_path: Path) -> None:
    """A level that is set by hand is not overwritten."""
    players = PulsePlayers(tmp_path / "lowered.json")
    players.lower()
    assert becomes(low=True)
    with pulsectl.Pulse("voicecoach test") as pulse:
        for stream in pulse.sink_input_list():
            if stream.proplist.get("application.name") == NAME:
                pulse.volume_set_all_chans(stream, 0.2)
    players.close()
    assert abs((level() or 0) - 0.2) < 0.02


def test_a_killed_session_leaves_nothing_low(tmp_path: Path) -> None:
    """SIGKILL while the coach speaks: the next start restores what it left low."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "two.yaml").write_text(SMALL, "utf-8")
    words = ("start", str(home / "two.yaml"), "--no-microphone")
    with Program(home, *words) as program:
        program.until("coach")
        assert becomes(low=True)
        os.kill(program.pid, signal.SIGKILL)
    assert becomes(low=True)
    left = home / ".local" / "share" / "voicecoach" / "lowered.json"
    assert left.exists()
    with Program(home, *words, "--others", "leave") as program:
        assert becomes(low=False)
        program.until("coach")
        program.interrupt()
    assert not left.exists()


def test_a_session_that_ends_restores_it(tmp_path: Path) -> None:
    """Ctrl-C in the middle of a word."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "two.yaml").write_text(SMALL, "utf-8")
    with Program(home, "start", str(home / "two.yaml"), "--no-microphone") as program:
        program.until("coach")
        assert becomes(low=True)
        program.interrupt()
    assert becomes(low=False)
