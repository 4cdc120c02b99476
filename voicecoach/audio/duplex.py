"""Full duplex: what the ears get while the coach speaks."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from voicecoach.audio.align import Delayed, DelayFinder, held_back
from voicecoach.audio.clip import Samples
from voicecoach.audio.gate import EchoGate
from voicecoach.ports import Canceller


class Duplex:
    """The reference aligned to its echo, the canceller, and behind it the gate.

    With headphones there is no echo: pass `gated` false, and the canceller that does nothing. When
    a late echo is found, canceller and gate start anew: what they had learned is of no use.
    """

    def __init__(self, make: Callable[[], Canceller], gated: bool = True) -> None:
        self._make, self._gated = make, gated
        self._finder: DelayFinder | None = DelayFinder() if gated else None
        self._begin(0)

    def _begin(self, frames: int) -> None:
        self._held = frames
        self._reference = Delayed(frames)
        self._canceller = self._make()
        self._gate = EchoGate() if self._gated else None

    def hear(self, mic: Samples, played: Samples) -> Samples:
        """Return what may be heard now: int16, of any whole number of blocks."""
        owed = self._align(mic, played)
        reference = self._reference.block(played)
        clean = self._canceller.cancel(mic, reference)
        if self._gate is None:
            return clean
        heard = self._gate.pass_block(clean, reference)
        return heard if owed is None else np.concatenate([owed, heard])

    def _align(self, mic: Samples, played: Samples) -> Samples | None:
        """Follow the delay: a gap in what the card carries, or its two clocks, can change it.

        Returns what the gate still held back, where all begins anew.
        """
        delay = self._finder.find(mic, played) if self._finder else None
        if delay is None or self._gate is None:
            return None
        wanted = held_back(delay, self._held)
        if wanted == self._held:
            return None
        owed = self._gate.drain()
        self._begin(wanted)
        return owed
