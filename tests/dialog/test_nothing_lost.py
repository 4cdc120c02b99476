"""Pausing loses nothing: what was cut is said again, what was begun is counted again."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.dialog.driver import Driver, Sound
from tests.dialog.happenings import GAPS
from tests.dialog.plans import GOOD, SHORT_PLANS
from voicecoach.dialog.player import LEAD
from voicecoach.dialog.states import State
from voicecoach.doses.repetitions import Repetitions
from voicecoach.doses.strokes import Strokes
from voicecoach.language.phrasebook import Command
from voicecoach.plan.plan import Plan
from voicecoach.track import CueKind

C = Command
QUESTIONS = (
    C.HOW_LONG, C.HOW_MANY, C.WHATS_NEXT, C.WHICH_SIDE, C.HOW_TO, C.WHERE, C.COMMANDS, C.LOUDER,
)  # fmt: skip
"""Commands that ask or say aside, and then leave everything as it was."""
BREAKS = st.lists(
    st.tuples(GAPS, st.sampled_from((C.PAUSE, C.STOP, *QUESTIONS)), st.integers(0, 20_000)),
    max_size=12,
)


def interrupted(plan: Plan, breaks: list[tuple[int, Command, int]]) -> Driver:
    """Run a session that is paused, stopped and asked; each time it is resumed by a word."""
    driver = Driver(plan)
    for gap, command, rest in breaks:
        driver.wait(gap)
        if driver.session.over:
            break
        driver.say(command)
        if driver.state in (State.PAUSED, State.STOPPED):
            driver.wait(rest)
            driver.say(C.RESUME)
            assert driver.state not in (State.PAUSED, State.STOPPED)
    driver.finish()
    return driver


def is_part(part: list[str], whole: list[str]) -> bool:
    """Tell whether `part` is `whole` with some left out."""
    rest = iter(whole)
    return all(text in rest for text in part)


@given(SHORT_PLANS, BREAKS)
@settings(max_examples=50, deadline=None)
def test_every_line_is_heard_whole(plan: Plan, breaks: list[tuple[int, Command, int]]) -> None:
    """Each line of the undisturbed session is heard from its first to its last sound, in order.

    Only an optional cue may give way, to an answer that needs its place between the beats.
    """
    calm = Driver(plan)
    calm.finish()
    driver = interrupted(plan, breaks)
    heard = [sound.cue.text for sound in driver.sounds if sound.whole]
    firm = [sound.cue.text for sound in calm.sounds if not sound.cue.optional]
    assert is_part(firm, heard)
    assert driver.outcome == "done"


@example(GOOD, [(31_000, C.PAUSE, 0)])
@given(SHORT_PLANS, BREAKS)
@settings(max_examples=50, deadline=None)
def test_every_repetition_is_led_whole_and_in_order(
    plan: Plan, breaks: list[tuple[int, Command, int]]
) -> None:
    """In each set every repetition from 1 to the last begins on its count; the next one follows
    a whole repetition later, or the same one again if something cut it. The last one is cut by
    no more than the lead with which what follows is handed over.
    """
    driver = interrupted(plan, breaks)
    remaining = driver.counts()
    for length, of in lengths_of_sets(plan):
        remaining = led(driver, remaining, length, of)
    assert remaining == []


def lengths_of_sets(plan: Plan) -> list[tuple[int, int]]:
    """Return (length of a repetition or stroke, their number) of each set of a session."""
    sets = []
    for index in range(len(plan.routine.exercises)):
        dose = plan.exercise(index).dose
        for _ in plan.stations(index):
            if isinstance(dose, Repetitions):
                sets.append((int(dose.tempo.length), dose.count))
            elif isinstance(dose, Strokes):
                sets.append((2 * dose.one_way, dose.count))
    return sets


def led(driver: Driver, counts: list[Sound], length: int, of: int) -> list[Sound]:
    """Check that `counts` begin with a whole set; return those of the sets to come."""
    assert counts[0].cue.n == 1
    for i, (this, following) in enumerate(pairwise([*counts, None])):
        assert this is not None
        cut = any(this.beat <= hush < this.beat + length for hush in driver.hushes)
        if this.cue.n == of and not any(
            this.beat <= hush < this.beat + length - LEAD for hush in driver.hushes
        ):
            return counts[i + 1 :]
        assert following is not None, "the set was not led to its end"
        if cut:
            assert following.cue.n in (this.cue.n, this.cue.n + 1)
            assert following.cue.n == this.cue.n or following.beat == this.beat + length
        else:
            due = this.beat + length  # a silence at this very moment takes the next count along
            assert following.cue.n == this.cue.n + 1
            assert following.beat == due or (due in driver.hushes and following.beat > due)
    raise AssertionError("no end")


@given(SHORT_PLANS, BREAKS)
@settings(max_examples=50, deadline=None)
def test_nothing_is_entered_in_the_middle(
    plan: Plan, breaks: list[tuple[int, Command, int]]
) -> None:
    """S29: after a resume, the first sound of the work is a count, never its second half."""
    driver = interrupted(plan, breaks)
    work = [s for s in driver.sounds if s.cue.kind in (CueKind.COUNT, CueKind.STROKE)]
    hushes = sorted(driver.hushes)
    for before, after in pairwise(work):
        if any(before.beat < hush <= after.given for hush in hushes):
            assert after.cue.kind is CueKind.COUNT
