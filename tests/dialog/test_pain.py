"""The pain dialog, each rule by its number (S2 to S6)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialog.driver import Driver, plan_of
from tests.dialog.hurting import BRIDGE_OUT, PLAN, counting, hurting, unclear, verdicts
from tests.dialog.test_table import WAYS, at
from tests.english import parse
from tests.routine.files import GOOD
from voicecoach.dialog.events import Unclear
from voicecoach.dialog.states import CHECKS, SAFETY, State
from voicecoach.language.phrasebook import Command
from voicecoach.track import CueKind

C, S = Command, State


def test_s2_pain_asks_for_the_score_and_whether_it_is_sharp() -> None:
    """S2: silence, "how bad is it", then "is it sharp", and a verdict after both answers."""
    driver = counting()
    driver.say(C.PAIN)
    asked = driver.now
    assert driver.state is S.ASK_SCORE
    driver.wait(6000)
    assert driver.texts(asked) == [
        "Stopped.", BRIDGE_OUT, "Ease off and breathe.", "How bad is it, from zero to ten?",
    ]  # fmt: skip
    driver.say(C.NUMBER, 2)
    assert driver.state is S.ASK_SHARP
    driver.say(C.NO)
    assert verdicts(driver) == ["low"]


def test_s2_two_unclear_answers_count_as_six() -> None:
    """S2: a score that nobody could make out twice counts as 6: the region is left alone."""
    driver = counting()
    driver.say(C.PAIN)
    unclear(driver)
    assert driver.state is S.ASK_SCORE
    unclear(driver)
    assert driver.state is S.ASK_SHARP
    driver.say(C.NO)
    driver.say(C.PLACE)
    assert verdicts(driver) == ["high"]


def test_s2_unclear_answers_are_counted_by_question() -> None:
    """S2: one unclear answer to each of two questions is not two to one of them."""
    driver = counting()
    driver.say(C.PAIN)
    unclear(driver)
    driver.say(C.NUMBER, 1)
    unclear(driver)
    assert driver.state is S.ASK_SHARP
    driver.say(C.NO)
    assert verdicts(driver) == ["low"]


@pytest.mark.parametrize(
    ("state", "worse"),
    [
        (S.ASK_SCORE, S.ASK_SHARP),
        (S.CHECK_SCORE, S.ASK_WHERE),
        (S.ASK_SHARP, S.ASK_WHERE),
        (S.ASK_WHERE, S.OFFER_BREATHING),
        (S.ASK_HURT, S.ASK_SCORE),
        (S.ASK_EFFORT, S.ASK_SCORE),
        (S.ASK_BREATHING, S.CLOSING),
    ],
)
@pytest.mark.parametrize("sure", [True, False])
def test_s2_the_worse_answer_is_taken(state: State, worse: State, sure: bool) -> None:
    """The word "not sure", or noise, is asked once more and then counts as the worse answer.

    But noise alone makes no emergency.
    """
    driver = at(state)
    noise = state is S.ASK_BREATHING and not sure
    for expected in (state, state if noise else worse):
        driver.say(C.NOT_SURE) if sure else unclear(driver)
        assert driver.state is expected


def test_s25_noise_does_not_keep_the_helper_away() -> None:
    """After "dizzy", sounds nobody can make out are no answer: the ladder goes on to its end."""
    driver = at(S.ASK_BREATHING)
    for _ in range(30):
        unclear(driver)
        driver.wait(10_000)
    assert driver.outcome == "no_answer"


def test_s2_noise_outside_the_questions_changes_nothing() -> None:
    """An unclear sound matters in the safety questions alone, and where a score is asked for."""
    for state in sorted(set(WAYS) - SAFETY - CHECKS - {S.ENDED}, key=lambda s: s.value):
        driver = at(state)
        assert driver.give(Unclear(driver.now)) == []


@pytest.mark.parametrize("score", [0, 1, 2])
def test_s3_little_pain_offers_to_go_on_easier(score: int) -> None:
    """S3: 0 to 2 and not sharp: an offer to go on, one level easier, at the same repetition."""
    driver = hurting(score)
    assert driver.state is S.OFFER_EASIER
    driver.say(C.YES)
    said = driver.now
    driver.reach(S.RESTING)
    assert [(s.cue.n, s.cue.of) for s in driver.counts() if s.start > said] == [
        (3, 5), (4, 5), (5, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("score", [3, 4, 5])
def test_s4_middling_pain_asks_again_after_one_repetition(score: int) -> None:
    """S4: 3 to 5 and not sharp: easier, and the score again after the first repetition; if it is
    low then, the set goes on.
    """
    driver = hurting(score)
    assert driver.state is S.OFFER_EASIER
    driver.say(C.EASIER)
    said = driver.now
    driver.reach(S.CHECK_SCORE)
    assert [s.cue.n for s in driver.counts() if s.start > said] == [3]
    driver.wait(2000)
    driver.say(C.NUMBER, 1)
    driver.reach(S.RESTING)
    assert [s.cue.n for s in driver.counts() if s.start > said] == [3, 4, 5]


def test_s4_a_second_middling_pain_drops_the_exercise() -> None:
    """S4: a second 3 to 5 in the same exercise drops it; the way out is spoken (S30)."""
    driver = hurting(4)
    driver.say(C.YES)
    driver.reach(S.CHECK_SCORE)
    driver.say(C.NUMBER, 3)
    said = driver.now
    assert driver.state is S.OFFER_NEXT
    assert driver.recorded("dropped") == [{"id": "bridge"}]
    driver.wait(9000)
    assert driver.texts(said)[0] == BRIDGE_OUT


def test_s4_the_question_survives_a_stop() -> None:
    """S4: "stop" instead of an answer to the offer, "continue": the offer comes again."""
    driver = hurting(4)
    driver.say(C.STOP)
    driver.say(C.RESUME)
    assert driver.state is S.OFFER_EASIER
    driver.say(C.YES)
    driver.reach(S.CHECK_SCORE)


def test_s4_middling_pain_may_skip() -> None:
    """S4: "skip" leaves the exercise, way out first, and offers the next one."""
    driver = hurting(5)
    driver.say(C.NEXT)
    said = driver.now
    assert driver.state is S.OFFER_NEXT
    driver.wait(9000)
    assert driver.texts(said)[0] == BRIDGE_OUT
    assert driver.recorded("exercise_finished") == [{"id": "bridge", "outcome": "skipped"}]


@pytest.mark.parametrize("score", [6, 8, 10])
def test_s5_strong_pain_leaves_the_region_alone(score: int) -> None:
    """S5: 6 or more: everything for that region is dropped, breathing is offered, way out first."""
    driver = hurting(score)
    said = driver.now
    assert driver.state is S.OFFER_BREATHING
    assert [data["id"] for data in driver.recorded("dropped")] == ["bridge", "knee"]
    driver.wait(12_000)
    assert driver.texts(said)[0] == BRIDGE_OUT
    driver.say(C.NO)
    driver.say(C.YES)
    assert driver.recorded("exercise_started")[-1]["id"] == "rolling"


def test_s5_a_named_region_is_the_one_that_is_left_alone() -> None:
    """S5: "my back hurts" drops what loads the low back, and the exercise at hand."""
    driver = counting()
    driver.say(C.PAIN, region="upper-back")
    driver.say(C.NUMBER, 7)
    driver.say(C.NO)
    assert [data["id"] for data in driver.recorded("dropped")] == ["bridge", "rolling"]


@pytest.mark.parametrize("score", [0, 4, 9])
def test_s6_sharp_pain_stops_whatever_the_number(score: int) -> None:
    """S6: sharp at any score ends the region and says when to see somebody."""
    driver = hurting(score, C.YES)
    said = driver.now
    assert verdicts(driver) == ["sharp"]
    assert driver.state is S.OFFER_NEXT
    driver.wait(15_000)
    assert driver.texts(said)[:3] == [
        BRIDGE_OUT, "Then we'll leave your hip alone today.",
        "If it stays, or comes back, see a doctor or a physiotherapist.",
    ]  # fmt: skip


def test_s6_a_sharp_word_needs_no_question() -> None:
    """S6: "tingling" is judged at once, and no later milder word takes it back."""
    driver = counting()
    driver.say(C.SHARP_PAIN)
    assert driver.state is S.ASK_WHERE
    driver.say(C.PAIN)
    assert verdicts(driver) == ["sharp"]
    assert [data["question"] for data in driver.recorded("asked")] == ["ask_where", "offer_next"]


def test_s6_the_last_exercise_ends_the_session() -> None:
    """Where nothing is left after a sharp pain, the session ends: way out, then goodbye."""
    plan = plan_of(replace(PLAN.routine, exercises=PLAN.routine.exercises[:1]))
    driver = Driver(plan)
    driver.reach(S.COUNTING)
    driver.say(C.SHARP_PAIN)
    said = driver.now
    driver.finish()
    assert driver.outcome == "ended"
    assert driver.texts(said)[0] == BRIDGE_OUT
    assert driver.texts(said)[-2] == driver.plan.prompts.say("nothing_left")


def test_effort_is_not_pain() -> None:
    """The word "too hard" without pain offers easier; it is no report of pain."""
    driver = counting()
    driver.say(C.TOO_MUCH)
    driver.say(C.NO)
    assert driver.state is S.OFFER_EASIER
    driver.say(C.YES)
    driver.reach(S.RESTING)
    assert verdicts(driver) == []


def test_pain_in_the_greeting_is_taken_seriously() -> None:
    """A sharp pain before the first exercise leaves out what loads the region; no way out is
    spoken, because nobody is in a position yet.
    """
    driver = Driver(plan_of(parse(GOOD, "good.yaml")))
    driver.wait(1000)
    driver.say(C.SHARP_PAIN)
    said = driver.now
    driver.say(C.PLACE, region="hip")
    driver.wait(20_000)
    assert BRIDGE_OUT not in driver.texts(said)
    driver.say(C.YES)
    assert driver.recorded("exercise_started")[0]["id"] == "rolling"
    driver.finish()
    assert not [s for s in driver.sounds if s.start > said and s.cue.kind is CueKind.COUNT
                and s.cue.of == 8]  # fmt: skip
