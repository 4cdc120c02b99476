"""The mixer: plays clips at exact frames, and reports what was played.

The law of `Mixer.fill`, which runs in the device's output callback: it never waits, locks, logs,
touches a file or synthesises, and it allocates no more than the block it returns. Orders come in
and reports go out through deques, whose ends are safe between two threads.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.bed import AHEAD, Bed
from voicecoach.audio.clip import NOTHING, Samples, as_samples
from voicecoach.units import FRAMES_PER_MS, Frame

FADE = 5 * FRAMES_PER_MS
"""Frames of the fade of a cut clip: 5 ms, long enough not to click, too short to notice."""


@dataclass(frozen=True, slots=True)
class Started:
    """A cue began to sound at `frame`; it was wanted at `wanted`."""

    id: int
    frame: Frame
    wanted: Frame


@dataclass(frozen=True, slots=True)
class Ended:
    """A cue fell silent at `frame`, `whole` or cut."""

    id: int
    frame: Frame
    whole: bool


Report = Started | Ended


@dataclass(slots=True)
class _Sounding:
    id: int
    samples: Samples
    at: Frame
    done: int = 0
    begun: bool = False

    @property
    def ended(self) -> bool:
        return self.begun and self.done == len(self.samples)


class Mixer:
    """Plays clips at frames of its own clock, which counts what `fill` has returned."""

    def __init__(self, report: Callable[[Report], None], bed: Samples = NOTHING) -> None:
        """Tell `report` what sounds; `bed` is the loop that may sound under it."""
        self._report = report
        self._bed = Bed(bed)
        self._orders: deque[_Sounding | None] = deque()
        self._clips: list[_Sounding] = []
        self._has_bed = bool(len(bed))
        self._gain = 1.0
        self._wanted_gain = 1.0
        self.talking = False
        """Whether a clip sounds, or will in a moment."""
        self.frame = Frame(0)
        """Frames returned so far."""

    @property
    def silent(self) -> bool:
        """Whether nothing sounds, and nothing waits to."""
        return not self._clips and not self._orders

    def play(self, id_: int, samples: Samples, at: Frame) -> None:
        """Start `samples` (int16 at `units.RATE`) at frame `at`, or now if that is past."""
        self._orders.append(_Sounding(id_, samples, at))

    def hush(self) -> None:
        """Fade out what is playing and drop what waits, from the next block on."""
        self._orders.append(None)

    def gain(self, db: float) -> None:
        """Set the gain of everything in dB; it changes linearly over one block."""
        self._wanted_gain = 10.0 ** (db / 20)

    def bed(self, on: bool) -> None:
        """Let the bed sound from now on, or fade it out."""
        self._bed.on = on and self._has_bed

    def fill(self, frames: int) -> Samples:
        """Return the next `frames` samples, int16 of shape ``(frames,)``."""
        if self.silent and self._bed.silent and self._gain == self._wanted_gain:
            self.talking = False
            self.frame = Frame(self.frame + frames)
            return np.zeros(frames, np.int16)  # asleep this is most of the work
        cut = self._take_orders(frames)
        block = np.zeros(frames, np.float32) if cut is None else cut
        for clip in self._clips:
            self._add(clip, block)
        self.talking = any(clip.begun or clip.at < self.frame + AHEAD for clip in self._clips)
        self._clips = [clip for clip in self._clips if not clip.ended]
        self._bed.add_to(block, self.talking)
        block *= self._gains(frames)
        self.frame = Frame(self.frame + frames)
        return as_samples(np.rint(block))

    def _take_orders(self, frames: int) -> NDArray[np.float32] | None:
        """Carry out the orders; return a block with the fade of what was cut, if anything was."""
        block = None
        while self._orders:
            order = self._orders.popleft()
            if order is not None:
                self._clips.append(order)
                continue
            block = np.zeros(frames, np.float32) if block is None else block
            self._bed.hush()
            for clip in self._clips:
                self._cut(clip, block)
            self._clips = []
        return block

    def _cut(self, clip: _Sounding, block: NDArray[np.float32]) -> None:
        if not clip.begun:
            return
        rest = clip.samples[clip.done : clip.done + min(FADE, len(block))]
        fade = np.linspace(1.0, 0.0, len(rest), dtype=np.float32)
        block[: len(rest)] += rest * fade
        self._report(Ended(clip.id, Frame(self.frame + len(rest)), whole=False))

    def _add(self, clip: _Sounding, block: NDArray[np.float32]) -> None:
        start = 0 if clip.begun else max(0, clip.at - self.frame)
        if start >= len(block):
            return
        if not clip.begun:
            clip.begun = True
            self._report(Started(clip.id, Frame(self.frame + start), clip.at))
        part = clip.samples[clip.done : clip.done + len(block) - start]
        block[start : start + len(part)] += part
        clip.done += len(part)
        if clip.ended:
            self._report(Ended(clip.id, Frame(self.frame + start + len(part)), whole=True))

    def _gains(self, frames: int) -> NDArray[np.float32] | float:
        if self._gain == self._wanted_gain:
            return self._gain
        before, self._gain = self._gain, self._wanted_gain
        return np.linspace(before, self._gain, frames, dtype=np.float32)
