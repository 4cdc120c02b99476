"""PortAudio's side of the card, for what no machine can be made to show: errors and losses.

It stands in for the module `sounddevice`, which is the library's boundary; the adapter is real.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

BUSY = "Error opening OutputStream: Device unavailable [PaErrorCode -9985]"
WRONG_RATE = "Error opening OutputStream: Invalid sample rate [PaErrorCode -9997]"
WRONG_CHANNELS = "Error opening InputStream: Invalid number of channels [PaErrorCode -9998]"


class PortAudioError(Exception):
    """As `sounddevice` raises it."""


class CallbackAbort(Exception):  # noqa: N818 - the library's own name
    """As `sounddevice` takes it from a callback."""


class Stream:
    """A stream that a test steps by `turn`."""

    latency = 0.1

    def __init__(self, owner: PortAudio, output: bool, **wanted: Any) -> None:
        refusal = owner.refuse(output, int(wanted["samplerate"]), int(wanted["channels"]))
        if refusal:
            raise PortAudioError(refusal)
        self._owner, self._output, self.wanted = owner, output, wanted
        self.open = True
        self.started = False
        self.before_close: Callable[[], object] = lambda: None
        owner.streams.append(self)

    def start(self) -> None:
        """Run, unless the system refuses."""
        if self._owner.refuse_start:
            raise PortAudioError(self._owner.refuse_start)
        self.started = True

    def turn(self, status: str = "") -> NDArray[np.int16]:
        """Call the callback once, and return the buffer."""
        buffer = np.full((self.wanted["blocksize"], self.wanted["channels"]), 7, np.int16)
        try:
            self.wanted["callback"](buffer, len(buffer), None, status)
        except CallbackAbort:
            self.end()
        return buffer

    def end(self) -> None:
        """End as after an unplug."""
        self.wanted["finished_callback"]()

    def abort(self, ignore_errors: bool) -> None:
        """Stop at once."""
        self.started = False

    def close(self, ignore_errors: bool) -> None:
        """Free it."""
        self.before_close()
        self.open = False


class _Default:
    device = (0, 0)


class PortAudio:
    """The module. `refuse(output, rate, channels)` says why a stream does not open, or ""."""

    PortAudioError = PortAudioError
    CallbackAbort = CallbackAbort
    default = _Default()

    def __init__(self) -> None:
        self.refuse: Callable[[bool, int, int], str] = lambda *_: ""
        self.refuse_start = ""
        self.streams: list[Stream] = []
        self.fresh = 0
        self.devices = [self.device("Card", 1, 2)]

    @staticmethod
    def device(name: str, inputs: int, outputs: int) -> dict[str, object]:
        """Return a row of `query_devices`."""
        return {
            "name": name,
            "max_input_channels": inputs,
            "max_output_channels": outputs,
            "default_samplerate": 48_000.0,
        }

    def query_devices(self) -> list[dict[str, object]]:
        """Return the devices."""
        return self.devices

    def OutputStream(self, **wanted: Any) -> Stream:  # noqa: N802 - the library's own name
        """Open a loudspeaker."""
        return Stream(self, True, **wanted)

    def InputStream(self, **wanted: Any) -> Stream:  # noqa: N802 - the library's own name
        """Open a microphone."""
        return Stream(self, False, **wanted)

    def _terminate(self) -> None:
        self.fresh -= 1

    def _initialize(self) -> None:
        self.fresh += 2  # with `_terminate`, one fresh start counts as one
