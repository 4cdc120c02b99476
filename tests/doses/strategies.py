"""Hypothesis strategies for the texts and numbers that doses are made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from voicecoach.doses.base import Dose
from voicecoach.doses.beats import Phase
from voicecoach.track import Breath, Lengths
from voicecoach.units import Ms

WORDS = ("lie", "bend", "slowly", "towards", "your", "feet", "knee", "floor", "breathe", "gently")
SETS = st.integers(1, 3)
RESTS = st.integers(0, 30).map(lambda seconds: Ms(1000 * seconds))
BREATHS = st.sampled_from([2000, 3500, 4000, 6250, 10_000]).map(Ms)
"""Lengths of breathing in or out; some have a fraction of a second."""


def phrases(least: int = 1, most: int = 5) -> st.SearchStrategy[str]:
    """Return short texts of plain words."""
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


def cues(phases: Sequence[Phase]) -> st.SearchStrategy[dict[Phase, Breath]]:
    """Return breathing cues for both of `phases`, or for none."""
    orders = [tuple(Breath), tuple(reversed(Breath))]
    led = st.sampled_from(orders).map(lambda order: dict(zip(phases, order, strict=True)))
    return st.just({}) | led


def words(phases: Sequence[Phase]) -> st.SearchStrategy[dict[Phase, str]]:
    """Return words of one or two syllables or so for some of `phases`."""
    return st.dictionaries(st.sampled_from(phases), phrases(1, 2), max_size=2)


length = Lengths(lambda text: Ms(100 + 25 * len(text)))
"""Lengths of lines: 25 ms for each letter."""


def uneven(slow: int) -> Lengths:
    """Return lengths of `slow` ms for each letter, with the beat somewhere else in each line."""
    return Lengths(lambda text: Ms(100 + slow * len(text)), centre)


def centre(text: str) -> Ms:
    """Return where in a line its beat is heard: from 0 to 250 ms, by its first word."""
    return Ms(sum(text.split(",")[0].encode()) * 37 % 251)


def lineless(dose: Dose) -> Dose:
    """Return `dose` as if it had not come from a file."""
    return replace(dose, line=0, path="")
