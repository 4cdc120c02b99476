"""A line of progress on the terminal, with the time left."""

from __future__ import annotations

import sys
import time
from concurrent.futures import CancelledError
from threading import Lock


class Progress:
    """Counts from any thread what is heard, and what was heard in an earlier run."""

    def __init__(self, of: int) -> None:
        self._of, self._done, self._fresh, self._shown = of, 0, 0, 0.0
        self._begun, self._lock, self.stopped = time.monotonic(), Lock(), False

    def step(self, fresh: bool = True) -> None:
        """Count one more, and show it from time to time. Raises `CancelledError` once stopped."""
        if self.stopped:
            raise CancelledError
        with self._lock:
            self._done += 1
            self._fresh += fresh
            now = time.monotonic()
            if now - self._shown >= 1 or self._done == self._of:
                self._shown = now
                print(f"\r{self._line(now)}", end="", file=sys.stderr, flush=True)

    def _line(self, now: float) -> str:
        known = self._done - self._fresh
        pace = (now - self._begun) / max(1, self._fresh)
        left = pace * (self._of - self._done) / 60 if self._fresh else 0
        before = f", {known} of them in earlier runs" if known else ""
        return f"{self._done} of {self._of} recordings heard{before}, about {left:.0f} min left "
