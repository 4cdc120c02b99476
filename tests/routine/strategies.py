"""Hypothesis strategies for small valid routines, as `parse` would return them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import strategies as st

from voicecoach.routine.model import (
    Caution,
    Dose,
    Exercise,
    Frequency,
    Hold,
    HoldKind,
    Per,
    Phase,
    Position,
    Region,
    Relaxation,
    Repetitions,
    Routine,
    Strokes,
    Tempo,
    Variant,
)
from voicecoach.track import Breath
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

WORDS = ("lie", "bend", "slowly", "towards", "your", "feet", "knee", "floor", "breathe", "gently")
ODD_TEXTS = (
    "no", "0210", "1e3", "~", "null", "Note: so", "one # two", "'x'", '"y"', "- a", "ünder", "*b",
    "a, b", "[c]", "=", "<<", "2024-01-01", "% d", "`e`", "? f", "g:", "\U0001f642 h",
)  # fmt: skip
"""Texts that a careless YAML reader or writer would turn into something else."""

ROLLED = (Region.UPPER_BACK, Region.SHOULDER, Region.CHEST)
SETS = st.integers(1, 3)
RESTS = st.integers(0, 30).map(lambda seconds: Ms(1000 * seconds))


def phrases(least: int = 1, most: int = 5) -> st.SearchStrategy[str]:
    """Return short texts of plain words."""
    return st.lists(st.sampled_from(WORDS), min_size=least, max_size=most).map(" ".join)


def sentences(*, most: int = 2) -> st.SearchStrategy[tuple[str, ...]]:
    """Return one to `most` sentences."""
    one = phrases(2).map(lambda text: f"{text.capitalize()}.")
    return st.lists(one, min_size=1, max_size=most).map(tuple)


def cues(phases: Sequence[Phase]) -> st.SearchStrategy[dict[Phase, Breath]]:
    """Return breathing cues for some of `phases`."""
    return st.dictionaries(st.sampled_from(phases), st.sampled_from(Breath), max_size=2)


def words(phases: Sequence[Phase]) -> st.SearchStrategy[dict[Phase, str]]:
    """Return words of one or two syllables or so for some of `phases`."""
    return st.dictionaries(st.sampled_from(phases), phrases(1, 2), max_size=2)


def repetitions() -> st.SearchStrategy[Repetitions]:
    """Return up to four repetitions; each moving phase has two seconds or more for its words."""
    move, pause = st.integers(2, 5), st.integers(0, 2)
    phases = (Phase.LOWER, Phase.LIFT)
    return st.builds(
        Repetitions,
        count=st.integers(1, 4),
        tempo=st.builds(Tempo, move, pause, move, pause),
        first=st.sampled_from(phases),
        sets=SETS,
        rest=RESTS,
        breath=cues(phases),
        words=words(phases),
        line=st.just(0),
    )


def holds() -> st.SearchStrategy[Hold]:
    """Return holds of 10 to 30 seconds; breaths may have a fraction of a second."""
    breath = st.sampled_from([2000, 3500, 4000, 6250, 10_000]).map(Ms)
    return st.builds(
        Hold,
        length=st.integers(10, 30).map(lambda seconds: Ms(1000 * seconds)),
        sets=SETS,
        rest=RESTS,
        breath_in=breath,
        breath_out=breath,
        line=st.just(0),
        kind=st.sampled_from(HoldKind),
        path=st.just(""),
    )


@st.composite
def relaxations(draw: st.DrawFn, most: int = 6) -> Relaxation:
    """Return rests of one to `most` minutes, with one cue a minute at most."""
    halves = draw(st.integers(2, 2 * most))
    breath = st.sampled_from([2000, 3500, 4000, 6250, 10_000]).map(Ms)
    cues = draw(st.lists(phrases(2), min_size=1, max_size=halves // 2))
    return Relaxation(
        length=Ms(30_000 * halves),
        breath_in=draw(breath),
        breath_out=draw(breath),
        cues=tuple(f"{text.capitalize()}." for text in cues),
    )


def strokes() -> st.SearchStrategy[Strokes]:
    """Return sets of strokes that keep rule S22: ten or more, or at least 30 seconds."""
    phases = (Phase.THERE, Phase.BACK)
    return st.builds(
        Strokes,
        count=st.integers(8, 12),
        one_way=st.sampled_from([2000, 2500, 3000, 4000]).map(Ms),
        sets=SETS,
        rest=RESTS,
        breath=cues(phases),
        words=words(phases),
        line=st.just(0),
    )


def doses() -> st.SearchStrategy[Dose]:
    """Return doses of all four kinds."""
    return st.one_of(repetitions(), holds(), strokes(), relaxations())


@st.composite
def variants(draw: st.DrawFn, plain: Dose) -> Variant:
    """Return a level: most often the plain dose with another number of sets, or another dose."""
    other = st.one_of(st.just(plain), doses())
    if not isinstance(plain, Relaxation):
        other = other | SETS.map(lambda n: replace(plain, sets=n))
    return Variant(draw(sentences(most=1)), draw(other))


@st.composite
def exercises(draw: st.DrawFn, number: int = 1) -> Exercise:
    """Return exercise `number` of a routine: its id is unique by it."""
    plain = draw(doses())
    easier = draw(st.none() | variants(plain))
    harder = draw(st.none() | variants(plain))
    rolls = any(isinstance(d, Strokes) for d in (plain, *(v.dose for v in (easier, harder) if v)))
    regions = st.sampled_from(ROLLED if rolls else tuple(Region))
    positions = tuple(p for p in Position if rolls or p is not Position.ROLLER)
    sides = draw(st.sampled_from(Sides))
    side = ("Your {side} leg, not your {other_side}.",) if sides is Sides.EACH else ()
    return Exercise(
        id=f"exercise-{number}",
        name=draw(phrases(1, 3)),
        position=draw(st.sampled_from(positions)),
        regions=tuple(draw(st.lists(regions, min_size=1, max_size=2, unique=True))),
        sides=sides,
        dose=plain,
        way_in=draw(sentences()),
        full=draw(sentences()) + side,
        short=" ".join(draw(sentences(most=1)) + side),
        way_out=draw(sentences()),
        easier=easier,
        harder=harder,
        contraindications=tuple(draw(st.lists(st.sampled_from(Caution), max_size=2, unique=True))),
        settle=Ms(1000 * draw(st.integers(0, 15))),
        assess="How does it feel?" if rolls or draw(st.booleans()) else "",
    )


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
    )


def without_lines(routine: Routine) -> Routine:
    """Return `routine` as if it had not come from a file: no path, every line 0."""
    return replace(routine, path="", exercises=tuple(map(_lineless, routine.exercises)))


def _lineless(exercise: Exercise) -> Exercise:
    easier, harder = (
        level and replace(level, dose=replace(level.dose, line=0, path=""))
        for level in (exercise.easier, exercise.harder)
    )
    dose = replace(exercise.dose, line=0, path="")
    return replace(exercise, dose=dose, easier=easier, harder=harder, line=0)
