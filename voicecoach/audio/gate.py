"""The gate behind the echo canceller: while the coach speaks, only what exceeds the residue passes.

A linear canceller leaves a residue of the coach's voice, in which a recogniser finds commands. The
gate learns how loud that residue is, relative to what was played, and masks what is no louder, and
whatever is far below the echo that was cancelled.
What exceeds the residue by `MARGIN_DB` is a user: it passes unchanged, from `PREROLL` before it
did so, so that the first sound of a word is not lost. While the coach is silent everything passes.
"""

from __future__ import annotations

from collections import deque
from math import log10

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.clip import NOTHING, Samples
from voicecoach.units import BLOCK

MARGIN_DB = 9.0
"""By how much a user exceeds the residue. With 6 the coach obeyed itself 7 times instead of 2 in
1100 s at +12 dB echo, and 171 instead of 169 of 185 stops were obeyed (as `bench/barge_in.py` does
it, rooms of 350 and 500 ms, 2026-11-21)."""
CREDIT_DB = 21.0
"""What is this far below the cancelled echo is no user, however small the residue was before: a
person who speaks disturbs the canceller, and so do two clocks. Without this the coach obeyed itself
in 2 of 8 sessions of `tests/card/test_live.py`, with it in none of 9. It costs few stops: at
+6 dB echo 195 of 199 are obeyed either way, at +12 dB 218 instead of 219 of 232, with 50 ppm 175
instead of 176 of 191 (`bench/barge_in.py`, 2026-11-21)."""
ABOVE_FLOOR_DB = 16.0
"""By how much a user exceeds the noise floor; of soft sounds the canceller leaves more."""
LASTING = 6
"""Blocks in a row that open the gate: 60 ms, longer than the residue's peaks and shorter than a
vowel; `PREROLL` gives them back."""

PREROLL = 20
"""Blocks held back while the gate is closed: 200 ms, longer than the soft onset of a word."""
HANG = 30
"""Blocks for which it stays open after the last loud one: 300 ms, longer than the closure of a
plosive inside a word."""
HOLD = 55
"""Blocks for which a played block counts fully: 550 ms, a little longer than the canceller's
filter. Later reverberation is not cancelled: in a room of 615 ms (echo +6 dB) 250 ms opened the
gate 19 times in 200 s without a user, 400 ms 14 times, 550 ms 3 times; stops are heard as often."""
DECAY_DB = 1.5
"""Fall per block after that, as in a room with a reverberation time (60 dB) of 400 ms."""
LEARN = 60
"""Blocks of the coach's sound from which it first learns the residue, and for which it stays shut:
the first 600 ms of the calibration noise."""
EARLY_DB, SETTLED = 4.0, 250
"""Additional margin at first, which falls to 0 over so many blocks of the coach's sound (2.5 s,
about the calibration noise): a canceller that still converges leaves a residue that jumps. Of 59
stops in the first 8 s of the coach's voice 53 were obeyed, with 12 dB and 600 blocks 32; without a
user the coach did not obey itself in the first 40 s of 13 routines either way (echo +6 dB, six
rooms, 2026-11-21)."""
EARLY_PACE = 15.0
"""How much faster the residue is learned at first."""
UP_DB, DOWN_DB, PERSIST_DB = 0.11, 0.0125, 0.02
"""Steps per block that settle at the residue's 90th percentile; while a user is loud only
`PERSIST_DB` up. So a change of the room is learned within seconds, and a word is not, even one too
soft to pass. With steps four times as large one "stop" that did not pass raised the estimate by up
to 18 dB against the next, and 190 of 199 stops over the coach were obeyed instead of 195 (echo
+6 dB, six rooms, `bench/barge_in.py`, 2026-11-21)."""
CLEAR_DB = 30.0
"""The residue is learned only while the reference is this far above the noise floor."""
ROOM_DB, QUIET_ROOM_DB = -60.0, -72.0
"""Noise floor in dBFS before it is known, and its least value: some microphones give digital
silence, above which the last trace of an echo would be loud."""
FLOOR_UP_DB = 0.05
"""Rise of the estimated noise floor per block, 5 dB a second, while the coach is silent; it falls
at once."""
LEAST_DB = -120.0


class EchoGate:
    """Takes blocks of the canceller's output, and returns them, now or a little later."""

    def __init__(self) -> None:
        self._held: deque[Samples] = deque()
        self._recent: deque[float] = deque(maxlen=HOLD)
        self._reference = self._level = self._echo = LEAST_DB
        self._floor = ROOM_DB
        self._residue = 0.0  # at first: the echo may be as loud as what is played
        self._loudest = LEAST_DB
        self._learned = 0
        self._open = self._standing = 0

    def pass_block(self, mic: Samples, clean: Samples, played: Samples) -> Samples:
        """Return what may pass now: 0 to `PREROLL` + 1 blocks of int16, in order.

        `mic`, what the canceller left of it (`clean`) and `played` have shape ``(BLOCK,)``. Each
        block comes out once, now or later, as it was or as zeros, which are not decoded: the
        recogniser takes a residue even at -75 dBFS for words.
        """
        # What the canceller adds is no user. In 8 min of digital silence with an echo of -45 dB or
        # less the coach had obeyed itself once and gone quiet once, and does neither now; 52 of 58
        # words over it are obeyed as before. At +6 dB 10 of 148,032 blocks come out otherwise, and
        # each stop is heard as before (passes of `bench/barge_in.py`, 2026-11-28).
        if not mic.any():
            clean = mic
        echo, level = LEAST_DB, _dbfs(clean)
        if clean is not mic:
            echo = _dbfs(np.subtract(mic, clean, dtype=np.float32))
            level = min(level, _dbfs(mic))
        self._follow(_dbfs(played) if played.any() else LEAST_DB, level, echo)
        self._held.append(clean)
        self._standing = self._standing + 1 if self._stands_out() else 0
        if self._standing >= LASTING or (self._standing and self._open):
            self._open = HANG
        else:
            self._open = max(0, self._open - 1)
        if self._open:
            return self._released(len(self._held))
        if self._silent():
            before, last = self._masked(len(self._held) - 1), self._released(1)
            return np.concatenate([before, last]) if len(before) else last
        return self._masked(max(0, len(self._held) - PREROLL))

    @property
    def least_dbfs(self) -> float:
        """The level that passes at present; while the coach is silent everything does."""
        if self._silent():
            return LEAST_DB
        return max(self._loud_residue(), self._floor + ABOVE_FLOOR_DB)

    def drain(self) -> Samples:
        """Return zeros in place of the blocks held back, and drop them."""
        return self._masked(len(self._held))

    def _follow(self, played: float, clean: float, echo: float) -> None:
        """Update the levels of the reference, of the cancelled echo, of the output and of the noise
        floor.
        """
        self._recent.append(played)
        self._reference = max(*self._recent, self._reference - DECAY_DB, LEAST_DB)
        self._echo = max(echo, self._echo - DECAY_DB)
        self._level = max(clean, self._level - 2.0)  # the level of speech is that of its loud parts
        rise = FLOOR_UP_DB if self._silent() else 0.0
        self._floor = max(QUIET_ROOM_DB, min(self._level, self._floor + rise))

    def _silent(self) -> bool:
        """Return whether even a loud residue is below the noise floor."""
        return self._loud_residue() < self._floor or self._reference <= LEAST_DB

    def _loud_residue(self) -> float:
        """Return the highest level of the residue in dBFS; more at first."""
        risen = max(self._reference + self._residue + MARGIN_DB, self._echo - CREDIT_DB)
        return risen + EARLY_DB * self._early

    @property
    def _early(self) -> float:
        """1 at first, falling to 0 when the gate has settled."""
        return max(0.0, 1 - self._learned / SETTLED)

    def _stands_out(self) -> bool:
        """Return whether the output exceeds residue and noise floor; learn the residue from it."""
        loud = self._reference > self._floor + CLEAR_DB
        ratio = self._level - self._reference
        self._learned += loud
        if loud and self._learned <= LEARN:
            self._loudest = max(self._loudest, ratio)
            if self._learned == LEARN:
                self._residue = self._loudest
            return False
        out = self._level > max(self._loud_residue(), self._floor + ABOVE_FLOOR_DB)
        if loud:
            pace = 1 + EARLY_PACE * self._early
            up = PERSIST_DB if out else UP_DB * pace
            self._residue += up if ratio > self._residue else -DOWN_DB * pace
        return out

    def _masked(self, count: int) -> Samples:
        """Drop the oldest `count` blocks, and return as many zeros."""
        return np.zeros_like(self._released(count))

    def _released(self, count: int) -> Samples:
        if count == 1:  # asleep, this is every block
            return self._held.popleft()
        return np.concatenate([NOTHING, *(self._held.popleft() for _ in range(count))])


def _dbfs(block: Samples | NDArray[np.float32]) -> float:
    loud = block.astype(np.float32)
    return 10 * log10(float(np.dot(loud, loud)) / BLOCK / 32768**2 + 1e-12)
