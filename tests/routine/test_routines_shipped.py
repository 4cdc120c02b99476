"""The routines that are shipped: valid, complete, and written for the ear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.routine.strategies import without_lines
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Caution, Hold, Region, Routine, Sides, Strokes
from voicecoach.routine.parse import parse
from voicecoach.routine.texts import sentences

FOLDER = Path(__file__).parents[2] / "routines"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))


def load(name: str) -> Routine:
    """Return a shipped routine."""
    return parse((FOLDER / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml")


def spoken(routine: Routine) -> Iterator[str]:
    """Yield every text of `routine` that is spoken."""
    yield from (routine.summary, *routine.advice)
    for exercise in routine.exercises:
        yield from (*exercise.way_in, *exercise.full, exercise.short, *exercise.way_out)
        yield exercise.assess
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
