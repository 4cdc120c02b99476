"""What the answers mean for a day, as it is told after the questions."""

from __future__ import annotations

import pytest

from tests.english import SAY
from tests.screening.people import TODAY, told
from voicecoach.screening.profile import let_through
from voicecoach.screening.questions import QUESTIONS, Fact
from voicecoach.screening.summary import allows, meaning

LONGEST_WORDS = 17
"""A sentence that is heard once."""


def test_somebody_let_through_hears_that_nothing_stands_in_the_way() -> None:
    """One sentence, and any session is allowed."""
    assert meaning(let_through(TODAY), TODAY, SAY) == (
        "Nothing you told me stands in the way of gentle exercise.",
    )
    assert allows(let_through(TODAY), TODAY, SAY)


def test_each_thing_has_a_sentence_of_its_own() -> None:
    """Late in a pregnancy, over sixty five, on blood thinners: a short sentence for each."""
    profile = told(Fact.PREGNANT, Fact.PREGNANT_LONG, Fact.OLDER, Fact.BLOOD)
    assert meaning(profile, TODAY, SAY) == (
        "I fit each routine to what you told me.",
        "I leave out all rolling.",
        "You do nothing on your belly, and you lie flat on your back for short times only.",
        "You get more time for each position, and stretches last longer.",
        "I leave out what is marked as not suited to what you told me.",
    )
    assert allows(profile, TODAY, SAY)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.fact.value)
def test_every_answer_is_told_in_short_sentences(question: object) -> None:
    """Whatever was answered by yes: where a session is allowed, each sentence can be followed."""
    fact, parent = question.fact, question.after  # type: ignore[attr-defined]
    profile = told(fact, *([parent] if parent else []))
    if allows(profile, TODAY, SAY):
        assert (
            max(len(sentence.split()) for sentence in meaning(profile, TODAY, SAY)) <= LONGEST_WORDS
        )
    else:
        assert question.final or fact is Fact.UNWELL  # type: ignore[attr-defined]
