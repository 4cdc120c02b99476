"""Waiting for a device, in the time in which this program runs.

A program that is stopped for a while, or a machine that is too busy, is not a device that is dead:
while nothing of this program ran, the device could not bring anything either.
"""

from __future__ import annotations

import time
from queue import Empty, SimpleQueue
from typing import Final, TypeVar

T = TypeVar("T")

SLICE_S: Final = 0.25
"""Longest wait that is counted as one: what a wait takes beyond it, this program did not run."""


class Patience:
    """How long a queue may bring nothing: `limit` seconds of this program's own time."""

    def __init__(self, limit: float) -> None:
        self._limit = self._left = limit

    def renew(self) -> None:
        """Wait from the start again: the device is alive."""
        self._left = self._limit

    def get(self, queue: SimpleQueue[T]) -> T:
        """Return the next item. Raises `Empty` when the patience is used up."""
        while self._left > 0:
            wait, since = min(SLICE_S, self._left), time.monotonic()
            try:
                item = queue.get(timeout=wait)
            except Empty:
                self._left -= wait
            else:
                self._left -= min(wait, time.monotonic() - since)
                return item
        raise Empty
