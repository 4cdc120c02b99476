"""Where an independent formula of the literature places the beat of a word."""

import numpy as np
import pytest

from bench.onsets import RATE, Floats, marcus


@pytest.mark.parametrize(("lead", "hiss", "vowel"), [(0, 100, 200), (50, 150, 150), (20, 40, 250)])
def test_the_formula_of_marcus_weighs_the_start_and_the_length(
    lead: int, hiss: int, vowel: int
) -> None:
    """0.65 of what is before the vowel and 0.25 of what follows are counted."""

    def time(ms: int) -> Floats:
        return np.arange(ms * RATE // 1000) / RATE

    parts = [
        np.zeros(len(time(lead))),
        2000 * np.sin(2 * np.pi * 4000 * time(hiss)),
        9000 * np.sin(2 * np.pi * 900 * time(vowel)),
        np.zeros(RATE // 2),
    ]
    beat = marcus(np.concatenate(parts).astype(np.int16)) / RATE * 1000
    assert beat == pytest.approx(lead + 0.65 * hiss + 0.25 * vowel, abs=10)
