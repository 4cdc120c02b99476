"""The words work with closed eyes, and shared exercises stand in one place."""

from __future__ import annotations

import re

import pytest
import yaml

from tests.english import SAY
from tests.routines.shelf import FOLDER, NAMES, SHARED, load, texts
from voicecoach.doses.base import Manner
from voicecoach.doses.repetitions import Repetitions
from voicecoach.doses.strokes import Strokes
from voicecoach.plan.narration import dose_lines
from voicecoach.routine.model import Exercise, Position
from voicecoach.track import Lengths, lines_of
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import sentences

LYING = (Position.SUPINE, Position.PRONE, Position.ROLLER, Position.SIDE, Position.ALL_FOURS)
LONGEST = 14
"""Words in a sentence."""

EXERCISES = [(name, exercise) for name in NAMES for exercise in load(name).exercises]
DIRECTIONS = re.compile(r"\b(?:up|upwards?|down|downwards?|above|below)\b")


def test_sentences_are_short() -> None:
    """One thought a sentence, fourteen words at most."""
    said = [(name, s) for name, e in EXERCISES for text in texts(e) for s in sentences(text)]
    assert not [(name, sentence) for name, sentence in said if len(sentence.split()) > LONGEST]


def test_directions_are_the_bodys() -> None:
    """On the floor nothing goes "up" or "down", which mean nothing to somebody who lies."""
    said = [(n, e.id, text) for n, e in EXERCISES if e.position in LYING for text in texts(e)]
    assert not [one for one in said if DIRECTIONS.search(one[-1])]


def ends_safely(exercise: Exercise) -> bool:
    """Tell whether the way out leads where its position needs it."""
    out = " ".join(lines_of(exercise.way_out)).lower()
    if exercise.position in (Position.SUPINE, Position.PRONE, Position.ROLLER):
        return "side" in out and "sitting with both hands" in out
    if exercise.position is Position.ALL_FOURS:
        return "sit" in out
    return bool(re.search(r"\b(?:stand\w*|feet|shoulders)\b", out))


def test_the_way_out_ends_safely() -> None:
    """From the floor over the side to sitting; from elsewhere onto two feet or a seat."""
    assert not [(name, e.id, e.way_out) for name, e in EXERCISES if not ends_safely(e)]


def test_what_is_counted_breathes() -> None:
    """Repetitions and strokes name a breath in both of their phases, at every level."""
    doses = [(n, e.id, e.variant(level).dose) for n, e in EXERCISES for level in (-1, 0, 1)]
    counted = [one for one in doses if isinstance(one[-1], Repetitions | Strokes)]
    assert not [one for one in counted if len(one[-1].breath) != 2]
    assert not [one for one in counted if not all("breathe" in w for w in one[-1].words.values())]


@pytest.mark.parametrize("name", NAMES)
def test_equipment_follows_you_need(name: str) -> None:
    """Before each thing "You need" can stand, and what the words speak of is among them."""
    routine = load(name)
    assert routine.equipment
    known = r"(?:an? |if you like, an? |room |something )"
    assert all(re.match(known, thing) for thing in routine.equipment)
    things = " ".join(routine.equipment)
    said = " ".join(text for exercise in routine.exercises for text in texts(exercise)).lower()
    for thing in ("chair", "roller", "dumbbell", "rings", "wall"):
        if re.search(rf"\b{thing}s?\b", said):
            assert thing in things


def test_no_text_stands_twice() -> None:
    """No two exercises in different files have the same description: what is shared is shared."""
    seen: dict[tuple[str, ...], str] = {}
    for path in [*FOLDER.glob("*.yaml"), *(FOLDER / "exercises").glob("*.yaml")]:
        data = yaml.safe_load(path.read_text("utf-8"))
        for entry in data.get("exercises", [data]):
            full = tuple(entry.get("full", ()))
            assert not full or full not in seen, f"{path.name} repeats {seen[full]}"
            seen[full] = path.name


def test_each_shared_exercise_is_shared() -> None:
    """Each file of a shared exercise is used by two routines at least, or takes another's place."""
    used: dict[str, set[str]] = {name: set() for name in SHARED}
    for path in FOLDER.glob("*.yaml"):
        for entry in yaml.safe_load(path.read_text("utf-8"))["exercises"]:
            if "use" in entry:
                used[entry["use"]].add(path.stem)
    alone = {name for name, routines in used.items() if len(routines) < 2}
    assert alone == {"round-and-straighten"}  # in pregnancy for the cat, tests/routines/test_people


@pytest.mark.parametrize("name", SHARED)
def test_a_shared_exercise_is_whole_by_itself(name: str) -> None:
    """It can be read, and led, alone."""
    (exercise,) = load(f"exercises/{name}").exercises
    assert exercise.id == name


def test_each_work_can_be_let_go_of() -> None:
    """Before an exercise in the same position nobody holds on while the next one is described."""
    held = [(n, e.id) for n, e in EXERCISES if not e.dose.rests and not e.release]
    assert not held


@pytest.mark.parametrize(("name", "exercise"), EXERCISES, ids=lambda x: getattr(x, "id", x))
def test_work_that_begins_with_a_breath_out_is_breathed_in_for(
    name: str, exercise: Exercise
) -> None:
    """The description ends with it exactly where the first words of the work are a breath out."""
    dose = exercise.variant(0).dose
    first = dose.track(SAY, Lengths(lambda _: Ms(500)), Manner()).cues[0]
    told = dose_lines(exercise, dose, SAY)[-1] == SAY.say("breath_before")
    assert told is ("breathe out" in first.text), (name, first.text)
