"""Hypothesis strategies: any answers and memories, and small routines of all that matters here.

The exercises differ in what the rules look at alone, so that many can be tried in little time.
"""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from tests.screening.people import EFFORT, REPS, REST, STRETCH, STROKES, TODAY, move, routine, told
from voicecoach.doses.base import Dose
from voicecoach.doses.hold import Hold
from voicecoach.doses.strokes import Strokes
from voicecoach.routine.model import Caution, Exercise, Load, Position, Region, Routine, Variant
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Answer, Answers, Dropped, Preference, Profile, Scores
from voicecoach.screening.questions import QUESTIONS
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

DOSES: tuple[Dose, ...] = (
    STRETCH, EFFORT, REST, REPS, STROKES, Hold(Ms(30_000), sets=3), Strokes(8, Ms(2000), sets=2),
)  # fmt: skip
LEVELS = st.none() | st.sampled_from([Variant(("Less.",), dose) for dose in DOSES])
CAUTIONS = st.lists(st.sampled_from(Caution), max_size=2, unique=True).map(tuple)
LOADS = st.lists(st.sampled_from(Load), max_size=2, unique=True).map(tuple)
SIDED = {"sides": Sides.EACH, "full": ("Your {side} leg.",), "short": "Your {side} leg."}

DAYS = st.integers(0, 40).map(lambda days: TODAY - timedelta(days=days))
LATE_DAYS = st.integers(0, 30).map(lambda days: TODAY - timedelta(days=days))


@st.composite
def answers(draw: st.DrawFn, days: st.SearchStrategy[object] = LATE_DAYS) -> Answers:
    """Return answers to every question that is asked, given on any of `days`."""
    found = Answers()
    for question in QUESTIONS:
        if found.reaches(question, TODAY):
            # most people say no to most questions: else nearly everybody is declined
            odd = st.integers(0, 29 if question.ends else 3).map(lambda n: n == 1)
            yes = draw(odd)
            unsure = yes is question.careful and draw(st.booleans())
            answer = Answer(yes, draw(days), not unsure)  # type: ignore[arg-type]
            found = Answers({**found.given, question.fact: answer})
    return found


def known_people() -> st.SearchStrategy[Profile]:
    """Return somebody with one condition, or late in pregnancy and with one more."""
    main = [q.fact for q in QUESTIONS if q.after is None and not q.ends]
    late = (Fact.PREGNANT, Fact.PREGNANT_LONG)
    follow_ups = [(q.after, q.fact) for q in QUESTIONS if q.after]
    sets = [*((fact,) for fact in main), *follow_ups, *((*late, fact) for fact in main)]
    return st.sampled_from([late, *sets]).map(lambda facts: told(*facts))


MOVES = st.integers(1, 4).map(lambda n: f"move-{n}")


def preferences() -> st.SearchStrategy[Preference]:
    """Return what may be wanted of an exercise: now and then that it is left out."""
    counted = st.builds(Preference, DAYS, count=st.integers(1, 50))
    return st.integers(0, 5).flatmap(
        lambda n: st.builds(Preference, DAYS, out=st.just(True)) if n == 1 else counted
    )


def dropped() -> st.SearchStrategy[Dropped]:
    """Return memories of the exercises that `routines` makes."""
    regions = st.sampled_from(["", *(region.value for region in Region)])
    return st.builds(Dropped, MOVES, regions, DAYS, st.integers(-1, 1))


def scores() -> st.SearchStrategy[Scores]:
    """Return the scores of a session."""
    score = st.none() | st.integers(0, 10)
    return st.builds(Scores, DAYS, score, score)


@st.composite
def profiles(draw: st.DrawFn, days: st.SearchStrategy[object] = LATE_DAYS) -> Profile:
    """Return somebody of whom anything may be remembered."""
    return Profile(
        answers=draw(answers(days)),
        dropped=tuple(draw(st.lists(dropped(), max_size=3))),
        scores=tuple(draw(st.lists(scores(), max_size=4))),
        preferences=draw(st.dictionaries(MOVES, preferences(), max_size=2)),
        favourites=draw(st.dictionaries(MOVES, DAYS, max_size=2)),
        blocked=draw(st.none() | DAYS) if draw(st.integers(0, 29)) == 1 else None,
    )


@st.composite
def moves(draw: st.DrawFn, number: int) -> Exercise:
    """Return exercise `number`, in any position and dose that go together."""
    plain, easier, harder = draw(st.sampled_from(DOSES)), draw(LEVELS), draw(LEVELS)
    position = draw(st.sampled_from(Position))
    rolled = (Region.UPPER_BACK, Region.SHOULDER)
    region = draw(st.sampled_from(rolled if _rolls(position, plain, easier, harder) else Region))
    sided = SIDED if draw(st.booleans()) else {}
    return move(
        f"move-{number}",
        position,
        plain,
        regions=(region,),
        easier=easier,
        harder=harder,
        contraindications=draw(CAUTIONS),
        loads=draw(LOADS),
        assess="How does it feel?",
        **sided,
    )


def _rolls(position: Position, plain: Dose, *levels: Variant | None) -> bool:
    doses = [plain, *(level.dose for level in levels if level)]
    return position is Position.ROLLER or any(isinstance(dose, Strokes) for dose in doses)


@st.composite
def routines(draw: st.DrawFn, most: int = 4) -> Routine:
    """Return a routine of one to `most` exercises; one in three names cautions of its own."""
    count = draw(st.integers(1, most))
    cautions = draw(CAUTIONS) if draw(st.integers(0, 2)) == 0 else ()
    exercises = [draw(moves(number)) for number in range(1, count + 1)]
    return routine(*exercises, contraindications=cautions)


def libraries() -> st.SearchStrategy[tuple[Exercise, ...]]:
    """Return exercises that may take the place of others."""
    return st.tuples(moves(11), moves(12)) | st.just(())
