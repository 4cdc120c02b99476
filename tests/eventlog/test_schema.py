"""Other programs check a log by the JSON Schema: it allows what is written, and no more."""

from __future__ import annotations

import json

import msgspec
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from tests.app.people import PEOPLE, led
from tests.app.rehearsals import Event as Fields
from tests.app.rehearsals import rehearsed
from tests.app.test_golden import SCENARIOS
from tests.eventlog.strategies import any_event
from tests.eventlog.test_lines import BAD
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import schema, to_line, to_text
from voicecoach.paths import shipped

SCHEMA = json.loads(shipped("docs/events.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_shipped_schema_is_current() -> None:
    """The file is what the classes say: else run docs/diagram.py."""
    assert schema() == SCHEMA
    Draft202012Validator.check_schema(SCHEMA)


def check(events: list[Fields]) -> None:
    """Fail if a line of the log of `events` does not pass, or if there is none."""
    lines = to_text(msgspec.convert(event, Event) for event in events).splitlines()
    assert len(lines) == len(events) > 0
    for line in lines:
        VALIDATOR.validate(json.loads(line))


def test_the_log_of_a_session_with_pain_is_valid() -> None:
    """Every line of a golden scenario passes."""
    check(rehearsed(*SCENARIOS["pain"]).events)


def test_the_log_of_a_refusal_is_valid() -> None:
    """So does every line where there is no session."""
    check(led(*PEOPLE["disc"]).events)


@given(any_event())
@settings(deadline=None)
def test_any_event_is_valid(event: Event) -> None:
    """Every kind passes, with whatever its fields allow."""
    VALIDATOR.validate(json.loads(to_line(event)))


@pytest.mark.parametrize("line", [line for name, line in BAD.items() if "JSON" not in name])
def test_what_the_reader_refuses_is_invalid(line: str) -> None:
    """The schema and the reader agree about bad lines."""
    assert not VALIDATOR.is_valid(json.loads(line or "null"))


def test_each_field_is_described() -> None:
    """A reader of the schema learns what every kind and field means."""
    kinds = [kind for kind in SCHEMA["$defs"].values() if "properties" in kind]
    fields = [
        (kind["title"], name)
        for kind in kinds
        for name, field in kind["properties"].items()
        if name != "kind" and not field.get("description")
    ]
    assert kinds
    assert not fields
    assert all(kind["description"] for kind in kinds)
