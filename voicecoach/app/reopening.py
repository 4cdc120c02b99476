"""Starts a lost device again, in a thread: PortAudio may hang, and the inbox is read meanwhile."""

from __future__ import annotations

import threading
import time
from typing import Final

from voicecoach.app.live_threads import JOIN_S, LiveSound, Queues, Rejoin, Reopened
from voicecoach.errors import DeviceError
from voicecoach.ports import Device
from voicecoach.units import RATE

EVERY_S: Final = 1.0
"""Pause between two attempts; one takes 0.1 to 0.3 s, and 2 s where a stream does not close."""

PROOF: Final = 3 * RATE // 10
"""Frames that a device must play before it counts as one that runs: where the sink is missing, a
sound server takes the first 0.1 s and then ends the stream."""

PROOF_S: Final = 1.5
"""Seconds in which it must have played them."""


class Reopener(threading.Thread):
    """Stops the device and starts it until it runs; then `Reopened` is posted, once.

    It plays without a microphone where that is all there is. With `listening` false no microphone
    is wanted. An attempt that hangs is no sign of life.
    """

    def __init__(self, device: Device, sound: LiveSound, queues: Queues, listening: bool) -> None:
        super().__init__(name="reopener", daemon=True)
        self._device, self._sound, self._queues = device, sound, queues
        self._listening = listening
        self._over = threading.Event()

    def run(self) -> None:
        """Try until it succeeds, or `end`."""
        while not self._over.is_set():
            self._device.stop()
            proved = self._attempt() and self._proves()
            self._sound.beats += 1
            if proved:
                return
            self._over.wait(EVERY_S)

    def end(self) -> None:
        """Try no more, and wait for the attempt that is under way."""
        self._over.set()
        if self.is_alive():
            self.join(JOIN_S)

    def _proves(self) -> bool:
        """Wait until the device has played some silence; tell whether it did."""
        end = time.monotonic() + PROOF_S
        while self._sound.unproved > 0 and time.monotonic() < end:
            if self._over.wait(0.02):
                return False
        return self._sound.unproved <= 0

    def _attempt(self) -> bool:
        self._sound.played.clear()  # what was played has no echo any more
        self._queues.work.put(Rejoin(self._sound.mixer.frame))
        why = ""
        for microphone in (True, False) if self._listening else (False,):
            hears = microphone or not self._listening
            self._sound.prove(PROOF, Reopened(hears, why))
            try:
                self._device.start(self._sound, microphone)
            except DeviceError as error:
                why = why or error.in_one_line
            else:
                return True
        return False
