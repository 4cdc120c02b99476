"""How far a sound check's prediction is off, and the constants that fit what was obeyed."""

from __future__ import annotations

import numpy as np
import pytest

from bench.sound_check import Row, fitted, loss, told
from voicecoach.audio.margin import Curve, shares

TRUE = Curve(most=0.9, half_db=2.0, spread=2.0)
LEAST = -38.0


def row(words: int, seed: int) -> Row:
    """Return a room in which as many words as by `TRUE` are obeyed, by chance."""
    chance = np.random.default_rng(seed)
    levels = chance.uniform(-50, -20, words)
    asked = LEAST + chance.normal(0, 2, 40)
    likely = shares(levels, asked, TRUE)
    stops = list(zip(levels.tolist(), (chance.random(words) < likely).tolist(), strict=True))
    return {
        "level_db": 0.0,
        "room": {"echo_db": 0.0, "floor_db": -40.0},
        "said": levels[:3].tolist(),
        "noise": -70.0,
        "least": asked.tolist(),
        "stops": stops,
    }


def test_the_fit_finds_the_constants_by_which_words_were_obeyed() -> None:
    """From enough words it comes near them."""
    rows = [row(1500, 1), row(1500, 2)]
    found = fitted(rows)
    assert loss(rows, found) <= loss(rows, TRUE)
    assert found.most == pytest.approx(TRUE.most, abs=0.03)
    assert found.half_db == pytest.approx(TRUE.half_db, abs=0.7)
    assert found.spread == pytest.approx(TRUE.spread, abs=0.4)


def test_it_tells_how_far_off_it_is_and_how_far_chance_alone_would_be() -> None:
    """Constants that are right are off by chance; ones that promise too much by more."""
    rows = [row(25, seed) for seed in range(40)]
    right = told(rows, TRUE)
    assert abs(right["all_words"]["off"]) < 0.03
    assert right["all_words"]["distance"] == pytest.approx(right["distance_by_chance"], abs=0.02)
    assert 0.03 < right["distance_by_chance"] < 0.1
    assert right["one_user"]["distance"] > 2 * right["all_words"]["distance"]
    wrong = told(rows, Curve(most=0.9, half_db=-6.0, spread=2.0))
    assert wrong["all_words"]["off"] > 0.1


def test_a_check_that_heard_no_word_is_told_and_not_counted() -> None:
    """There is nothing that it could predict."""
    silent = {**row(25, 1), "said": []}
    found = told([silent, row(25, 2)], TRUE)
    assert [line["one_user"] is None for line in found["rooms"]] == [True, False]
    only = told([row(25, 2)], TRUE)
    assert found["one_user"] == only["one_user"]
