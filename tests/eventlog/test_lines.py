"""Events become lines and lines become the same events, for every kind there is."""

from __future__ import annotations

import json
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from voicecoach.errors import ProblemsError
from voicecoach.eventlog import kinds
from voicecoach.eventlog.kinds import Event, Halted, LogEvent
from voicecoach.eventlog.lines import parse_log, schema, to_line, to_text

KINDS: tuple[type[LogEvent], ...] = get_args(Event)


def _field(name: str, annotation: object) -> st.SearchStrategy[object]:
    if name == "t":
        return st.floats(0, 1e5)
    found = st.from_type(annotation)  # type: ignore[arg-type]
    return st.floats(0, 1e5) if annotation is float else found


def _strategy(kind: type[LogEvent]) -> st.SearchStrategy[LogEvent]:
    fields = msgspec.structs.fields(kind)
    required = {f.name: _field(f.name, f.type) for f in fields if f.required or f.name == "t"}
    given_or_not = {f.name: _known(f.type) for f in fields if f.name not in required}
    return st.fixed_dictionaries(required, optional=given_or_not).map(lambda data: kind(**data))


def _known(annotation: object) -> st.SearchStrategy[object]:
    return st.one_of(*(st.from_type(t) for t in get_args(annotation) if t is not msgspec.UnsetType))


EVENTS = st.one_of(*(_strategy(kind) for kind in KINDS))


def test_each_class_is_one_of_the_kinds() -> None:
    """A class that is not in `Event` could be written, and never read."""
    classes = {
        value
        for value in vars(kinds).values()
        if isinstance(value, type) and issubclass(value, LogEvent) and value is not LogEvent
    }
    assert classes == set(KINDS)


@given(st.lists(EVENTS, max_size=5))
@examples(50)
def test_a_log_is_read_back_as_it_was_written(events: list[Event]) -> None:
    """Whatever happened, the reader gives the writer's events, in the order of their times."""
    text = to_text(events)
    assert parse_log(text, "log") == sorted(events, key=lambda event: event.t)
    assert to_text(parse_log(text, "log")) == text


def test_a_line_begins_with_time_and_kind() -> None:
    """People and `grep` look there first; what is not set does not appear."""
    assert to_line(Halted(why="stop", t=1.5)) == '{"t": 1.5, "kind": "halted", "why": "stop"}'
    assert "done" not in to_line(kinds.SessionFinished(outcome="failed"))


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        "{}",
        '{"kind": "dance"}',
        '{"kind": "halted"}',
        '{"kind": "halted", "why": "fun"}',
        "x",
    ],
)
def test_a_line_that_is_no_event_is_named(line: str) -> None:
    """The reader names every bad line by its number, and what is wrong."""
    good = to_line(Halted(why="stop"))
    with pytest.raises(ProblemsError) as caught:
        parse_log(f"{good}\n{line}\n{good}\n{line}", "log.jsonl")
    assert [problem.line for problem in caught.value.problems] == [2, 4]


def test_the_schema_names_each_kind() -> None:
    """Other programs can check a line by it."""
    mapping = json.loads(json.dumps(schema()))["discriminator"]["mapping"]
    assert set(mapping) == {kind.__struct_config__.tag for kind in KINDS}
