"""Commands that need a sound card, where there is none: they say so before they work."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from tests.devices.portaudio import PortAudio
from voicecoach.app.wiring import speech_folder
from voicecoach.errors import DeviceError

__all__ = ["home", "terminal"]


@pytest.mark.parametrize(
    "words",
    [
        ("doctor", "--sound"),
        ("listen", "--mic"),
        ("say", "Hello."),
        ("screen", "--spoken"),
        ("serve",),
        ("start", "desk-break"),
        ("start", "--minutes", "10"),
        ("teach",),
    ],
    ids=" ".join,
)
def test_it_is_told_before_a_line_is_rendered(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: tuple[str, ...]
) -> None:
    """What is said may take minutes to render: that would be for nothing."""
    library = PortAudio()
    library.devices = []
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "empty"))
    code, told = terminal(*words)
    assert code == DeviceError.exit_code
    assert "There is no loudspeaker" in told or "There is no microphone" in told
    assert not speech_folder().exists()
