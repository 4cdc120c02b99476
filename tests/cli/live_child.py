"""The program `voicecoach` on a sound card that is not there: a fake device that plays much
faster than a real one. Run by test_ended.py.
"""

from __future__ import annotations

import threading

from tests.fakes.device import FakeDevice
from voicecoach.app import wiring
from voicecoach.cli.main import main
from voicecoach.ports import Sound

BLOCK_S = 0.0005


class QuickCard(FakeDevice):
    """Plays by itself, from its start to its stop, and hears nothing."""

    def __init__(self, _output: str, _microphone: str | None) -> None:
        super().__init__(lambda _: None)
        self._stopped = threading.Event()

    def require(self) -> None:
        """It is there."""

    def start(self, sound: Sound) -> None:
        """Play in a thread."""
        super().start(sound)
        threading.Thread(target=self._play, daemon=True).start()

    def _play(self) -> None:
        while not self._stopped.wait(BLOCK_S):
            self.step()
            self.played.clear()

    def stop(self) -> None:
        """Play no more."""
        self._stopped.set()
        super().stop()


if __name__ == "__main__":
    wiring.Card = QuickCard  # type: ignore[misc,assignment]
    main()
