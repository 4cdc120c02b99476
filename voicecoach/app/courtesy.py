"""When other players are lowered: while the coach speaks, and for a moment after."""

from __future__ import annotations

from typing import Final

from voicecoach.ports import OtherPlayers
from voicecoach.units import RATE, Frame

HOLD: Final = 3 * RATE
"""Frames after the last word: between two counts nothing goes up and down."""


class Courtesy:
    """Watches whether the coach speaks, and tells the other players what changes."""

    def __init__(self, others: OtherPlayers) -> None:
        self._others = others
        self._until: Frame | None = None

    def watch(self, frame: Frame, talking: bool) -> None:
        """Take the frame that is reached, and whether a word sounds or will in a moment."""
        if talking:
            if self._until is None:
                self._others.lower()
            self._until = Frame(frame + HOLD)
        elif self._until is not None and frame >= self._until:
            self._until = None
            self._others.restore()

    def close(self) -> None:
        """Let them be as they were."""
        self._others.close()
