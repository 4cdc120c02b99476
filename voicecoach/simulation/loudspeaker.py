"""The simulated loudspeaker, which may be asleep at first, or mute for a while."""

from __future__ import annotations

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.units import BLOCK, RATE, Frame, to_frames


class Loudspeaker:
    """Takes what is played and gives what sounds of it, block by block.

    Asleep, it swallows the first `asleep_ms` of a sound after `sleeps_after_s` of digital silence;
    mute, all.
    """

    def __init__(self, settings: RoomSettings) -> None:
        self._swallows = to_frames(settings.asleep_ms)
        self._after = round(settings.sleeps_after_s * RATE)
        self._mute = [(round(a * RATE), round(b * RATE)) for a, b in settings.mute_s]
        self._now = 0
        self._silent = self._after
        self._left = 0

    def delay(self, frames: Frame) -> None:
        """Move the times at which it is mute by `frames` to later."""
        self._mute = [(a + frames, b + frames) for a, b in self._mute]

    def block(self, played: Samples) -> Samples:
        """Return what sounds of the next `BLOCK` frames."""
        now, self._now = self._now, self._now + BLOCK
        if self._swallows and self._sleeps(played):
            return np.zeros_like(played)
        mute = any(begin <= now < end for begin, end in self._mute)
        return np.zeros_like(played) if mute else played

    def _sleeps(self, played: Samples) -> bool:
        if not played.any():
            self._silent += BLOCK
            return False
        if self._silent >= self._after:
            self._left = self._swallows
        self._silent, swallowed = 0, self._left > 0
        self._left = max(0, self._left - BLOCK)
        return swallowed
