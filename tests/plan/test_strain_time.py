"""Nobody keeps a strain while a text is read (S36)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.effort import one_in
from tests.english import LANGUAGE, parse
from tests.plan.test_compile import compiled
from tests.routine.files import GOOD, swapped
from tests.routines.shelf import NAMES, load
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.plan.strain_time import MOST_STRAINED, too_long, waits
from voicecoach.screening.adapted_doses import with_more_time

OUT = "way_out: [Put your foot back.]"
START = "start: [Draw your knee in.]\n    "


def told(text: str) -> list[tuple[str, str]]:
    """Return place and rule of each strain that is kept too long in `text`."""
    problems = too_long(compiled(parse(text, "x.yaml")))
    assert all("12 s" in problem.hint for problem in problems)
    return [(problem.where, problem.rule) for problem in problems]


def test_s36_a_hold_without_a_start_is_taken_up_with_the_description() -> None:
    """So it is kept from there on, until the work begins."""
    slow = swapped((OUT, "settle_s: 12\n    " + OUT))
    assert told(slow) == [("exercises[2]", "S36")]
    assert told(slow.replace(OUT, START + OUT).replace("settle_s: 12", "settle_s: 6")) == []


def test_s36_a_start_that_takes_too_long_is_refused() -> None:
    """Its pauses and the time to settle count."""
    long = START.replace("in.]", "in., {pause_s: 9}]")
    assert told(swapped((OUT, long + OUT))) == [("exercises[2]", "S36")]


@pytest.mark.parametrize(
    "words", ["Take hold of the bar.", "Raise your hips.", "Turn to the wall."]
)
def test_s36_a_strain_in_the_way_in_is_refused(words: str) -> None:
    """It would be kept while the description is read."""
    text = swapped(
        ("way_in: [Lie on your back.]\n    full: [Raise", f"way_in: [{words}]\n    full: [Raise")
    )
    assert ("exercises[1]", "S36") in told(text)


def test_s36_work_that_begins_with_the_count_needs_no_start() -> None:
    """Nothing is kept before it."""
    lengths = {wait.exercise: wait.length for wait in waits(compiled(parse(GOOD, "x.yaml")))}
    assert lengths[0] == 0


@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_s36_no_shipped_routine_keeps_a_strain_for_long(name: str) -> None:
    """At every level, with the coach's usual voice."""
    plan, _ = make_plan(load(name), Choices(LANGUAGE))
    assert [str(problem) for problem in too_long(plan)] == []
    assert max(wait.length for wait in waits(plan)) <= MOST_STRAINED


@pytest.mark.parametrize("name", one_in(3, NAMES))
def test_s36_more_time_is_half_as_much_again(name: str) -> None:
    """For who moves slowly, and in a file: all waits together with the moves before them."""
    routine = load(name)
    slow = replace(routine, exercises=tuple(with_more_time(e) for e in routine.exercises))
    plan, _ = make_plan(slow, Choices(LANGUAGE))
    assert max(wait.length for wait in waits(plan)) <= MOST_STRAINED * 3 / 2
