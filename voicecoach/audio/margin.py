"""How many soft "stop"s are obeyed over the coach, predicted from what a sound check measured.

A word has to pass the gate, which asks for a level at each moment while the coach speaks; the noise
of the room is part of what it asks for. Whether it passes and is recognised is logistic in the
difference of the levels. The constants were fitted to rooms and speakers of the tune side, and
docs/hearing.md tells how far they hold on the other (`bench/sound_check.py`, 2026-11-27).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Curve:
    """The constants of the prediction."""

    most: float = 0.94
    """Share of the words that are obeyed where nothing is in the way."""
    half_db: float = -0.7
    """Level over what the gate asks for at which half of those are obeyed ..."""
    spread: float = 2.7
    """... and the scale around it."""


CURVE: Final = Curve()


def recall(soft: float, least: NDArray[np.float64], curve: Curve = CURVE) -> float:
    """Return the share of "stop"s of level `soft` that are obeyed, 0 to 1.

    `least` is what the gate asks for in each block while the coach speaks; both in dBFS.
    """
    over = np.clip((soft - least - curve.half_db) / curve.spread, -40, 40)
    return float(curve.most * np.mean(1 / (1 + np.exp(-over)))) if len(least) else curve.most


def margin(soft: float, least: NDArray[np.float64], curve: Curve = CURVE) -> float:
    """Return by how many dB a "stop" may be softer until half of them are obeyed; negative where
    it would have to be louder.
    """
    levels = np.arange(-40.0, 41.0)
    enough = [level for level in levels if recall(soft - level, least, curve) >= curve.most / 2]
    return float(max(enough, default=-40.0))
