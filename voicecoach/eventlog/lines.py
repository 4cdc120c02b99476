"""Events as lines of JSON, and back."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from voicecoach.errors import Problem, ProblemsError
from voicecoach.eventlog.kinds import Event, LogEvent

_DECODER = msgspec.json.Decoder(Event)


def to_line(event: LogEvent) -> str:
    """Return `event` as one JSON object: `t` and `kind` first, fields that are not set left out."""
    data = msgspec.to_builtins(event)
    ordered = {"t": data.pop("t"), "kind": data.pop("kind"), **data}
    return msgspec.json.format(msgspec.json.encode(ordered), indent=0).decode()


def to_text(events: Iterable[LogEvent]) -> str:
    """Return `events` as a log: in the order of their times, one a line."""
    return "".join(to_line(event) + "\n" for event in sorted(events, key=lambda event: event.t))


def parse_log(text: str, path: str) -> list[Event]:
    """Return the events of a log. Raises `ProblemsError` with every line that is none."""
    if not text:
        return []
    events: list[Event] = []
    problems: list[Problem] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n"), start=1):
        try:
            events.append(_DECODER.decode(line))
        except (msgspec.DecodeError, UnicodeError) as error:
            problems.append(Problem(number, "", f"not an event: {error}"))
    if problems:
        step = "docs/events.schema.json describes the lines of a log."
        raise ProblemsError(path, problems, step)
    return events


def schema() -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a line of the log."""
    found = msgspec.json.schema(Event)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
