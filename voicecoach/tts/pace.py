"""The speaking rate: from words a minute, as a listener counts them, to espeak-ng's own scale.

espeak-ng's "words a minute" hold for its own sample text. In the coach's sentences it is faster.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Final

MEASURED: Final = (
    (100, 118.6),
    (130, 155.3),
    (160, 190.9),
    (200, 236.1),
    (250, 288.0),
    (300, 339.1),
)
"""espeak-ng's rate and the words a minute inside a clip: every fifth of the 290 sentences of six
words or more in the shipped routines, voice en-us+f2, espeak-ng 1.52, 2026-11-27."""


def engine_rate(words_a_minute: int) -> int:
    """Return espeak-ng's rate at which sentences have so many words a minute.

    Between the measured rates, and beyond them, by straight lines. From 100 to 300 words a minute
    it is within 5 % of what is measured (tests/tts/test_pace.py).
    """
    segments = list(pairwise(MEASURED))
    (low, slow), (high, fast) = next(
        (pair for pair in segments if words_a_minute <= pair[1][1]), segments[-1]
    )
    return round(low + (words_a_minute - slow) * (high - low) / (fast - slow))
