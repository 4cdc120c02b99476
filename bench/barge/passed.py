"""The stretches of a pass in which a sound came through canceller and gate.

Without a user that is a minute or two of an hour, and recognising is what costs: so many more rooms
can be tried in the same time. What is left out is noise that the gate puts in, and the quiet room.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.units import BLOCK, RATE

LOUD_DBFS = -59.0
"""Level of 10 ms that are a sound: the quiet of the simulated rooms is at -66, and its loudest 10
ms are at -60; what the gate puts in is softer."""

BEFORE, AFTER = 3 * RATE // BLOCK, 2 * RATE // BLOCK
"""Blocks around a sound that are recognised with it: the context of the network and the level
before a word; and the silence that ends an utterance."""


def stretches(heard: Sequence[Samples]) -> list[tuple[int, int]]:
    """Return the blocks to recognise, as the first of each stretch and the one after its last.

    `heard` has what came out with each block played: int16 of any length.
    """
    found: list[tuple[int, int]] = []
    for number, samples in enumerate(heard):
        if not is_loud(samples):
            continue
        first, last = max(0, number - BEFORE), min(len(heard), number + AFTER)
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return found


def is_loud(samples: Samples) -> bool:
    """Return whether 10 ms of `samples` are louder than a quiet room."""
    whole = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK).astype(np.float32)
    powers = np.mean(whole * whole, axis=1)
    return bool(len(powers)) and float(powers.max()) > 32768**2 * 10 ** (LOUD_DBFS / 10)
