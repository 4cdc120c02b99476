"""A question that cuts the answer to another one: both are answered, and nothing is said twice."""

from __future__ import annotations

from itertools import permutations

import pytest

from tests.dialog.driver import Driver, good_plan
from tests.dialog.test_safety import at
from tests.effort import one_in
from tests.english import SAY
from voicecoach.dialog.advice import ADVICE
from voicecoach.dialog.questions import ANSWERS
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.track import lines_of

C, S = Command, State
PLAN = good_plan()
PAIRS = one_in(7, list(permutations(ANSWERS, 2)))
STATES = (S.WELCOME, S.READING, S.SETTLING, S.COUNTING, S.HOLDING, S.RESTING, S.PAUSED)
MOMENTARY = (C.HOW_LONG, C.HOW_MANY)
"""Their answers depend on the moment."""
ADVICE_LINES = frozenset(map(SAY.say, ADVICE.values()))


def _whole(driver: Driver, since: int) -> list[str]:
    return [s.cue.text for s in driver.sounds if s.start >= since and s.whole and s.cue.text]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.value)
def test_both_are_answered_whole_and_once(state: State) -> None:
    """Every two questions, the second one half a second into the first answer; in a pause too."""
    for pair in PAIRS:
        driver = at(state)
        since = driver.now
        if not {*pair} <= driver.live:
            continue
        context = driver.session._s
        expected = {c: {*lines_of(ANSWERS[c](context, since))} for c in pair if c not in MOMENTARY}
        for command in pair:
            driver.say(command)
            driver.wait(500)
        driver.wait(14_000 if state is S.PAUSED else 30_000)
        heard = _whole(driver, since)
        for lines in expected.values():
            assert lines & {*heard}, (pair, heard)
        advice = [text for text in heard if text in ADVICE_LINES]
        assert len(advice) == len({*advice})


def test_the_same_question_twice_is_answered_once() -> None:
    """Asked again in the middle of its answer, it begins again."""
    driver = at(S.READING)
    since = driver.now
    for _ in range(2):
        driver.say(C.SEE_DOCTOR)
        driver.wait(800)
    driver.wait(12_000)
    assert _whole(driver, since).count(SAY.say("advice_doctor")) == 1


def test_an_answer_that_depends_on_the_moment_is_true_when_it_comes_again() -> None:
    """The answer to "how many more" in a set, cut by a pause: the number is that of the set as it
    goes on.
    """
    driver = Driver(PLAN)
    driver.reach(S.COUNTING)
    driver.wait(200)
    for command, wait in ((C.SEE_DOCTOR, 500), (C.HOW_MANY, 400), (C.PAUSE, 2000), (C.RESUME, 0)):
        driver.say(command)
        since = driver.now
        driver.wait(wait)
    driver.reach(S.RESTING)
    counts = [s.cue.n for s in driver.counts() if s.start >= since]
    assert SAY.more(len(counts) - 1) in driver.texts(since)
    assert SAY.say("advice_doctor") in driver.texts(since)
