"""The message for a user without a sound card, or without PortAudio."""

from __future__ import annotations

import subprocess
import sys

NO_PORTAUDIO = """
import ctypes.util
ctypes.util.find_library = lambda name: None
"""
START = """
from tests.contracts.device import Recorder
from voicecoach.devices.sound_card import Card
from voicecoach.errors import DeviceError
try:
    Card().start(Recorder())
except DeviceError as error:
    print(error)
"""


def told(code: str) -> str:
    """Return what a fresh Python prints that has no sound card in its ALSA settings."""
    env = {"ALSA_CONFIG_PATH": "/dev/null", "PYTHONPATH": ":".join(sys.path)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout


def test_missing_portaudio_names_the_package() -> None:
    """The message says what to install."""
    assert "sudo apt install libportaudio2" in told(NO_PORTAUDIO + START)


def test_importing_the_card_needs_no_portaudio() -> None:
    """The library is loaded on the first use only."""
    assert told(NO_PORTAUDIO + "import voicecoach.devices.sound_card; print('fine')") == "fine\n"
