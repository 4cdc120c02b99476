"""Faults by chance of a sound card in real time, one after the other, each with its end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.card.plugs import Bench

EVERY_S: Final = 20.0
"""On average, from `SETTLE_S` after the end of the one before."""
SETTLE_S: Final = 12.0
"""After a fault the next one waits so long, and what was late before counts as its doing."""
ASLEEP_S: Final = 8


class Faults(threading.Thread):
    """Lets something fail now and then, until `end`; the same seed brings the same ones.

    `disk` is a folder on a small disk of its own; None fills no disk. With a `pace` of a third all
    times are three times shorter.
    """

    def __init__(
        self, plugs: Bench, chance: random.Random, disk: Path | None, pace: float = 1.0
    ) -> None:
        super().__init__(name="faults", daemon=True)
        self._pace = pace
        self._plugs, self._chance, self._disk = plugs, chance, disk
        self._over, self._busy = threading.Event(), threading.Event()
        self.counted = Counter[str]()
        self.hears = True
        """Whether what is played into the microphone is heard."""
        self.calm_since = 0.0
        """Second, by `time.monotonic`, since which nothing fails."""
        self.kinds: dict[str, Callable[[float], None]] = {
            "loudspeaker unplugged": lambda s: self._unplug("speaker", s),
            "microphone unplugged": lambda s: self._unplug("mic", s),
            "microphone silent": self._hush,
            "sound server restarted": self._restart,
            "callbacks end silently": self._freeze,
            "program stopped": self._sleep,
        }
        if disk:
            self.kinds["disk full"] = self._fill

    def run(self) -> None:
        """Wait and fail, in turn."""
        while not self._over.wait(self._pace * (SETTLE_S + self._chance.expovariate(1 / EVERY_S))):
            kind = self._chance.choice(sorted(self.kinds))
            self.counted[kind] += 1
            self._busy.set()
            self.kinds[kind](self._pace * self._chance.uniform(3, 20))
            self._busy.clear()

    def end(self) -> None:
        """Let nothing fail any more, after the present fault."""
        self._over.set()
        self.join()

    @property
    def broken(self) -> bool:
        """Whether a fault could not be made, so that none will come any more."""
        return not self.is_alive() and not self._over.is_set()

    @property
    def failing(self) -> bool:
        """Whether something fails now."""
        return self._busy.is_set()

    @contextmanager
    def _deaf(self) -> Iterator[None]:
        self.hears = False
        try:
            yield
        finally:
            self.hears = True

    def _last(self, seconds: float) -> None:
        self._over.wait(seconds)

    def _unplug(self, half: str, seconds: float) -> None:
        with self._deaf():
            self._plugs.unplug(half)
            self._last(seconds)
            self._plugs.plug_in(half)

    def _hush(self, seconds: float) -> None:
        with self._deaf():
            self._plugs.hush(True)
            self._last(seconds)
            self._plugs.hush(False)

    def _restart(self, seconds: float) -> None:
        with self._deaf():
            self._plugs.server("stop")
            self._last(seconds)
            self._plugs.server("start")

    def _freeze(self, seconds: float) -> None:
        """Stop the sound server: no callback comes, and both streams say that they are active."""
        with self._deaf():
            os.kill(self._plugs.pid, signal.SIGSTOP)
            self._last(seconds)
            os.kill(self._plugs.pid, signal.SIGCONT)

    def _sleep(self, _seconds: float) -> None:
        """Stop this program, as a computer that sleeps does."""
        pid = os.getpid()
        script = f"kill -STOP {pid}; sleep {ASLEEP_S}; kill -CONT {pid}"
        with self._deaf():
            subprocess.run(["sh", "-c", script], check=True)

    def _fill(self, seconds: float) -> None:
        assert self._disk
        ballast = self._disk / "ballast"
        with ballast.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:  # it is full
                pass
        self._last(seconds)
        ballast.unlink()
