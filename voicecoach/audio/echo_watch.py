"""Whether the coach is really heard: its own echo tells.

A loudspeaker that is mute, unplugged or asleep gives no echo. That is noticed where the microphone
gets much less than the echo would bring, and holds no trace of what was played. Noise, music and
people only add to what it gets, so they are no reason for an alarm; with headphones there was never
an echo, and nothing is judged.
"""

from __future__ import annotations

from collections import deque
from enum import Enum
from math import log10
from typing import Final

import numpy as np

from voicecoach.audio.align import CLEAR
from voicecoach.audio.clip import Samples
from voicecoach.units import BLOCK, RATE

LOUD_DB: Final = -42.0
"""Level in dBFS from which a played block counts: the parts of speech that carry its energy."""
WINDOW: Final = 80
"""Loud blocks that are compared: 0.8 s, which is heard within two seconds of speech."""
TRACE_BLOCKS: Final = 60
"""Blocks in which a trace is looked for: the last 0.6 s, so that no echo of before is in them."""
TRACES, LATE_TRACES = 2, 8
"""Windows in a row with a clear trace that make an echo: at first, when noise is played, which
looks like nothing else, and later, when another person's voice may look like the coach's."""
FIRST: Final = 600
"""Loud blocks that count as the first: the noise before the session, which takes up to four
seconds, and two seconds of speech."""
AGAIN: Final = 200
"""Loud blocks, 2 s, that a loudspeaker has to wake up before it counts as lost once more."""
DROP_DB: Final = 12.0
"""By how much less than the least echo so far is none. Loudspeakers give one voice some dB less
than another."""
FALL_DB, RISE_DB = 0.03, 0.005
"""Steps per loud block in which the usual level of the echo is followed: 3 dB a second down, so
that it is still known when `WINDOW` blocks are missing, and little up, since a user who speaks
looks like a louder echo."""
TRACE: Final = 7.0
"""Least height of the peak, in standard deviations of the correlation (see `align.CLEAR`)."""
REACH: Final = RATE // 50
"""Frames around its usual place in which the echo is looked for."""
LEAST: Final = 1e-12


class Audible(Enum):
    """What the echo says of the loudspeaker."""

    UNKNOWN = "unknown"
    """No echo was found yet."""
    HEARD = "heard"
    LOST = "lost"
    """There was an echo, and there is none any more."""


class EchoWatch:
    """Compares what was played with what the microphone gets, block by block."""

    def __init__(self) -> None:
        self.state = Audible.UNKNOWN
        self.spoken = 0
        """Loud blocks since the state is what it is."""
        self._blocks: deque[tuple[Samples, Samples]] = deque(maxlen=TRACE_BLOCKS)
        self._pairs: deque[tuple[float, float]] = deque(maxlen=WINDOW)
        self._gain = 0.0
        self._traces = 0

    def take(self, mic: Samples, reference: Samples, found: bool) -> bool:
        """Take a block of each; return whether it is known just now that nothing is heard.

        `reference` is what was played, brought to the time of its echo; `found`: the delay is
        known. Both have shape ``(BLOCK,)``.
        """
        self._blocks.append((mic, reference))
        if not reference.any():
            return False
        played = _power(reference)
        if 10 * log10(played + LEAST) < LOUD_DB:
            return False
        self.spoken += 1
        self._pairs.append((played, _power(mic)))
        if not found or len(self._pairs) < WINDOW:
            return False
        return self._judge()

    def _judge(self) -> bool:
        played = sum(pair[0] for pair in self._pairs)
        heard = sum(pair[1] for pair in self._pairs)
        gain = 10 * log10(heard / played + LEAST)
        if self.state is not Audible.HEARD:
            return self._look(gain)
        if gain < self._gain - DROP_DB:
            return self._missing(gain)
        self._gain += max(-FALL_DB, min(RISE_DB, gain - self._gain))
        return False

    def _look(self, gain: float) -> bool:
        """Look for an echo where there was none; tell whether it is still missing."""
        self._pairs.clear()
        self._traces = self._traces + 1 if self._trace(CLEAR) else 0
        lost = self.state is Audible.LOST
        if self._traces >= (1 if lost else TRACES if self.spoken < FIRST else LATE_TRACES):
            if not lost:
                self._gain = gain
            self.state, self.spoken, self._traces = Audible.HEARD, 0, 0
        elif lost and self.spoken >= AGAIN:
            self.spoken = 0
            return True
        return False

    def _missing(self, gain: float) -> bool:
        """Tell whether nothing is heard, or only much less than before."""
        self._pairs.clear()
        if self._trace(TRACE):
            self._gain = gain
            return False
        self.state, self.spoken = Audible.LOST, 0
        return True

    def _trace(self, least: float) -> bool:
        """Tell whether what was played is in the microphone at all, however soft: whether the peak
        has so many standard deviations.
        """
        size = 2 * TRACE_BLOCKS * BLOCK
        mic = np.fft.rfft(np.concatenate([pair[0] for pair in self._blocks]), size)
        played = np.fft.rfft(np.concatenate([pair[1] for pair in self._blocks]), size)
        cross = mic * np.conj(played)
        curve = np.fft.irfft(cross / (np.abs(cross) + 1e-9), size)
        near = np.concatenate([curve[-REACH:], curve[:REACH]])
        return float(near.max()) > least * float(np.std(curve))


def _power(block: Samples) -> float:
    loud = block.astype(np.float64) / 32768
    return float(np.dot(loud, loud)) / len(block)
