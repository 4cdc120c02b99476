"""When each word of a clip sounds, from the marks that an engine puts into its output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from voicecoach.audio.clip import Samples, Word
from voicecoach.tts.postprocess import ONSET, Polished
from voicecoach.units import RATE, Frame

AROUND: Final = " \t\n.,;:!?\"'()[]-–—…“”‘’"
"""What may stand around a word and is not part of it."""


class Mark(NamedTuple):
    """A word begins here."""

    at: int
    """Index of its first character in the text."""
    length: int
    """Its characters."""
    sample: int
    """Index of its first sample in the engine's output."""
    vowel: int | None = None
    """The same of its stressed vowel."""


def place_words(text: str, marks: Iterable[Mark], sound: Polished, rate: int) -> tuple[Word, ...]:
    """Return the words of `text` as they sound in `sound`, in order.

    `marks` count samples at `rate` Hz, before `sound` was trimmed. Where a word is read as several,
    such as a number, the first mark counts. A word without an audible sample is left out.
    """
    wanted = [mark for mark in _distinct(marks) if _written(text, mark)]
    starts = [_frame(mark.sample, sound, rate) for mark in wanted]
    words = []
    for mark, span in zip(wanted, pairwise([*starts, len(sound.samples)]), strict=True):
        audible = _audible(sound.samples, *span)
        if audible:
            vowel = -1 if mark.vowel is None else _frame(mark.vowel, sound, rate)
            within = Frame(vowel) if audible[0] <= vowel < audible[1] else None
            words.append(Word(_written(text, mark), *audible, within))
    return tuple(words)


def _distinct(marks: Iterable[Mark]) -> Iterator[Mark]:
    """Yield the marks in order of their place in the text, the first of each word."""
    last = -1
    for mark in marks:
        if mark.at > last:
            yield mark
            last = mark.at


def _written(text: str, mark: Mark) -> str:
    return text[mark.at : mark.at + mark.length].strip(AROUND)


def _frame(sample: int, sound: Polished, rate: int) -> Frame:
    return Frame(min(max(0, round(sample * RATE / rate) - sound.start), len(sound.samples)))


def _audible(samples: Samples, start: int, end: int) -> tuple[Frame, Frame] | None:
    loud = np.flatnonzero(np.abs(samples[start:end].astype(np.int32)) >= ONSET)
    if not len(loud):
        return None
    return Frame(start + int(loud[0])), Frame(start + int(loud[-1]) + 1)
