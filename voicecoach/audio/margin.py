"""How many soft "stop"s are obeyed over the coach, predicted from what a sound check measured.

A word has to pass the gate, which asks for a level at each moment while the coach speaks; the noise
of the room is part of what it asks for. Whether it passes and is recognised is logistic in the
difference of the levels. The constants were fitted to rooms and speakers of the tune side, and
docs/hearing.md tells how far they hold on the other (`bench/sound_check.py`, 2026-11-28).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float64]
"""In dBFS."""


@dataclass(frozen=True, slots=True)
class Curve:
    """The constants of the prediction."""

    most: float = 0.94
    """Share of the words that are obeyed where nothing is in the way."""
    half_db: float = 0.1
    """Level over what the gate asks for at which half of those are obeyed ..."""
    spread: float = 0.9
    """... and the scale around it."""


CURVE: Final = Curve()


def recall(said: Sequence[float], least: Levels, curve: Curve = CURVE) -> float:
    """Return the share of "stop"s as loud as those that were `said` that are obeyed, 0 to 1.

    `least` is what the gate asks for in each block while the coach speaks; all in dBFS.
    """
    return float(np.mean(shares(np.array(said), least, curve)))


def shares(said: Levels, least: Levels, curve: Curve = CURVE) -> Levels:
    """Return the same for the level of each word."""
    if not len(least):
        return np.full(len(said), curve.most)
    over = np.clip((said[:, np.newaxis] - least - curve.half_db) / curve.spread, -40, 40)
    return np.asarray(curve.most * np.mean(1 / (1 + np.exp(-over)), axis=1))


def margin(said: Sequence[float], least: Levels, curve: Curve = CURVE) -> float:
    """Return by how many dB a "stop" may be softer until half of them are obeyed; negative where
    it would have to be louder.
    """
    half, levels = curve.most / 2, np.arange(-40.0, 41.0)
    enough = [by for by in levels if recall([one - by for one in said], least, curve) >= half]
    return float(max(enough, default=-40.0))
