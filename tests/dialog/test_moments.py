"""Answers that depend on the moment are right at the moment at which they sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import pytest

from tests.dialog.driver import Driver, Sound
from tests.dialog.plans import GOOD, LONG
from tests.effort import one_in
from voicecoach.dialog.effects import Hush, Play
from voicecoach.dialog.events import Heard
from voicecoach.dialog.player import LEAD
from voicecoach.dialog.returning import ROUND_TO
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import MOST
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms

EVERY = 130
"""Milliseconds between two moments: no divisor of a beat, so that all parts of one are met."""


@dataclass(frozen=True)
class Answer:
    """What was answered between the beats of work that nobody interrupts, and when."""

    text: str
    at: Ms
    sound: Sound | None
    """The last count before `at`, if one sounded in this set."""
    more: int
    """How many counts of the set begin later."""
    left: Ms
    """How much of the work is left at `at`."""


def answers(plan: Plan, command: Command, *states: State) -> Iterator[Answer]:
    """Ask at moments of all the work of a session; yield what is answered without a hush."""
    calm = Driver(plan)
    calm.finish()
    ends = [(at + LEAD, state) for at, state in calm.states]
    driver, session = Driver(plan), Session(plan)
    for moment in count(0, EVERY):
        driver.until(moment)
        if driver.session.over:
            return
        if driver.state in states:
            session.load(driver.session.save())
            effects = session.handle(Heard(Ms(moment), command, Ms(moment)))
            said = [effect for effect in effects if isinstance(effect, Play)]
            if session.state in states and not any(isinstance(e, Hush) for e in effects):
                end = next(at for at, state in ends if at > moment + LEAD and state not in states)
                yield _answer(calm, said[-1], Ms(end))


def _answer(calm: Driver, said: Play, end: Ms) -> Answer:
    counts = calm.counts()
    before = [s for s in counts if s.start <= said.at]
    later = [s for s in counts if said.at < s.start < end]
    last = before[-1] if before else None
    return Answer(said.cue.text, said.at, last, len(later), Ms(end - said.at))


@pytest.mark.parametrize("plan", one_in(5, [GOOD, *LONG]), ids=lambda plan: plan.routine.id)
def test_so_many_more_is_true_as_it_is_said(plan: Plan) -> None:
    """In the work "five more after this" is followed by five counts, whichever beat passes
    between the question and its answer.
    """
    for answer in answers(plan, Command.HOW_MANY, State.COUNTING, State.ROLLING):
        assert answer.sound is not None
        assert answer.more == answer.sound.cue.of - answer.sound.cue.n
        assert answer.text == plan.prompts.more(answer.more), answer


@pytest.mark.parametrize("plan", one_in(5, [GOOD, *LONG]), ids=lambda plan: plan.routine.id)
def test_so_many_seconds_are_true_as_they_are_said(plan: Plan) -> None:
    """In a hold "fifteen more seconds" begins that long before its end, to the nearest five."""
    for answer in answers(plan, Command.HOW_MANY, State.HOLDING):
        if answer.left > 1000 * MOST:
            assert answer.text == plan.prompts.time_left(answer.left)
            continue
        numbers = range(ROUND_TO, MOST + 1, ROUND_TO)
        near = [n for n in numbers if 2 * abs(1000 * n - answer.left) <= 1000 * ROUND_TO]
        assert answer.text in [plan.prompts.count("more_seconds", n) for n in near or [ROUND_TO]], (
            answer
        )
