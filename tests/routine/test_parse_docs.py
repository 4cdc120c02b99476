"""The format's page cannot lie: its example parses, and it names everything there is."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path

import pytest

from voicecoach.routine import dose, exercise
from voicecoach.routine import parse as routine_file
from voicecoach.routine.fields import Range
from voicecoach.routine.model import Caution, Hold, Position, Region, Repetitions, Sides, Strokes
from voicecoach.routine.parse import parse

PAGE = (Path(__file__).parents[2] / "docs" / "routine-format.md").read_text("utf-8")


def test_the_example_is_a_valid_routine_with_every_kind_of_dose() -> None:
    """What the page shows is what the parser takes."""
    found = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    assert found
    routine = parse(found[1], "docs/routine-format.md")
    kinds = {type(exercise.dose) for exercise in routine.exercises}
    assert kinds == {Repetitions, Hold, Strokes}


@pytest.mark.parametrize("options", [Position, Region, Sides, Caution])
def test_the_page_lists_every_value(options: type[Enum]) -> None:
    """Each value of a choice stands on the page."""
    assert [o.value for o in options if f"`{o.value}`" not in PAGE] == []


def test_the_page_names_every_field() -> None:
    """Each field of a routine, an exercise and a dose stands on the page."""
    fields = {*routine_file.REQUIRED, *routine_file.OPTIONAL, *exercise.REQUIRED}
    fields |= {*exercise.OPTIONAL, *dose.KINDS, "tempo", "first", "sets", "rest_s", "stroke_s"}
    fields |= {"breath", "words", "in_s", "out_s", "say"}
    assert [name for name in sorted(fields) if not re.search(rf"`[^`\n]*\b{name}\b", PAGE)] == []


def test_the_page_gives_every_range() -> None:
    """Each range of numbers stands on the page as "low to high"."""
    ranges = [
        r for module in (dose, exercise) for r in vars(module).values() if isinstance(r, Range)
    ]
    assert len(ranges) >= 8
    assert [str(r) for r in ranges if f"{r.low:g} to {r.high:g}" not in PAGE] == []
