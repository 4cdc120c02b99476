"""A verifier whose words are tones, so that a test says what was said without a voice."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import NOISE, OTHER, Look
from voicecoach.units import RATE

TONES: Mapping[str, float] = {"stop": 400.0, "yes": 600.0, "no": 800.0, OTHER: 1000.0}
"""Word -> its pitch in Hz."""

SURE = 0.9
PURE = 0.5
"""Least share of the energy within 30 Hz of a pitch for it to be heard."""

POOR = -6.0


def tone(word: str, seconds: float = 0.4, level: float = 8000.0) -> Samples:
    """Return the tone of a word."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound: Samples = (level * np.sin(2 * np.pi * TONES[word] * time)).astype(np.int16)
    return sound


class ToneVerifier:
    """The `Verifier` port."""

    name = "tones"

    @property
    def words(self) -> frozenset[str]:
        """The words that have a pitch."""
        return frozenset(TONES) - {OTHER}

    def look(
        self, samples: Samples, phrase: str = "", length: int = 0, early: bool = False
    ) -> Look:
        """Return 0.9 for the word whose tone sounds in the last second and a half, else noise."""
        heard = self._heard(samples[-round(1.5 * RATE) :])
        rest = (1 - SURE) / len(TONES)
        shares = {name: SURE if name == heard else rest for name in (*TONES, NOISE)}
        fit = 0.0 if phrase in ("", heard) else POOR
        return Look(shares, fit, fit)

    def _heard(self, samples: Samples) -> str:
        power = np.abs(np.fft.rfft(samples.astype(np.float64), 2 * RATE)) ** 2
        hertz = np.arange(len(power)) / 2
        total = power.sum() + 1e-9
        parts = {w: power[abs(hertz - pitch) < 30].sum() / total for w, pitch in TONES.items()}
        word = max(parts, key=parts.__getitem__)
        return word if parts[word] >= PURE else NOISE
