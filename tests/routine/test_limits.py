"""A therapist's limits: they are read and refused like all else, and nothing exceeds them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.english import LANGUAGE, SAY, parse
from tests.history.test_recall import session
from tests.routine.editor import marks
from tests.routine.files import GOOD, only, problems, swapped
from tests.routine.strategies import without_lines
from tests.screening.people import TODAY, told
from tests.screening.strategies import known_people, libraries, profiles, routines
from voicecoach.doses.base import Dose
from voicecoach.fitting.forms import shortened
from voicecoach.history.progress import TIMES, next_step, raised
from voicecoach.history.week import plan_is_done, week_is_full
from voicecoach.routine.dump import dump
from voicecoach.routine.limits import Highest, Limits
from voicecoach.routine.limits import told as said
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.preferences import with_count
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Adapted

HARDER = "    easier:\n      dose: {repetitions: 5}\n    harder: {dose: {repetitions: 12}}\n"
PLAIN = "    easier:\n      dose: {repetitions: 5}\n"
LIMITED = swapped((PLAIN, f"{HARDER}    limits: {{repetitions: 10, sets: 2}}\n"))
WHOLE = swapped(("exercises:", "limits: {level: plain, sets: 2, sessions_a_week: 3}\nexercises:"))


def test_what_is_above_them_is_no_longer_there() -> None:
    """A harder level of twelve is gone where ten is the most; below the limit it stays."""
    exercise = parse(LIMITED, "x.yaml").exercises[0]
    assert exercise.limits == Limits(Highest.HARDER, 2, {"repetitions": 10.0})
    assert exercise.harder is None
    assert exercise.easier
    more = parse(LIMITED.replace("limits: {repetitions: 10", "limits: {repetitions: 12"), "x.yaml")
    assert more.exercises[0].harder


def test_those_of_the_routine_hold_in_every_exercise() -> None:
    """Beside the exercise's own ones: the lower of each."""
    text = WHOLE.replace(PLAIN, f"{HARDER}    limits: {{sets: 5, repetitions: 20}}\n")
    routine = parse(text, "x.yaml")
    assert routine.sessions_a_week == 3
    assert routine.exercises[0].limits == Limits(Highest.PLAIN, 2, {"repetitions": 20.0})
    assert all(e.limits.sets == 2 and e.harder is None for e in routine.exercises)


@pytest.mark.parametrize("text", [LIMITED, WHOLE])
def test_they_are_written_and_read_again(text: str) -> None:
    """And an editor takes them."""
    routine = parse(text, "x.yaml")
    assert without_lines(parse(dump(routine), "x.yaml")) == without_lines(routine)
    assert marks(text) == marks(dump(routine)) == []


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ("{repetitions: 7}", "is above them"),
        ("{repetitions: 10, sets: 1}", "is above them"),
        ("{hold_s: 20}", "a limit for 'hold_s', which the exercise has not"),
        ("{}", "no limit"),
        ("{repetitions: 0}", "0 is out of range"),
        ("{reps: 10}", "unknown field 'reps'"),
        ("{level: hard}", "unknown value 'hard'"),
    ],
)
def test_faults_are_refused(limits: str, message: str) -> None:
    """The plan's own dose must be within its limits."""
    text = swapped((PLAIN, f"{PLAIN}    limits: {limits}\n"))
    assert message in only(text).message


def test_a_routine_above_its_own_limits_is_refused() -> None:
    """The exercises are named."""
    found = problems(WHOLE.replace("sets: 2, sessions", "sets: 1, sessions"))
    assert [problem.message for problem in found] == [
        "'bridge' has 2 sets",
        "'rolling' has 2 sets",
    ]


LIMITS = st.builds(Limits, st.sampled_from(Highest), st.integers(0, 2))


@st.composite
def plans(draw: st.DrawFn) -> Routine:
    """Return a routine with limits: each exercise within its own, as `parse` would give it."""
    routine = draw(routines())
    limits = draw(LIMITS)
    exercises = tuple(_limited(draw, e).within(limits) for e in routine.exercises)
    return replace(routine, exercises=exercises, limits=limits)


def _limited(draw: st.DrawFn, exercise: Exercise) -> Exercise:
    """Return the exercise with a limit of what it has, or of the highest level alone."""
    doses = [exercise.dose, exercise.variant(-1).dose]
    names = {dose.NAME for dose in doses}
    amounts = {name: max(d.amount for d in doses if name == d.NAME) for name in names}
    own = Limits(Highest.HARDER, max(dose.sets for dose in doses), amounts)
    limits = draw(st.sampled_from([Limits(), Limits(Highest.PLAIN), own]))
    return replace(exercise, limits=limits).within()


def led(exercise: Exercise) -> list[tuple[Exercise, Dose]]:
    """Return every dose that can be led: of each level, whole or fitted to less time."""
    return [(form, dose) for form in shortened(exercise) for dose in form.doses]


@given(plans(), known_people() | profiles(), libraries())
@examples(25)
def test_nothing_that_is_led_exceeds_them(
    plan: Routine, profile: Profile, library: tuple[Exercise, ...]
) -> None:
    """Whoever the user is, at whatever level, fitted or not: no dose or level above the plan."""
    adapted = adapt(plan, profile, TODAY, LANGUAGE, library)
    limits = {exercise.id: exercise.limits for exercise in plan.exercises}
    for exercise in adapted.routine.exercises if isinstance(adapted, Adapted) else ():
        own = limits.get(exercise.id, plan.limits)
        for form, dose in led(exercise):
            assert not own.sets or dose.sets <= own.sets
            assert dose.amount <= own.amounts.get(dose.NAME, dose.amount)
            assert own.highest is Highest.HARDER or form.harder is None


def test_s19_does_not_stretch_beyond_a_limit() -> None:
    """Older people hold a stretch for half a minute; a therapist may want less."""
    short = "    short: Your {side} knee"
    text = swapped((short, f"    limits: {{hold_s: 25}}\n{short}"))
    for limited, seconds in ((text, 25), (GOOD, 30)):
        adapted = adapt(parse(limited, "x.yaml"), told(Fact.OLDER), TODAY, LANGUAGE)
        assert isinstance(adapted, Adapted)
        assert adapted.routine.exercises[1].dose.amount == seconds


def test_s42_no_step_up_is_offered_beyond_them() -> None:
    """After many good sessions, and where one was stepped up before the plan came."""
    today = date(2026, 6, 1)
    good = [session(days) for days in range(3 * TIMES, 0, -3)]
    stepped = [session(days, level=1) for days in (4, 1)]
    for text, offered in ((LIMITED, False), (LIMITED.replace("10, sets", "12, sets"), True)):
        exercises = parse(text, "x.yaml").exercises
        assert bool(next_step(good, exercises, today)) is offered
        assert bool(raised(stepped, exercises, today)) is offered


def test_a_week_is_full() -> None:
    """Three sessions in seven days are the most; the eighth day one may be done again."""
    plan = replace(parse(WHOLE, "x.yaml"), id="two")
    today = date(2026, 6, 1)
    days = [[6, 3, 1], [7, 3, 1], [3, 1], [6, 3, 1, 0]]
    full = [week_is_full(map(session, of), plan, today) for of in days]
    assert full == [True, False, False, True]
    assert not week_is_full(map(session, days[0]), replace(plan, sessions_a_week=0), today)
    assert not week_is_full(map(session, days[0]), replace(plan, id="other"), today)
    begun = [replace(session(day), sets=()) for day in days[0]]
    assert not week_is_full(begun, plan, today)
    assert plan_is_done(SAY).sentences[0].startswith("Your plan allows")


def test_they_are_told_in_words() -> None:
    """For the reader of a plan."""
    routine = parse(WHOLE, "x.yaml")
    words = list(said(routine.limits, routine.sessions_a_week))
    assert words == ["2 sets", "no harder level", "3 sessions in seven days"]
    assert list(said(Limits(amounts={"hold_s": 12.5}))) == ["hold_s 12.5"]


@given(LIMITS, LIMITS)
def test_joined_limits_are_the_lower_ones(one: Limits, other: Limits) -> None:
    """In either order."""
    both = one.joined(other)
    assert both == other.joined(one) == both.joined(one)
    for lower, higher in pairwise((both.sets or 99, one.sets or 99)):
        assert lower <= higher


def test_what_the_user_prefers_stays_within_them() -> None:
    """Thirty from now on are the ten of the plan; five are five."""
    exercise = parse(LIMITED, "x.yaml").exercises[0]
    assert [with_count(exercise, n).dose.count for n in (30, 5)] == [10, 5]
