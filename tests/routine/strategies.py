"""Hypothesis strategies for small valid routines, as `parse` would return them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from tests.doses.kinds import doses
from tests.doses.strategies import SETS, lineless, phrases
from tests.doses.test_hold import holds as holds
from tests.doses.test_repetitions import repetitions as repetitions
from tests.doses.test_strokes import strokes as strokes
from voicecoach.doses.base import Dose
from voicecoach.routine.limits import Highest, Limits
from voicecoach.routine.model import (
    Caution,
    Exercise,
    Frequency,
    Load,
    Per,
    Position,
    Region,
    Routine,
    Variant,
)
from voicecoach.track import Item, Pause
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

ODD_TEXTS = (
    "no", "0210", "1e3", "~", "null", "Note: so", "one # two", "'x'", '"y"', "- a", "ünder", "*b",
    "a, b", "[c]", "=", "<<", "2024-01-01", "% d", "`e`", "? f", "g:", "\U0001f642 h",
)  # fmt: skip
"""Texts that a careless YAML reader or writer would turn into something else."""

ROLLED = (Region.UPPER_BACK, Region.SHOULDER, Region.CHEST)


def sentences(*, most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """Return one to `most` sentences."""
    one = phrases(2).map(lambda text: f"{text.capitalize()}.")
    return st.lists(one, min_size=1, max_size=most).map(tuple)


@st.composite
def scripts(draw: st.DrawFn) -> tuple[Item, ...]:
    """Return one or two sentences, each with or without a pause after it."""
    items: list[Item] = []
    for line in draw(sentences()):
        items.append(line)
        if draw(st.booleans()):
            items.append(Pause(Ms(500 * draw(st.integers(1, 20)))))
    return tuple(items)


@st.composite
def variants(draw: st.DrawFn, plain: Dose) -> Variant:
    """Return a level: most often the plain dose with another number of sets, or another dose."""
    other = st.one_of(st.just(plain), doses())
    if not plain.rests:
        other = other | SETS.map(lambda n: replace(plain, sets=n))
    return Variant(draw(sentences(most=1)), draw(other))


@st.composite
def exercises(draw: st.DrawFn, number: int = 1) -> Exercise:
    """Return exercise `number` of a routine: its id is unique by it."""
    plain = draw(doses())
    easier = draw(st.none() | variants(plain))
    harder = draw(st.none() | variants(plain))
    rolls = any(d.rolls for d in (plain, *(v.dose for v in (easier, harder) if v)))
    regions = st.sampled_from(ROLLED if rolls else tuple(Region))
    positions = tuple(p for p in Position if rolls or p is not Position.ROLLER)
    sides = draw(st.sampled_from(Sides))
    side = ("Your {side} leg, not your {other_side}.",) if sides is Sides.EACH else ()
    limits = st.builds(Limits, st.sampled_from(Highest), st.just(0) | st.just(3))
    exercise = Exercise(
        id=f"exercise-{number}",
        name=draw(phrases(1, 3)),
        position=draw(st.sampled_from(positions)),
        regions=tuple(draw(st.lists(regions, min_size=1, max_size=2, unique=True))),
        sides=sides,
        dose=plain,
        way_in=draw(scripts()),
        full=draw(scripts()) + side,
        short=" ".join(draw(sentences(most=1)) + side),
        way_out=draw(scripts()),
        way_in_short=draw(st.just(()) | scripts()),
        start=draw(st.just(()) | scripts()),
        release=draw(st.just(()) | scripts()),
        easier=easier,
        harder=harder,
        contraindications=tuple(draw(st.lists(st.sampled_from(Caution), max_size=2, unique=True))),
        loads=tuple(draw(st.lists(st.sampled_from(Load), max_size=2, unique=True))),
        settle=Ms(1000 * draw(st.integers(0, 15))),
        assess="How does it feel?" if rolls or draw(st.booleans()) else "",
        limits=draw(limits),
    )
    return exercise.within()


def frequencies() -> st.SearchStrategy[Frequency]:
    """Return how often a routine is done."""
    return st.builds(Frequency, st.integers(1, 7), st.sampled_from(Per), phrases())


@st.composite
def routines(draw: st.DrawFn, most: int = 3) -> Routine:
    """Return a routine of one to `most` exercises."""
    count = draw(st.integers(1, most))
    written = st.sampled_from(ODD_TEXTS) | phrases()
    written = written.filter(lambda text: any(char.isalnum() for char in text))
    return Routine(
        id="a-routine",
        name=draw(phrases(1, 3)),
        summary=" ".join(draw(sentences())),
        language="en",
        author=draw(written),
        licence=draw(written),
        sources=tuple(draw(st.lists(written, max_size=2))),
        equipment=tuple(draw(st.lists(phrases(1, 2), max_size=2))),
        exercises=tuple(draw(exercises(n)) for n in range(1, count + 1)),
        contraindications=tuple(draw(st.lists(st.sampled_from(Caution), max_size=2, unique=True))),
        advice=draw(st.just(()) | sentences()),
        frequency=draw(st.none() | frequencies()),
        sessions_a_week=draw(st.sampled_from([0, 3])),
    )


def without_lines(routine: Routine) -> Routine:
    """Return `routine` as if it had not come from a file: no path, every line 0."""
    return replace(routine, path="", exercises=tuple(map(_lineless, routine.exercises)))


def _lineless(exercise: Exercise) -> Exercise:
    easier, harder = (
        level and replace(level, dose=lineless(level.dose))
        for level in (exercise.easier, exercise.harder)
    )
    return replace(exercise, dose=lineless(exercise.dose), easier=easier, harder=harder, line=0)
