"""Forced alignment: a phrase fits the sounds that it is made of, and no others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.stt.alignment import fit
from voicecoach.stt.fbank import Floats

LEXICON = {"ab": [[2, 4]], "ba": [[4, 2]], "abc": [[2, 4, 6]], "either": [[2, 4], [4, 6]]}
"""Outputs: 0 silence, then the first frame and the rest of the phones 2, 4 and 6."""

OUTPUTS = 8


def sounds(*outputs: int) -> Floats:
    """Return scores in which each row is certain of one output."""
    scores = np.full((len(outputs), OUTPUTS), -10.0, np.float32)
    scores[np.arange(len(outputs)), outputs] = 0
    return scores


def test_its_own_sounds_fit_perfectly() -> None:
    """With silence around and between its words, however long each phone is."""
    found = fit("ab ba", LEXICON, sounds(0, 0, 2, 3, 3, 4, 5, 0, 4, 5, 5, 2, 0))
    assert found is not None
    assert found.mean == found.weakest == 0


def test_another_order_does_not_fit() -> None:
    """The same sounds the other way round are another word."""
    found = fit("ab", LEXICON, sounds(0, 4, 5, 2, 3, 0))
    assert found is not None
    assert found.mean < -2


def test_the_weakest_phone_tells_of_half_a_word() -> None:
    """A word that ends otherwise fits well on average, and badly at its end."""
    found = fit("abc", LEXICON, sounds(0, 2, 3, 3, 3, 3, 4, 5, 5, 5, 5, 1, 0))
    assert found is not None
    assert found.mean > -3
    assert found.weakest == pytest.approx(-10)


def test_the_best_pronunciation_counts() -> None:
    """Any one of them may fit."""
    for spoken in ((0, 2, 3, 4, 5), (4, 5, 6, 7, 0)):
        found = fit("either", LEXICON, sounds(*spoken))
        assert found is not None
        assert found.mean == 0


@pytest.mark.parametrize("phrase", ["", "unknown", "ab unknown"])
def test_what_is_not_in_the_lexicon_has_no_fit(phrase: str) -> None:
    """Nor has no phrase at all."""
    assert fit(phrase, LEXICON, sounds(0, 2, 3, 4, 5)) is None


def test_too_little_sound_has_no_fit() -> None:
    """Every phone needs a row of its own."""
    assert fit("abc", LEXICON, sounds(2, 4)) is None
    assert fit("abc", LEXICON, sounds()) is None


@given(st.sampled_from(sorted(LEXICON)), st.lists(st.integers(0, OUTPUTS - 1), max_size=30))
def test_no_fit_is_better_than_perfect(word: str, spoken: list[int]) -> None:
    """And the weakest phone is never better than the mean."""
    found = fit(word, LEXICON, sounds(*spoken))
    if found is not None:
        assert found.weakest <= found.mean + 1e-5
        assert found.mean <= 0
