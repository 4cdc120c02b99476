"""Choosing sound devices by name, with errors that list the devices there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.errors import DeviceError, did_you_mean


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """A sound device that the system offers."""

    index: int
    """PortAudio's number; it changes from start to start, so settings never contain it."""
    name: str
    inputs: int
    """Channels that can be recorded; 0 for a loudspeaker."""
    outputs: int
    """Channels that can be played; 0 for a microphone."""
    rate: int
    """Preferred rate in Hz."""
    default_input: bool = False
    default_output: bool = False


def choose(wanted: str, found: Sequence[DeviceInfo], *, microphone: bool) -> DeviceInfo:
    """Return the device whose name contains `wanted` in any case; empty means the default device.

    A name that matches exactly wins over one that only contains it. Raises `DeviceError` when none
    or several match.
    """
    kind = "microphone" if microphone else "loudspeaker"
    able = [f for f in found if (f.inputs if microphone else f.outputs)]
    if not able:
        raise DeviceError(f"there is no {kind}", _why(found), "plug one in; see: voicecoach doctor")
    if not wanted:
        usual = [f for f in able if (f.default_input if microphone else f.default_output)]
        return (usual or able)[0]
    exact = [f for f in able if f.name.lower() == wanted.lower()]
    near = exact or [f for f in able if wanted.lower() in f.name.lower()]
    names = ", ".join(f"'{f.name}'" for f in near or able)
    if not near:
        hint = did_you_mean(wanted, [f.name for f in able])
        next_step = f"{hint} There are: {names}".strip()
        raise DeviceError(f"there is no {kind} '{wanted}'", "no name holds that text", next_step)
    if len(near) > 1:
        raise DeviceError(
            f"'{wanted}' could be several {kind}s", f"it fits {names}", "write more of the name"
        )
    return near[0]


def _why(found: Sequence[DeviceInfo]) -> str:
    return "the system offers no sound card" if not found else "no device has that direction"
