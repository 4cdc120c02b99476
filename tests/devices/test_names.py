"""Devices are chosen by name, and a bad name is answered with the good ones."""

from __future__ import annotations

import pytest

from voicecoach.devices.device_names import DeviceInfo, choose
from voicecoach.errors import DeviceError

FOUND = [
    DeviceInfo(0, "HDA Intel PCH: ALC257 Analog (hw:0,0)", 2, 2, 48_000),
    DeviceInfo(1, "Jabra SPEAK 510 USB: Audio (hw:1,0)", 1, 2, 16_000),
    DeviceInfo(2, "HDMI 0 (hw:0,3)", 0, 8, 44_100),
    DeviceInfo(3, "pulse", 32, 32, 44_100),
    DeviceInfo(4, "default", 32, 32, 44_100, True, True),
]


def test_no_name_is_the_systems_default() -> None:
    """An empty name follows the system."""
    assert choose("", FOUND, microphone=True).name == "default"


def test_without_a_default_the_first_able_device_serves() -> None:
    """A system that names no default still has its first microphone."""
    assert choose("", FOUND[1:3], microphone=True).index == 1


@pytest.mark.parametrize("name", ["jabra", "SPEAK 510", "Jabra SPEAK 510 USB: Audio (hw:1,0)"])
def test_part_of_a_name_is_enough(name: str) -> None:
    """Any part, any case."""
    assert choose(name, FOUND, microphone=False).index == 1


def test_an_exact_name_wins() -> None:
    """'pulse' is 'pulse', even when another device's name holds that word."""
    found = [*FOUND, DeviceInfo(5, "pulse (echo-cancelled)", 2, 2, 48_000)]
    assert choose("Pulse", found, microphone=True).index == 3


def test_an_ambiguous_name_lists_what_it_fits() -> None:
    """The user sees the candidates."""
    with pytest.raises(DeviceError, match="several loudspeakers") as caught:
        choose("hw:0", FOUND, microphone=False)
    assert "ALC257" in caught.value.why
    assert "HDMI" in caught.value.why
    assert "Jabra" not in caught.value.why


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    """The hint and the list."""
    with pytest.raises(DeviceError, match="no loudspeaker 'plus'") as caught:
        choose("plus", FOUND, microphone=False)
    assert "did you mean 'pulse'?" in caught.value.next_step
    assert "Jabra" in caught.value.next_step


def test_a_device_of_the_other_direction_does_not_count() -> None:
    """HDMI has no microphone."""
    with pytest.raises(DeviceError, match="no microphone 'HDMI'"):
        choose("HDMI", FOUND, microphone=True)


def test_no_microphone_at_all_is_said() -> None:
    """A machine with a loudspeaker only, and one with nothing."""
    with pytest.raises(DeviceError, match="there is no microphone"):
        choose("", FOUND[2:3], microphone=True)
    with pytest.raises(DeviceError) as caught:
        choose("", [], microphone=False)
    assert caught.value.why == "the system offers no sound card"
