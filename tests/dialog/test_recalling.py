"""A session tells of earlier ones when it is asked, and where it matters."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.dialog.driver import Driver, good_plan
from tests.english import SAY
from voicecoach.dialog.care import Care
from voicecoach.dialog.states import State
from voicecoach.history.recall import Recall
from voicecoach.language.phrasebook import Command

C = Command
PLAN = good_plan()
FIRST = PLAN.exercise(0)
RECALL = Recall(
    ("Last time it was four.",), ("Two sessions.",), ("About the same.",),
    {FIRST.id: "Last time you did ten strokes here."},
    {FIRST.id: ("Last time your hip complained here.",)}, {FIRST.id: 1},
)  # fmt: skip
CARE = Care(recall=RECALL)


def driver(care: Care = CARE) -> Driver:
    """Return a session of a user with a history."""
    lengths = {**PLAN.lengths, **dict.fromkeys(RECALL.lines, 900)}
    return Driver(replace(PLAN, lengths=lengths), care=care)


@pytest.mark.parametrize(
    ("command", "said"),
    [(C.LAST_TIME, RECALL.last), (C.THIS_WEEK, RECALL.week), (C.PROGRESS, RECALL.going)],
)
@pytest.mark.parametrize("state", [State.READING, State.COUNTING])
def test_it_answers_and_goes_on(command: C, said: tuple[str, ...], state: State) -> None:
    """In the middle of an exercise as well."""
    led = driver()
    led.reach(state)
    led.say(command)
    led.wait(9000)
    assert said[0] in led.texts()
    assert led.state is not State.PAUSED


@pytest.mark.parametrize("command", [C.LAST_TIME, C.THIS_WEEK, C.PROGRESS])
def test_without_a_history_it_says_so(command: C) -> None:
    """Silence would be taken for deafness."""
    led = Driver(PLAN)
    led.reach(State.READING)
    led.say(command)
    led.wait(9000)
    assert SAY.say("recall_none") in led.texts()


def test_what_hurt_is_said_after_the_name_of_its_exercise() -> None:
    """Before the way in: "easier" and "skip" are live, and the user does not strain yet."""
    led = driver()
    led.reach(State.SETTLING)
    texts = led.texts()
    at = texts.index(RECALL.before[FIRST.id][0])
    assert FIRST.name in texts[at - 1]


def test_the_last_scores_follow_the_score_of_today() -> None:
    """They are compared at the moment at which the user thinks of it."""
    led = driver(replace(CARE, asks=True))
    led.reach(State.ASK_START)
    led.say(C.NUMBER, number=3)
    led.wait(9000)
    texts = led.texts()
    assert texts[texts.index(SAY.say("thanks_score")) + 1] == RECALL.last[0]
