"""The questions before a session: one at a time, in order, and what comes out of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import SAY
from tests.screening.people import TODAY, told
from voicecoach.screening.profile import Answer, Due, Profile, let_through
from voicecoach.screening.questionnaire import Reply, Screening, screen_lines
from voicecoach.screening.questions import ABOUT_TODAY, ASKED, QUESTIONS, Fact

YES, NO, UNSURE, REPEAT = Reply.YES, Reply.NO, Reply.NOT_SURE, Reply.REPEAT


def play(screening: Screening, replies: dict[Fact, Reply]) -> tuple[list[Fact], Screening]:
    """Answer by no, but as `replies` say; return what was asked and how it ended."""
    asked = []
    while screening.current:
        fact = screening.current.fact
        if not screening.again:
            asked.append(fact)
        screening = screening.answer(replies.get(fact, NO))
    return asked, screening


def outcome(replies: dict[Fact, Reply]) -> Profile:
    """Return the profile of somebody new who answers so."""
    profile = play(Screening.start(Profile(), TODAY), replies)[1].outcome
    assert profile is not None
    return profile


def test_no_to_all_is_thirteen_questions() -> None:
    """Whoever says no hears the main questions alone, and is let through."""
    asked, screening = play(Screening.start(Profile(), TODAY), {})
    assert asked == [question.fact for question in QUESTIONS if question.after is None]
    assert len(asked) == 13
    assert screening.outcome == let_through(TODAY)
    assert screening.key == ""


def test_a_follow_up_comes_only_after_its_yes() -> None:
    """Pregnant: the weeks are asked at once, and nothing else more."""
    asked, _ = play(Screening.start(Profile(), TODAY), {Fact.PREGNANT: YES})
    assert len(asked) == 14
    assert asked[asked.index(Fact.PREGNANT) + 1] is Fact.PREGNANT_LONG


def test_a_question_can_be_repeated() -> None:
    """Repeat changes nothing, as often as it is said."""
    screening = Screening.start(Profile(), TODAY)
    assert screening.answer(REPEAT) == screening
    unsure = screening.answer(UNSURE)
    assert unsure.answer(REPEAT) == unsure


def test_not_sure_is_asked_once_more_in_other_words() -> None:
    """The second wording of the same question; a plain answer then counts as it is."""
    screening = Screening.start(Profile(), TODAY)
    again = screening.answer(UNSURE)
    assert again.current == screening.current
    assert again.key == "emergency_again" != screening.key
    answered = again.answer(NO)
    assert answered.given == {Fact.EMERGENCY: Answer(False, TODAY)}
    assert answered.key == "weak"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.fact.value)
def test_not_sure_twice_is_the_careful_answer(question: object) -> None:
    """Yes to a danger, no to a clinician's consent: always the side of less, and kept as unsure."""
    fact = question.fact  # type: ignore[attr-defined]
    parents = {Fact(question.after): YES} if question.after else {}  # type: ignore[attr-defined]
    given = outcome({**parents, fact: UNSURE}).answers.given
    agreed = fact in (Fact.BLOOD_AGREED, Fact.DISC_AGREED)
    assert given[fact] == Answer(not agreed, TODAY, sure=False)
    assert given[fact].word == "not sure"


@pytest.mark.parametrize("fact", [f for f, q in ASKED.items() if q.final])
def test_a_red_flag_ends_the_questions(fact: Fact) -> None:
    """S8 to S11: nothing more is asked, and the next session asks all of it again."""
    before = {Fact.INJURY: YES} if fact is Fact.ACCIDENT else {}
    asked, screening = play(Screening.start(Profile(), TODAY), {**before, fact: YES})
    assert asked[-1] is fact
    assert screening.outcome is not None
    assert screening.outcome.answers.says(fact, TODAY)
    assert screening.outcome.due(TODAY) is Due.ALL


def test_nothing_comes_out_before_the_end() -> None:
    """While a question is open there is no outcome; after the end there is no answer."""
    screening = Screening.start(Profile(), TODAY)
    while screening.current:
        assert screening.outcome is None
        screening = screening.answer(NO)
    with pytest.raises(ValueError, match="answered"):
        screening.answer(NO)


def test_later_only_today_is_asked_about() -> None:
    """Within thirty days: has anything changed, and unwell; the older answers keep their days."""
    old = let_through(TODAY - timedelta(days=3))
    asked, screening = play(Screening.start(old, TODAY), {Fact.UNWELL: YES})
    assert asked == [question.fact for question in ABOUT_TODAY] == [Fact.CHANGED, Fact.UNWELL]
    assert screening.outcome is not None
    assert screening.outcome.answers.given[Fact.UNWELL] == Answer(True, TODAY)
    assert screening.outcome.answers.given[Fact.BONES].on == TODAY - timedelta(days=3)
    assert screening.outcome.due(TODAY) is Due.TODAY


@pytest.mark.parametrize("reply", [YES, UNSURE])
def test_a_change_brings_all_the_questions(reply: Reply) -> None:
    """Something has changed, or the user cannot tell: all is asked, and counts from today."""
    old = let_through(TODAY - timedelta(days=3))
    asked, screening = play(Screening.start(old, TODAY), {Fact.CHANGED: reply})
    assert len(asked) == 14
    assert screening.outcome == let_through(TODAY)


def test_all_can_be_asked_at_any_time() -> None:
    """Who wants to answer everything anew may."""
    screening = Screening.start(let_through(TODAY), TODAY, everything=True)
    assert screening.queue == QUESTIONS


def test_after_thirty_days_all_is_asked() -> None:
    """One answer of 31 days ago is enough."""
    assert Screening.start(let_through(TODAY - timedelta(days=31)), TODAY).queue == QUESTIONS


@pytest.mark.parametrize("reply", [NO, UNSURE])
def test_s8_who_was_not_seen_is_asked_nothing_else(reply: Reply) -> None:
    """S8: the only question; without a clear yes it stays as it was."""
    blocked = let_through(TODAY).block(TODAY - timedelta(days=1))
    asked, screening = play(Screening.start(blocked, TODAY), {Fact.SEEN: reply})
    assert asked == [Fact.SEEN]
    assert screening.outcome == blocked


def test_s8_who_was_seen_is_asked_everything() -> None:
    """S8: the block is lifted, all the questions follow; a new yes blocks anew."""
    blocked = let_through(TODAY).block(TODAY - timedelta(days=1))
    asked, screening = play(Screening.start(blocked, TODAY), {Fact.SEEN: YES})
    assert len(asked) == 14
    assert screening.outcome == let_through(TODAY)
    again = {Fact.SEEN: YES, Fact.EMERGENCY: YES}
    worse = play(Screening.start(blocked, TODAY), again)[1].outcome
    assert worse is not None
    assert worse.blocked == TODAY


def test_s8_a_yes_in_the_questions_blocks() -> None:
    """S8: told before a session, it counts as much as told in one."""
    assert outcome({Fact.EMERGENCY: YES}).blocked == TODAY


def test_what_was_told_comes_out() -> None:
    """The outcome is the profile that the other tests are made with."""
    facts = (Fact.PREGNANT, Fact.PREGNANT_LONG, Fact.DISC, Fact.DISC_AGREED)
    assert outcome(dict.fromkeys(facts, YES)) == told(*facts)


def test_older_memories_stay() -> None:
    """New answers leave what earlier sessions brought as it is."""
    from voicecoach.screening.profile import Scores

    old = Profile().after_session(Scores(TODAY, 1, 2))
    done = play(Screening.start(old, TODAY), {})[1].outcome
    assert done is not None
    assert done.scores == old.scores


@given(st.lists(st.sampled_from(Reply), max_size=60))
def test_the_questions_always_end(replies: list[Reply]) -> None:
    """Whatever is said: never more than two rounds a question, and every line can be spoken."""
    screening = Screening.start(Profile(), TODAY)
    lines = set(screen_lines(SAY))
    steps = 0
    for reply in [*replies, *[NO] * len(QUESTIONS)]:
        if screening.current is None:
            break
        assert SAY.screen[screening.key] in lines
        steps += reply is not REPEAT
        screening = screening.answer(reply)
    assert screening.outcome is not None
    assert steps <= 2 * len(QUESTIONS)
