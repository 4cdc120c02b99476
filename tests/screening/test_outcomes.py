"""docs/screening-outcomes.md: what every answer, and every two, leave of each routine."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.screening.conditions import PAIRS, conditions, outcomes

PAGE = Path(__file__).parents[2] / "docs" / "screening-outcomes.md"


@pytest.fixture(scope="module")
def shelf() -> Any:
    """Return the shipped routines."""
    return outcomes.Shelf()


def test_the_page_is_current() -> None:
    """Else run docs/diagram.py."""
    assert PAGE.read_text("utf-8") == outcomes.page()


def test_every_answer_is_tried() -> None:
    """Each fact that is asked for is answered by yes and, after another, by no."""
    tried = {(fact, yes) for condition in conditions() for fact, yes in condition.items()}
    assert {fact for fact, yes in tried if yes} == {
        question.fact for question in outcomes.QUESTIONS
    }
    follow_ups = {question.fact for question in outcomes.QUESTIONS if question.after}
    assert {fact for fact, yes in tried if not yes} == follow_ups
    assert len(PAIRS) == len(conditions()) + len(outcomes.pairs())


@pytest.mark.rule("S40")
def test_s40_a_yes_of_a_clinician_never_shuts_anything(shelf: Any) -> None:
    """Whoever may say "my doctor agreed" is led all that is led without it, and more."""
    for condition in conditions():
        for fact in condition:
            if fact.value.endswith("_agreed") and condition[fact]:
                without = shelf.left({**condition, fact: False})
                for id_, left in shelf.left(condition).items():
                    assert set(without[id_].ids) & set(shelf.own(id_)) <= set(left.ids), condition
