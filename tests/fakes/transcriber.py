"""A transcriber whose words are tones, one after the other."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.units import RATE

PITCHES: Mapping[str, float] = {
    word: 300.0 + 90.0 * n
    for n, word in enumerate(
        ("can", "you", "slow", "down", "a", "bit", "my", "back", "is", "killing", "me", "stop",
         "the", "news", "at", "ten", "no", "don't", "harder")
    )
}  # fmt: skip
"""Word -> its pitch in Hz."""

WORD, REST = RATE // 4, RATE // 20
"""Frames of a word, and of the rest between two."""
PIECE = RATE // 20
PURE = 0.5


def saying(text: str, level: float = 6000.0) -> Samples:
    """Return the tones of the words of `text`."""
    time = np.arange(WORD) / RATE
    parts = []
    for word in text.split():
        parts += [level * np.sin(2 * np.pi * PITCHES[word] * time), np.zeros(REST)]
    return np.concatenate(parts).astype(np.int16)


class ToneTranscriber:
    """The `Transcriber` port. `written` counts how often it was asked."""

    name = "tones"

    def __init__(self) -> None:
        self.written = 0

    def write(self, samples: Samples) -> str:
        """Return the words whose tones sound, each once for each time."""
        self.written += 1
        starts = range(0, len(samples) - PIECE + 1, PIECE)
        heard = [self._heard(samples[at : at + PIECE]) for at in starts]
        changes = zip(["", *heard], heard, strict=False)
        return " ".join(word for before, word in changes if word and word != before)

    def _heard(self, piece: Samples) -> str:
        power = np.abs(np.fft.rfft(piece.astype(np.float64), RATE)) ** 2
        total = power.sum() + 1e-9
        parts = {
            word: power[round(pitch) - 30 : round(pitch) + 31].sum() / total
            for word, pitch in PITCHES.items()
        }
        word = max(parts, key=parts.__getitem__)
        return word if parts[word] >= PURE else ""
