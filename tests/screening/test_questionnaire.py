"""The questions before a session: one at a time, in order, and what comes out of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import SAY
from tests.screening.people import TODAY, told
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer, Profile, let_through
from voicecoach.screening.questionnaire import Reply, Screening, screen_lines
from voicecoach.screening.questions import ASKED, BLOCKING, DAILY, QUESTIONS, Question
from voicecoach.screening.summary import allows

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


def test_no_to_all_is_sixteen_questions() -> None:
    """Whoever says no hears the main questions alone, and is let through."""
    asked, screening = play(Screening.start(Profile(), TODAY), {})
    assert asked == [question.fact for question in QUESTIONS if question.after is None]
    assert len(asked) == 16
    assert screening.outcome == let_through(TODAY)
    assert screening.key == ""


def test_a_follow_up_comes_only_after_its_yes() -> None:
    """Pregnant: the weeks are asked at once; in the first twelve, whether it was agreed to."""
    late = {Fact.PREGNANT: YES, Fact.PREGNANT_LONG: YES}
    asked, _ = play(Screening.start(Profile(), TODAY), late)
    assert len(asked) == 17
    at = asked.index(Fact.PREGNANT)
    assert asked[at + 1] is Fact.PREGNANT_LONG
    asked, _ = play(Screening.start(Profile(), TODAY), {Fact.PREGNANT: YES})
    assert asked[at + 1 : at + 3] == [Fact.PREGNANT_LONG, Fact.PREGNANT_AGREED]


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


def way_to(question: Question) -> dict[Fact, Reply]:
    """Return the answers by which a question is reached."""
    if question.after is None:
        return {}
    return {**way_to(ASKED[question.after]), question.after: YES if question.on else NO}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.fact.value)
def test_not_sure_twice_is_the_careful_answer(question: Question) -> None:
    """Yes to a danger, no to a clinician's consent: always the side of less, and kept as unsure."""
    fact = question.fact
    given = outcome({**way_to(question), fact: UNSURE}).answers.given
    good = fact.value.endswith("_agreed") or fact is Fact.NIGHT_EASES
    assert given[fact] == Answer(not good, TODAY, sure=False)
    assert given[fact].word == "not sure"


@pytest.mark.parametrize("question", [q for q in QUESTIONS if q.ends], ids=lambda q: q.fact.value)
def test_what_allows_no_session_ends_the_questions(question: Question) -> None:
    """S8 to S11: nothing more is asked; what is open then is asked before the next session."""
    fact, yes = question.fact, True in question.ends
    answers = {**way_to(question), fact: YES if yes else NO}
    asked, screening = play(Screening.start(Profile(), TODAY), answers)
    assert asked[-1] is fact
    assert screening.outcome is not None
    assert screening.outcome.answers.says(fact, TODAY) is yes
    assert not allows(screening.outcome, TODAY, SAY)
    assert screening.outcome.due(TODAY)


def test_nothing_comes_out_before_the_end() -> None:
    """While a question is open there is no outcome; after the end there is no answer."""
    screening = Screening.start(Profile(), TODAY)
    while screening.current:
        assert screening.outcome is None
        screening = screening.answer(NO)
    with pytest.raises(ValueError, match="answered"):
        screening.answer(NO)


def test_later_only_today_is_asked_about() -> None:
    """An unusual day: has anything changed, ill, drowsy; the older answers keep their days."""
    old = let_through(TODAY - timedelta(days=3))
    asked, screening = play(Screening.start(old, TODAY), {Fact.TODAY: YES, Fact.DROWSY: YES})
    assert asked == [Fact.TODAY, Fact.CHANGED, Fact.UNWELL, Fact.DROWSY]
    assert screening.outcome is not None
    assert screening.outcome.answers.given[Fact.DROWSY] == Answer(True, TODAY)
    assert screening.outcome.answers.given[Fact.BONES].on == TODAY - timedelta(days=3)
    assert not screening.outcome.due(TODAY)


def test_the_same_day_it_is_asked_again_how_the_user_is() -> None:
    """A second session on one day: a glass of wine may lie between."""
    asked, _ = play(Screening.start(let_through(TODAY), TODAY), {})
    assert asked == [Fact.TODAY]


@pytest.mark.rule("S20")
def test_s20_a_no_on_a_usual_day_answers_what_is_asked_of_each_day() -> None:
    """Nothing is unusual: neither ill nor drowsy, of that day, and the session may begin."""
    old = let_through(TODAY - timedelta(days=3))
    asked, screening = play(Screening.start(old, TODAY), {})
    assert asked == [Fact.TODAY]
    assert screening.outcome is not None
    assert {screening.outcome.answers.given[fact] for fact in DAILY} == {Answer(False, TODAY)}
    assert not screening.outcome.due(TODAY)
    assert screening.outcome.due(TODAY + timedelta(days=1)) == DAILY


@pytest.mark.rule("S20")
@pytest.mark.parametrize("reply", [YES, UNSURE])
def test_s20_anything_else_asks_one_thing_at_a_time(reply: Reply) -> None:
    """Something is unusual, or the user cannot tell: then each thing has its own question."""
    old = let_through(TODAY - timedelta(days=3))
    asked, _ = play(Screening.start(old, TODAY), {Fact.TODAY: reply})
    assert asked == [Fact.TODAY, Fact.CHANGED, Fact.UNWELL, Fact.DROWSY]


@pytest.mark.parametrize("reply", [YES, UNSURE])
def test_a_change_brings_all_the_questions(reply: Reply) -> None:
    """Something has changed, or the user cannot tell: all is asked, and counts from today."""
    old = let_through(TODAY - timedelta(days=3))
    asked, screening = play(Screening.start(old, TODAY), {Fact.TODAY: YES, Fact.CHANGED: reply})
    assert len(asked) == 18
    assert screening.outcome == let_through(TODAY)


def test_a_change_that_ends_the_questions_leaves_no_older_answer() -> None:
    """What was not asked again after a change does not count: it is asked next time."""
    old = let_through(TODAY - timedelta(days=3))
    replies = {Fact.TODAY: YES, Fact.CHANGED: YES, Fact.CANCER: YES}
    _, screening = play(Screening.start(old, TODAY), replies)
    assert screening.outcome is not None
    assert Fact.BONES not in screening.outcome.answers.given


def test_all_can_be_asked_at_any_time() -> None:
    """Who wants to answer everything again may."""
    screening = Screening.start(let_through(TODAY), TODAY, everything=True)
    assert screening.whole
    assert screening.count == 16


@pytest.mark.rule("S41")
def test_s41_after_thirty_days_the_signs_of_danger_are_asked() -> None:
    """S41: five questions and the one of each day, in their order; not all sixteen."""
    asked, screening = play(Screening.start(let_through(TODAY - timedelta(days=31)), TODAY), {})
    recent = [Fact.EMERGENCY, Fact.WEAK, Fact.INJURY, Fact.LOSS, Fact.NIGHT]
    assert asked == [Fact.TODAY, *recent]
    assert screening.outcome is not None
    assert not screening.outcome.due(TODAY)


@pytest.mark.rule("S41")
def test_s41_a_missing_yes_is_asked_for_alone() -> None:
    """S41: cancer years ago, and no doctor has agreed: the next day only that is asked."""
    old = outcome({Fact.CANCER: YES})
    day = TODAY + timedelta(days=1)
    asked, screening = play(Screening.start(old, day), {Fact.CANCER_AGREED: YES})
    assert Fact.CANCER not in asked
    assert Fact.CANCER_AGREED in asked
    assert screening.outcome is not None
    assert allows(screening.outcome, day, SAY)


def test_a_changed_answer_brings_its_follow_ups() -> None:
    """Pregnant again, a year after the last time: the weeks are asked, too."""
    first = told(Fact.PREGNANT, Fact.PREGNANT_LONG).answers
    after = first.with_answer(Fact.PREGNANT, False, TODAY + timedelta(days=200))
    day = TODAY + timedelta(days=300)
    asked, _ = play(Screening.start(Profile(after), day), {Fact.PREGNANT: YES})
    assert Fact.PREGNANT_LONG in asked


@pytest.mark.parametrize("reply", [NO, UNSURE])
@pytest.mark.parametrize("first", [Fact.SEEN, Fact.CLEARED])
def test_s8_who_was_not_seen_is_asked_nothing_else(reply: Reply, first: Fact) -> None:
    """S8: without a doctor, or without the doctor's yes, it stays as it was."""
    blocked = let_through(TODAY).block(TODAY - timedelta(days=1))
    asked, screening = play(Screening.start(blocked, TODAY), {Fact.SEEN: YES, first: reply})
    assert asked[-1] is first
    assert screening.outcome == blocked


@pytest.mark.parametrize("fact", BLOCKING)
def test_s8_who_was_seen_is_asked_what_is_new_since(fact: Fact) -> None:
    """S8, S9, S11: the block is lifted and all questions follow; the gravest ask what is new since
    the doctor's visit, so that an old weakness does not shut the user out; a yes blocks again.
    """
    blocked = let_through(TODAY).block(TODAY - timedelta(days=1))
    seen = {Fact.SEEN: YES, Fact.CLEARED: YES}
    asked, screening = play(Screening.start(blocked, TODAY), seen)
    assert len(asked) == 18
    assert screening.outcome == let_through(TODAY)
    worse = play(Screening.start(blocked, TODAY), {**seen, **way_to(ASKED[fact]), fact: YES})[1]
    assert worse.outcome is not None
    assert worse.outcome.blocked == TODAY
    begun = Screening.start(blocked, TODAY).answer(YES).answer(YES)
    assert begun.key == "emergency_since"
    assert begun.answer(UNSURE).key == "emergency_since_again"


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
