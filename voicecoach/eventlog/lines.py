"""Events as lines of JSON, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeVar

import msgspec

from voicecoach.errors import Problem, ProblemsError
from voicecoach.eventlog.fields import LogEvent
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.eventlog.kinds import DialogFinished, Event, SessionFinished

L = TypeVar("L", bound=LogEvent)
T = TypeVar("T")

MAX_PROBLEMS = 10
"""Bad lines after which reading stops: a file with more of them is no event log."""


NEXT_STEP = "Name the event log of a session, as written by `--events FILE`."


class _Timed(msgspec.Struct):
    """What each line must have, though an event that is not yet written has no time."""

    t: float


BEGINS = '{"t": '
"""What each line begins with."""

_TIMED = msgspec.json.Decoder(_Timed)
_DECODER = msgspec.json.Decoder(Event)


def to_line(event: LogEvent) -> str:
    """Return `event` as one JSON object: `t` and `kind` first, fields that are not set left out."""
    data = msgspec.to_builtins(event)
    ordered = {"t": data.pop("t"), "kind": data.pop("kind"), **data}
    return msgspec.json.format(msgspec.json.encode(ordered), indent=0).decode()


def to_text(events: Iterable[LogEvent]) -> str:
    """Return `events` as a log: each conversation in the order of its times, one event a line."""
    return "".join(f"{to_line(event)}\n" for event in _in_order(events))


def _in_order(events: Iterable[L]) -> list[L]:
    """Sort each conversation; what a session is made of stands first in it."""
    found = list[L]()
    for part in conversations(events, lambda event: event):
        head = part[:1] if isinstance(part[0], SessionPrepared) else []
        found += [*head, *sorted(part[len(head) :], key=lambda event: event.t)]
    return found


def conversations(items: Iterable[T], event_of: Callable[[T], LogEvent]) -> Iterator[list[T]]:
    """Yield the items of each conversation of a log, in their order.

    A coach that is always on has many, and questions may come before a session. Each has a clock of
    its own: it begins with the first event at 0 after the end of the one before; the clock of a
    session that was cut off goes on where it was, after what the session is made of.
    """
    part, over = list[T](), False
    for item in items:
        event = event_of(item)
        if over and (event.t <= 0 or isinstance(event, SessionPrepared)):
            yield part
            part, over = [], False
        part.append(item)
        over = over or (event.t > 0 and isinstance(event, SessionFinished | DialogFinished))
    if part:
        yield part


def parse_log(text: str, path: str) -> list[Event]:
    """Return the events of a log, each conversation in the order of its times.

    A last line that was cut off, as by a power cut, is left out. Raises `ProblemsError` with the
    lines that are no events, at most `MAX_PROBLEMS` of them. Fields that a kind does not have are
    ignored: a later version may have added them.
    """
    return _in_order(line.event for line in logged_lines(text, path))


class Logged(NamedTuple):
    """A line of a log."""

    number: int
    """From 1."""
    event: Event
    text: str


def logged_lines(text: str, path: str) -> list[Logged]:
    """Return the lines of a log in their own order; otherwise as `parse_log`."""
    found: list[Logged] = []
    problems: list[Problem] = []
    *lines, last = text.split("\n")
    if last and not _is_cut(last):
        lines.append(last)
    for number, line in enumerate(lines, start=1):
        try:
            _TIMED.decode(line)
            found.append(Logged(number, _DECODER.decode(line), line))
        except (msgspec.DecodeError, UnicodeError) as error:
            problems.append(Problem(number, "", f"not an event: {error}"))
        if len(problems) == MAX_PROBLEMS:
            break
    if problems:
        raise ProblemsError(path, problems, NEXT_STEP)
    return found


def _is_cut(line: str) -> bool:
    """Tell whether `line` is the beginning of a line of `to_line`."""
    if line[: len(BEGINS)] != BEGINS[: len(line)]:
        return False
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeError):
        return True
    return False


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a line of the log."""
    found = msgspec.json.schema(Event)
    kinds = [part for part in found["$defs"].values() if "properties" in part]
    for kind in kinds:
        time = kind["properties"].pop("t")
        del time["default"]
        kind["properties"] = {"t": time, **kind["properties"]}
        kind["required"] = ["t", *kind["required"]]
    title = {"title": "An event in the log of a voicecoach session"}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **title, **found}
