"""The echo pipeline: alignment, canceller and gate between microphone and recogniser."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from voicecoach.audio.align import HALF, DelayEstimator, DelayLine
from voicecoach.audio.clip import Samples
from voicecoach.audio.echo_watch import FIRST, Audible, EchoWatch
from voicecoach.audio.gate import EchoGate
from voicecoach.audio.skew import SkewEstimator
from voicecoach.ports import Canceller
from voicecoach.units import BLOCK, FRAMES_PER_MS

AHEAD: Final = 5 * FRAMES_PER_MS
"""Frames from the aligned reference to its echo: an estimate may be wrong, and some sound may
arrive before the direct path that was measured."""
EARLIEST, LATEST = 2 * FRAMES_PER_MS, 15 * FRAMES_PER_MS
"""Bounds in frames: while the echo follows the reference within them, nothing changes."""
LOW: Final = 3 * FRAMES_PER_MS
"""When drift leaves less delay than this ..."""
LAG: Final = 5
"""... the microphone is delayed by so many blocks more: 50 ms, enough for 17 min at 50 ppm."""
AGREE: Final = 5 * FRAMES_PER_MS
"""A change after the first delay must be found twice, within so many frames."""


class EchoPipeline:
    """Aligns the reference to its echo, cancels the echo, and gates the residue.

    `make` returns a fresh canceller. With headphones there is no echo: pass `gated` false, and a
    canceller that does nothing. When the delay is found, or has changed, canceller and gate start
    again and process the last 2 s with the right reference, so that they have adapted at once.
    """

    def __init__(self, make: Callable[[], Canceller], gated: bool = True) -> None:
        self._make, self._gated = make, gated
        self.restart()

    def restart(self) -> None:
        """Forget the room and the card: another one may be in use now."""
        self._delays = DelayEstimator()
        self._skew = SkewEstimator()
        self._frame = 0
        self._found: float | None = None
        self._aligned = False
        self._waiting: deque[Samples] = deque()
        self._lag = 0
        self._watch = EchoWatch()
        self.noticed: Audible | None = None
        """What the last block tells of the loudspeaker: another state, or LOST once more; UNKNOWN
        where the coach has spoken for a while and no echo was found."""
        self._begin(0.0)

    def _begin(self, frames: float, rate: float = 0.0) -> None:
        self._reference = DelayLine(frames, rate)
        self._canceller = self._make()
        self._gate = EchoGate()

    @property
    def held_back(self) -> float:
        """Present delay of the reference in frames."""
        return self._reference.frames

    @property
    def delay(self) -> float | None:
        """Frames from a sample that is played to its echo; None until it was found."""
        return self._found

    @property
    def rate(self) -> float:
        """By how much that delay changes, in frames a frame."""
        return self._reference.rate

    @property
    def least_dbfs(self) -> float:
        """The level that a user has to exceed at present, to be heard over the coach."""
        return self._gate.least_dbfs if self._gated else -120.0

    def hear(self, mic: Samples, played: Samples) -> Samples:
        """Take a block of each, and return the cleaned sound: int16, any whole number of blocks."""
        self.noticed = None
        if not self._gated:
            return self._canceller.cancel(mic, played)
        self._waiting.append(mic)
        if len(self._waiting) <= self._lag:  # the reference leads now
            self._delays.played.append(played)
            self._reference.keep(played)
            return mic[:0]
        mic = self._waiting.popleft()
        owed = self._align(mic, played)
        heard = self._pass(mic, played)
        self._notice(mic)
        return heard if owed is None else np.concatenate([owed, heard])

    def _pass(self, mic: Samples, played: Samples) -> Samples:
        self._echoed = reference = self._reference.block(played)
        return self._gate.pass_block(mic, self._canceller.cancel(mic, reference), reference)

    def _notice(self, mic: Samples) -> None:
        """Compare the echo with what was played."""
        watch, before = self._watch, self._watch.state
        lost = watch.take(mic, self._echoed, self._aligned)
        never = watch.state is Audible.UNKNOWN and watch.spoken == FIRST
        if lost or never or watch.state is not before:
            self.noticed = watch.state
            watch.spoken += never

    def _align(self, mic: Samples, played: Samples) -> Samples | None:
        """Follow the delay: the card's buffers, lost or repeated samples, or two clocks.

        Returns what the gate still held back if the pipeline restarts, else None.
        """
        self._frame += BLOCK
        delay = self._delays.find(mic, played)
        if delay is None:
            return None
        cards = delay - self._lag * BLOCK
        self._reference.rate = rate = self._skew.slope(self._frame, cards)
        if rate < 0 and self._reference.frames < LOW:
            self._lag += LAG
        before, self._found = self._found, cards
        sure = not self._aligned or (before is not None and abs(cards - before) < AGREE)
        if not sure or EARLIEST <= delay - self._reference.frames <= LATEST:
            return None
        wanted = float(max(HALF if rate else 0, round(delay) - AHEAD))
        if round(wanted - self._reference.frames) == 0:
            return None
        return self._realign(wanted, rate)

    def _realign(self, frames: float, rate: float) -> Samples:
        """Process the last blocks again, all but this one, with a reference delayed by `frames`."""
        self._aligned = True
        owed = self._gate.drain()
        again = list(zip(self._delays.mic, self._delays.played, strict=True))[:-1]
        self._begin(max(0.0, frames - rate * BLOCK * len(again)), rate)
        for mic, played in again:
            self._pass(mic, played)
        self._gate.drain()
        return owed
