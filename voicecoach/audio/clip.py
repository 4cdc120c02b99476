"""A clip: a sound of known length, ready for the mixer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voicecoach.audio.perceptual_centre import perceptual_centre
from voicecoach.units import BLOCK, FRAMES_PER_MS, Frame, Ms

Samples = NDArray[np.int16]
"""Mono samples at `units.RATE`, shape ``(frames,)``, full scale 32767."""

NOTHING: Samples = np.zeros(0, np.int16)


def as_samples(sound: NDArray[np.floating[Any]]) -> Samples:
    """Return `sound` as samples; what is louder than full scale is cut there."""
    samples: Samples = sound.clip(-32768, 32767).astype(np.int16)
    return samples


@dataclass(frozen=True, slots=True)
class Word:
    """When a word sounds in a clip; frames count from the clip's first sample."""

    text: str
    """As it is written in the clip's text, without the punctuation around it."""
    start: Frame
    """First audible frame of the word."""
    end: Frame
    """Frame after its last audible one; never after the next word's start."""
    vowel: Frame | None = None
    """Where its stressed vowel begins, if the voice tells."""


@dataclass(frozen=True, eq=False)
class Clip:
    """Sound of one phrase: mono 16-bit samples at `units.RATE`."""

    text: str
    samples: Samples
    words: tuple[Word, ...] = ()
    """Its words in the order they sound; none if the voice does not tell when they do."""

    @property
    def frames(self) -> Frame:
        """Length in frames."""
        return Frame(len(self.samples))

    @property
    def length(self) -> Ms:
        """Length in milliseconds, rounded up so that a schedule never cuts the last sound."""
        return Ms(-(-len(self.samples) // FRAMES_PER_MS))

    @cached_property
    def centre(self) -> Frame:
        """Frame at which its beat is heard; see `audio.perceptual_centre`."""
        return perceptual_centre(self.samples)


def require_blocks(*blocks: Samples) -> None:
    """Raise `ValueError` unless each is `BLOCK` int16 samples."""
    for block in blocks:
        if block.shape != (BLOCK,) or block.dtype != np.int16:
            raise ValueError(f"a block is {BLOCK} int16 samples, not {block.shape} {block.dtype}")
