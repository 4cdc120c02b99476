"""Passes the heartbeat of the sound device on to systemd."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from voicecoach.service.notify import ALIVE, READY, STOPPING, Notifier

LOOK_S: Final = 1.0
"""How often to look for the first heartbeat."""

PER_INTERVAL: Final = 4
"""Signs of life in the time that systemd allows without one."""


class Watchdog(threading.Thread):
    """Says that the service is ready with the first beat, and that it is alive with later ones.

    `beats` counts: blocks that the device asked for, and attempts to open one that was lost. Where
    it stands still nothing is said, and systemd starts the service again. A context.
    """

    def __init__(self, notifier: Notifier, beats: Callable[[], int]) -> None:
        super().__init__(name="watchdog", daemon=True)
        self._notifier, self._beats = notifier, beats
        self._over = threading.Event()
        self._pause = min(LOOK_S, notifier.every_s / PER_INTERVAL or LOOK_S)

    def __enter__(self) -> Watchdog:
        """Begin, if systemd wants to be told."""
        if self._notifier.wanted:
            self.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Say that it ends."""
        self._over.set()
        if self.is_alive():
            self.join()
        self._notifier.tell(STOPPING)

    def run(self) -> None:
        """Look now and then, until the end."""
        seen, ready = self._beats(), False
        while not self._over.wait(self._pause):
            beats = self._beats()
            if beats != seen:
                self._notifier.tell(*([ALIVE] if ready else [READY, ALIVE]))
                seen, ready = beats, True
