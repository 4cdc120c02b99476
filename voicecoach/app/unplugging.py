"""The microphone of a rehearsal: pulled out and put back as the scenario says."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from voicecoach.app.deafness import behind, changed
from voicecoach.units import RATE, Frame

Pull = tuple[str, Frame, Frame]
"""A text of the coach's; how long after the end of the line that holds it the microphone is pulled
out; and for how long."""


class Plug:
    """Counts what comes through it. `before` frames come before the first one of a dialog."""

    def __init__(self, pulls: Sequence[Pull], before: Frame) -> None:
        self._waiting = deque(pulls)
        self._out = (0, 0)
        self._heard, self._whole = -before, 0
        self._died = Frame(0)
        self.deaf = False

    def spoke(self, text: str, end: Frame) -> None:
        """Hear a line of the coach's that will end at a frame."""
        if self._waiting and self._waiting[0][0] in text:
            _, later, frames = self._waiting.popleft()
            self._out = end + later, end + later + frames

    def takes(self, frame: Frame, frames: int) -> bool:
        """Tell whether so many frames come through after `frame`."""
        begin, end = self._out
        if begin <= frame < end:
            return False
        self._heard, self._whole = self._heard + frames, self._whole + frames
        return True

    def rejoins(self, frame: Frame) -> bool:
        """Tell whether what comes next is the first after a gap; it counts from `frame` on."""
        if not behind(frame, self._heard):
            return False
        self._heard, self._whole = int(frame), 0
        return True

    def changed(self, frame: Frame) -> float | None:
        """Return for how many seconds it was dead, where it is back; 0 where it has just died."""
        if not changed(self.deaf, frame, self._heard, self._whole):
            return None
        self.deaf = not self.deaf
        gone = (frame - self._died) / RATE
        self._died = frame if self.deaf else self._died
        return 0.0 if self.deaf else gone
