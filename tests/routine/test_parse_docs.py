"""The format's page cannot lie: its example parses, and it names everything there is."""

from __future__ import annotations

import re
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from tests.english import parse, parse_exercise
from tests.plan.test_compile import compiled
from voicecoach import doses
from voicecoach.doses.hold import HoldKind
from voicecoach.doses.registry import KINDS
from voicecoach.plan.supine_time import flat_warnings
from voicecoach.routine import exercise
from voicecoach.routine import parse as routine_file
from voicecoach.routine.evidence import Tag
from voicecoach.routine.model import Caution, Per, Position, Region
from voicecoach.yaml_reader.fields import Range
from voicecoach.yaml_reader.text_lint import Sides

HERE = Path(__file__).parent
DOSES = [import_module(f"voicecoach.doses.{m.name}") for m in iter_modules(doses.__path__)]
PAGE = (Path(__file__).parents[2] / "docs" / "routine-format.md").read_text("utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


def test_the_example_is_a_valid_routine_with_every_kind_of_dose() -> None:
    """What the page shows is what the parser takes."""
    routine = parse(BLOCKS[0], "docs/routine-format.md")
    kinds = {type(exercise.dose) for exercise in routine.exercises}
    assert kinds == set(KINDS.values())
    assert not routine.warnings
    assert not flat_warnings(compiled(routine))


def test_the_shared_exercise_of_the_page_is_used_by_its_routine() -> None:
    """The page's shared exercise is valid alone, and its two entries make two exercises."""
    assert parse_exercise(BLOCKS[1], "cat.yaml").id == "cat"
    head = BLOCKS[0].split("exercises:")[0]
    routine = parse(head + BLOCKS[2], "x.yaml", {"cat": ("exercises/cat.yaml", BLOCKS[1])})
    assert [exercise.id for exercise in routine.exercises] == ["cat", "slow-cat"]


def test_the_page_names_every_rule() -> None:
    """What refuses and what warns stands on the page, as in the spoilt files."""
    tables = PAGE.split("## Rules that refuse")[1].split("These only warn")
    for table, folder in zip(tables, ("bad", "warned"), strict=True):
        heads = [path.read_text("utf-8").split()[2] for path in (HERE / folder).glob("*.yaml")]
        assert set(re.findall(r"^\| (S\d+) \|", table, re.MULTILINE)) == set(heads)


@pytest.mark.parametrize("options", [Position, Region, Sides, Caution, HoldKind, Per, Tag])
def test_the_page_lists_every_value(options: type[Enum]) -> None:
    """Each value of a choice stands on the page."""
    assert [o.value for o in options if f"`{o.value}`" not in PAGE] == []


def test_the_page_names_every_field() -> None:
    """Each field of a routine, an exercise and a dose stands on the page."""
    fields = {*routine_file.REQUIRED, *routine_file.OPTIONAL, *exercise.REQUIRED}
    fields |= {*exercise.OPTIONAL, "in_s", "out_s", "say", "times", "per", "use"}
    fields |= {"tag", "note", "studies"}
    fields |= {key for kind in KINDS.values() for key in (*kind.REQUIRED, *kind.OPTIONAL)}
    assert [name for name in sorted(fields) if not re.search(rf"`[^`\n]*\b{name}\b", PAGE)] == []


def test_the_page_gives_every_range() -> None:
    """Each range of numbers stands on the page as "low to high"."""
    ranges = [
        r
        for module in (*DOSES, exercise, routine_file)
        for r in vars(module).values()
        if isinstance(r, Range)
    ]
    assert len(ranges) >= 8
    assert [str(r) for r in ranges if f"{r.low:g} to {r.high:g}" not in PAGE] == []
