"""Editors check routine files by the JSON Schema: it refuses nothing that the coach takes, and
finds what a schema can find.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from tests.effort import examples, one_in
from tests.english import LANGUAGE, parse_any
from tests.routine.editor import SCHEMA, VALIDATOR, marks, seen
from tests.routine.files import GOOD, swapped
from tests.routine.mutators import mutations
from tests.routine.strategies import routines
from tests.routine.test_bad import BAD, WARNED
from tests.routine.test_parse_docs import BLOCKS
from voicecoach.app.routine_library import exercise_library
from voicecoach.doses.registry import KINDS
from voicecoach.errors import ProblemsError
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine
from voicecoach.routine.schema import routine_schema

FOLDER = Path(__file__).parents[2] / "routines"
FILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("exercises/*.yaml")])
LIBRARY = exercise_library(FOLDER)


def accepted(text: str) -> bool:
    """Tell whether the coach takes a file."""
    try:
        parse_any(text, "x.yaml", LIBRARY)
    except ProblemsError:
        return False
    return True


def test_the_shipped_schema_is_current() -> None:
    """The file is what the readers take: else run docs/diagram.py."""
    assert routine_schema(LANGUAGE.available) == SCHEMA
    Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_has_no_marks(path: Path) -> None:
    """Nothing is marked, and the file names the schema in its first line, where editors look."""
    text = path.read_text("utf-8")
    assert marks(text) == []
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)
    assert named
    assert (path.parent / named[1]).resolve() == FOLDER.parent / "docs" / "routine.schema.json"


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_of_the_page_have_no_marks(number: int) -> None:
    """A routine, and a shared exercise."""
    assert marks(BLOCKS[number]) == []


@given(routines())
@examples(8)
def test_what_is_taken_has_no_marks(routine: Routine) -> None:
    """Whatever routine is written by the program passes the schema."""
    assert marks(dump(routine)) == []


def test_a_file_that_is_only_warned_of_has_no_marks() -> None:
    """A warning is no fault."""
    assert [marks(path.read_text("utf-8")) for path in WARNED] == [[]] * len(WARNED)


MARKED = {
    "bouncing", "breathing-too-slowly", "empty-way-out", "held-too-long",
    "hold-with-empty-breath", "hold-without-breath", "less-than-a-set", "long-stretch-unsaid",
    "missing-side", "missing-way-out", "no-question-between-sets", "overdosed",
    "rolled-too-fast", "roller-on-the-low-back", "roller-on-the-neck",
    "shared-and-overdosed",
}  # fmt: skip
"""The bad routines whose fault is not in the words of a text, or in another file."""


def test_the_faults_that_are_not_in_the_words_are_marked() -> None:
    """Of the spoilt files an editor marks those whose fault a schema can say."""
    assert {path.stem for path in BAD if marks(path.read_text("utf-8"))} == MARKED


def test_what_is_marked_is_refused() -> None:
    """Of hundreds of spoilt shipped exercises, the coach takes none that an editor marks."""
    texts = [case.text for path in FILES for case in mutations(path.read_text("utf-8"))]
    marked = [text for text in one_in(50, texts) if marks(text)]
    assert len(marked) > 5
    assert not [text for text in marked if accepted(text)]


Path_ = tuple[str | int, ...]


def places(value: Any, at: Path_ = ()) -> Iterator[Path_]:
    """Yield the places of all values in a file."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, inner in inside:
        yield (*at, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*at, key))


WHOLE = [seen(BLOCKS[0]), seen(BLOCKS[1]), seen(GOOD)]
ODD: list[Any] = [
    "", " ", "no", "true", "012", "3120", "0210", "{side}", "Your {side:x} knee", "a { brace",
    "a-b", "A b", "x" * 61, "each", "none", "lift", "roller", "supine", "neck", "exercise", "week",
    True, False, 0, 1, 2, 5, 7.5, 9, 10, 11, 25, 31, 100, 301, 0.25, 1e9, -1, 3120, 1010,
    [], {}, [1], [""], ["neck"], ["neck", "neck"], [{"pause_s": 3}], ["Lie down.", {"pause_s": 61}],
    ["Lie down.", {"pause_s": "3"}], {"in_s": 4}, {"lower": "in"}, {"lower": "in", "lift": "out"},
    {"hold_s": 8}, {"hold_s": 20, "as": "effort"},
    {"hold_s": 45, "as": "long", "breath": {"in_s": 4}},
    {"repetitions": 5, "tempo": 3120}, {"strokes": 4, "stroke_s": 4}, {"strokes": 4, "stroke_s": 3},
    {"relax_min": 5.5, "cues": ["Rest."]}, {"relax_min": 5.25, "cues": ["Rest."]}, {"sets": 3},
    {"say": ["Go slowly."]}, {"times": 3, "per": "week", "say": "now"}, None,
]  # fmt: skip
"""Values to put anywhere: good ones for some fields, odd for the others."""


@st.composite
def changed(draw: st.DrawFn) -> str:
    """Return a good file with one value replaced, renamed, left out or added."""
    whole = draw(st.sampled_from(WHOLE))
    place = draw(st.sampled_from(list(places(whole))))
    how = draw(st.sampled_from(["put", "put", "put", "drop", "add", "move"]))
    return yaml.safe_dump(_changed(whole, place, how, draw(st.sampled_from(ODD)), draw))


FIELDS = sorted({
    name for kind in KINDS.values() for name in (*kind.REQUIRED, *kind.OPTIONAL)
} | {"use", "kind", "start", "release", "easier", "assess", "evidence", "odd"})  # fmt: skip


def _changed(value: Any, place: Path_, how: str, new: Any, draw: st.DrawFn) -> Any:
    """Return a copy of `value`, changed at `place`."""
    head, *rest = place
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[head] = _changed(value[head], tuple(rest), how, new, draw)
    elif how == "put":
        copy[head] = new
    elif how == "drop":
        del copy[head]
    elif isinstance(copy, list):
        copy.insert(int(head), new)
    else:
        copy[draw(st.sampled_from(FIELDS))] = new if how == "add" else copy.pop(head)
    return copy


@given(changed())
@examples(60)
def test_the_coach_takes_nothing_that_is_marked(text: str) -> None:
    """Whatever one value becomes: a file that the coach takes has no marks."""
    assert not (marks(text) and accepted(text)), (text, marks(text))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("    name: Bridge\n", "", "exercises.0"),
        ("name: Bridge", "nam: Bridge", "exercises.0"),
        ("position: supine", "position: supin", "exercises.0.position"),
        ("regions: [hip]", "regions: []", "exercises.0.regions"),
        ("regions: [hip]", "regions: [hip, hip]", "exercises.0.regions"),
        ("repetitions: 8", "repetitions: 51", "exercises.0.dose"),
        ("repetitions: 8", "repetition: 8", "exercises.0.dose"),
        ("sets: 2", "sets: 1.5", "exercises.0.dose"),
        ("tempo: 3120", "tempo: 0120", "exercises.0.dose"),
        ("breath: {in_s: 4, out_s: 6}", "breath: {in_s: 4, out: 6}", "exercises.1.dose"),
        ("dose: {repetitions: 5}", "dose: {hold: 5}", "exercises.0.easier.dose"),
        ("way_in: [Lie on your back.]", "way_in: [{pause_s: 3}]", "exercises.0.way_in.0"),
        ("full: [Raise your hips.]", "full: [{pause: 3}]", "exercises.0.full.0"),
        ("summary: Two moves", "summary: 'Your {side} moves'\nx: Two moves", "summary"),
        ("id: small", "id: Small one", "id"),
        ("schema: voicecoach/1", "schema: voicecoach/2", "schema"),
        ("language: en", "language: xx", "language"),
    ],
)
def test_a_slip_is_marked_where_it_stands(old: str, new: str, place: str) -> None:
    """Unknown and missing fields, ranges, choices, types: also the coach refuses each."""
    text = swapped((old, new))
    assert place in {mark.partition(":")[0] for mark in marks(text)}, marks(text)
    assert not accepted(text)


def test_every_field_is_described() -> None:
    """Whoever hovers over a field learns what it is."""
    fields = [
        (name, key)
        for name, part in SCHEMA["definitions"].items()
        for key, field in part.get("properties", {}).items()
        if not {"description", "$ref"} & field.keys() and key not in ("schema", "kind")
    ]
    assert not fields
    assert VALIDATOR.is_valid(seen(GOOD))
