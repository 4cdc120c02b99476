"""The routines that are shipped: valid, complete, and written for the ear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.english import parse, parse_exercise
from tests.plan.test_compile import compiled
from tests.routine.strategies import without_lines
from voicecoach.app.routine_library import exercise_library
from voicecoach.doses.base import Manner
from voicecoach.doses.hold import Hold
from voicecoach.doses.strokes import Strokes
from voicecoach.plan.supine_time import flat_warnings
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Caution, Region, Routine
from voicecoach.track import CueKind, lines_of
from voicecoach.yaml_reader.text_lint import Sides, sentences

FOLDER = Path(__file__).parents[2] / "routines"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
LIBRARY = exercise_library(FOLDER)
SHARED = sorted(LIBRARY)


@cache
def load(name: str) -> Routine:
    """Return a shipped routine."""
    return parse((FOLDER / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml", LIBRARY)


def spoken(routine: Routine) -> Iterator[str]:
    """Yield every text of `routine` that is spoken."""
    yield from (routine.summary, *routine.advice)
    for exercise in routine.exercises:
        for script in (
            exercise.way_in,
            exercise.way_in_short,
            exercise.full,
            exercise.start,
            exercise.release,
        ):
            yield from lines_of(script)
        yield from (*lines_of(exercise.way_out), exercise.short, exercise.assess)
        for level in (exercise.easier, exercise.harder):
            yield from level.say if level else ()


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_routine_is_complete(name: str) -> None:
    """It parses, is named after its file, has sources and both levels of every exercise."""
    routine = load(name)
    assert routine.id == name
    assert (routine.language, routine.licence) == ("en", "Apache-2.0")
    assert routine.sources
    assert routine.contraindications
    assert routine.advice
    assert all(exercise.easier and exercise.harder for exercise in routine.exercises)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_routine_is_written_for_the_ear(name: str) -> None:
    """Short sentences, nobody holds the breath, and no promise of treatment."""
    routine = load(name)
    for text in spoken(routine):
        assert not re.search(r"hold (your|the) breath|realign|cure|heal|treat", text, re.IGNORECASE)
        longest = 20 if text == routine.summary else 14
        assert all(len(sentence.split()) <= longest for sentence in sentences(text)), text


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_routine_can_be_written_and_read(name: str) -> None:
    """The round trip holds for real routines too."""
    routine = load(name)
    assert without_lines(parse(dump(routine), "")) == without_lines(routine)


def test_foam_rolling_keeps_its_rules() -> None:
    """Ten to fifteen slow strokes in a plain set, on the roller, never for a disc problem."""
    routine = load("foam-roll-upper-back")
    for exercise in routine.exercises:
        assert isinstance(exercise.dose, Strokes)
        assert 10 <= exercise.dose.count <= 15
        assert 2000 <= exercise.dose.one_way <= 4000
        assert exercise.regions[0] is Region.UPPER_BACK
    text = " ".join(spoken(routine))
    for part in ("electrical", "breathing", "your lower ribs", "feet", "hips", "soft pop"):
        assert part in text
    assert {Caution.OSTEOPOROSIS, Caution.BLOOD_THINNERS} <= set(routine.contraindications)


def test_upper_back_at_home_keeps_its_rules() -> None:
    """Knees to the chest for 20 to 30 s at every level, then to one side for about ten."""
    routine = load("upper-back-at-home")
    knee, both, aside = routine.exercises
    assert (knee.sides, both.sides, aside.sides) == (Sides.EACH, Sides.NONE, Sides.EACH)
    for exercise in (knee, both):
        holds = [exercise.variant(level).dose for level in (-1, 0, 1)]
        assert all(isinstance(h, Hold) and 20_000 <= h.length <= 30_000 for h in holds)
    assert isinstance(aside.dose, Hold)
    assert aside.dose.length == 10_000
    assert Caution.DISC in routine.contraindications
    assert "disc" in routine.summary


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_routine_is_not_warned_of(name: str) -> None:
    """No load without a limit, no tool on the low back, no long lying for somebody pregnant."""
    routine = load(name)
    assert [str(warning) for warning in routine.warnings] == []
    assert [str(warning) for warning in flat_warnings(compiled(routine))] == []


@pytest.mark.rule("S24")
@pytest.mark.parametrize("name", NAMES)
def test_breath_is_named_every_ten_seconds_of_a_hold(name: str) -> None:
    """In the holds as they are led, at each level, no two breathing cues are further apart."""
    routine = load(name)
    plan = compiled(routine)
    for index, exercise in enumerate(routine.exercises):
        for level in (-1, 0, 1):
            if isinstance(exercise.variant(level).dose, Hold):
                track = plan.work(plan.stations(index, level)[0], level, Manner())
                breaths = [cue.at for cue in track.cues if cue.kind is CueKind.BREATH]
                times = [0, *breaths, track.length]
                assert all(b - a <= 10_000 for a, b in pairwise(times)), (exercise.id, times)


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_exercise_stands_alone(name: str) -> None:
    """It is valid by itself, named after its file, and used by at least one routine."""
    path, text = LIBRARY[name]
    alone = parse_exercise(text, path)
    assert alone.id == name
    assert [str(warning) for warning in alone.warnings] == []
    texts = [(FOLDER / f"{routine}.yaml").read_text("utf-8") for routine in NAMES]
    assert any(re.search(rf"^  - use: {name}$", text, re.MULTILINE) for text in texts)


def test_an_exercise_of_several_routines_exists_once() -> None:
    """No two routines write out an exercise of the same name: it is shared, or has another name."""
    written = [name for path in FOLDER.glob("*.yaml") for name in _own_names(path)]
    written += [parse_exercise(text, path).name for path, text in LIBRARY.values()]
    assert sorted(written) == sorted(set(written))


def _own_names(path: Path) -> list[str]:
    entries = re.split(r"^  - (?=id:|use:)", path.read_text("utf-8"), flags=re.MULTILINE)[1:]
    own = [entry for entry in entries if entry.startswith("id:")]
    return [found[1] for entry in own if (found := re.search(r"^    name: (.*)$", entry, re.M))]
