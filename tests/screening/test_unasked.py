"""Why there is no session is told by what the user said, never by a question that was not asked."""

from __future__ import annotations

import pytest

from tests.english import SAY
from tests.screening.people import TODAY
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answers, Profile, let_through
from voicecoach.screening.questions import ASKED, QUESTIONS, Question
from voicecoach.screening.summary import meaning, refusal_today

FOLLOW_UPS = [question for question in QUESTIONS if question.after]


def _before(question: Question) -> Answers:
    """Return the answers that lead to a follow-up, which is not asked yet."""
    answers = let_through(TODAY).answers
    while question.after:
        answers = answers.with_answer(question.after, question.on, TODAY)
        question = ASKED[question.after]
    return answers


@pytest.mark.parametrize("question", FOLLOW_UPS, ids=lambda question: question.fact.value)
def test_a_follow_up_that_was_not_asked_is_no_reason(question: Question) -> None:
    """The program was ended between a yes and its follow-up; the next one explains only the yes."""
    profile = Profile(_before(question))
    assert question.fact in profile.due(TODAY)
    declined = refusal_today(profile, TODAY, SAY)
    assert declined is not None
    words = SAY.adapt.get(f"why_{question.fact.value}", "no such reason")
    assert not [line for line in declined.sentences if words in line]
    assert not [line for line in meaning(profile, TODAY, SAY) if words in line]


def test_an_injury_alone_is_no_accident() -> None:
    """Whether it was serious is still open: that is said, and nothing of a bad fall."""
    profile = Profile(let_through(TODAY).answers.with_answer(Fact.INJURY, True, TODAY))
    declined = refusal_today(profile, TODAY, SAY)
    assert declined is not None
    assert declined.rule == ""
    assert declined.why == (SAY.adapt["unscreened"],)
