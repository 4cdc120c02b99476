"""Everybody who gives at most two answers besides "no": the people of the exhaustive tests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Final

from tests.screening.people import TODAY
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questions import QUESTIONS, Fact, Question

Condition = Mapping[Fact, bool]
"""A yes to a question that everybody is asked, and the answers to what follows from it."""


def conditions() -> list[Condition]:
    """Return every way through each question and its follow-ups, from a yes to the first."""
    return [way for question in QUESTIONS if question.after is None for way in _ways(question)]


def _ways(question: Question) -> Iterator[Condition]:
    ways: list[dict[Fact, bool]] = [{question.fact: True}]
    for follow in QUESTIONS:
        ways = [new for way in ways for new in _answered(way, follow)]
    yield from ways


def _answered(way: dict[Fact, bool], follow: Question) -> list[dict[Fact, bool]]:
    if follow.after is None or not way.get(follow.after):
        return [way]
    return [{**way, follow.fact: yes} for yes in (True, False)]


def pairs() -> list[Condition]:
    """Return every condition, and every two of different questions."""
    single = conditions()
    apart = ((one, two) for one, two in combinations(single, 2) if not one.keys() & two.keys())
    return [*single, *({**one, **two} for one, two in apart)]


def profile_of(condition: Condition) -> Profile:
    """Return somebody of whom that holds, and who said no to all other questions, today."""
    answers = let_through(TODAY).answers
    for fact, yes in condition.items():
        answers = answers.with_answer(fact, yes, TODAY)
    return Profile().with_answers(answers, TODAY)


PAIRS: Final = pairs()
