"""From the events of a session to what a picture of it shows: spans and points in lanes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

Event = Mapping[str, Any]

RHYTHM: Final = frozenset({"count", "breath", "stroke", "mark"})
"""Kinds of cue that keep time; all others tell something."""

OPEN_CUE_S: Final = 1.0
"""Length drawn for a cue of which no end is known, in seconds."""


SAME_S: Final = 0.1
"""Seconds within which a count and the cue that speaks it are one thing."""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that lasts, in seconds of the session."""

    lane: str
    start: float
    end: float
    text: str
    kind: str
    """Chooses the colour."""
    more: str = ""
    """Shown when the pointer rests on it."""
    cut: bool = False
    decided: float | None = None
    """When a hearing was decided upon."""


@dataclass(frozen=True, slots=True)
class Point:
    """Something that happens at one moment, in seconds of the session."""

    lane: str
    at: float
    text: str
    kind: str
    more: str = ""


@dataclass(slots=True)
class Marks:
    """All that is drawn, and when it ends."""

    spans: list[Span] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    end: float = 0.0


def collect(events: Iterable[Event]) -> Marks:
    """Return what to draw of `events`; kinds nobody knows and events without a time are skipped."""
    known = sorted((event for event in events if _time(event, "t") is not None), key=_at)
    marks = Marks()
    marks.points += list(_points(known))
    counted = [point.at for point in marks.points if point.lane == "count"]
    cues = list(_cues(known))
    marks.spans += [cue for cue in cues if not _is_counted(cue, counted)]
    marks.spans += [*_sayings(known), *_hearings(known)]
    ends = [one.end for one in (*cues, *marks.spans)]
    marks.end = max([_at(event) for event in known] + ends, default=0.0)
    marks.spans += [*_bands(known, marks.end), *_silences(cues, marks.end)]
    return marks


def _is_counted(cue: Span, counted: Sequence[float]) -> bool:
    """Whether a count is drawn where `cue` speaks it: then its box would say the same again."""
    return cue.kind == "count" and any(abs(cue.start - at) < SAME_S for at in counted)


def _time(event: Event, key: str) -> float | None:
    value = event.get(key)
    sound = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return float(value) if sound and value is not None else None


def _at(event: Event) -> float:
    return _time(event, "t") or 0.0


def _text(event: Event, *keys: str) -> str:
    """Return the first of `keys` that the event has, as text."""
    return next((str(event[key]) for key in keys if event.get(key) is not None), "")


def _cues(events: Sequence[Event]) -> Iterable[Span]:
    """Pair each cue_started with the next cue_finished of the same id."""
    running: dict[str, Event] = {}
    for event in events:
        kind, name = event.get("kind"), _text(event, "id")
        if kind == "cue_started":
            if name in running:
                yield _cue(running[name], None)
            running[name] = event
        elif kind == "cue_finished" and name in running:
            yield _cue(running.pop(name), event)
    for event in running.values():
        yield _cue(event, None)


def _cue(started: Event, finished: Event | None) -> Span:
    kind = _text(started, "kind_of_cue") or "say"
    start = _at(started)
    end = _at(finished) if finished else start + OPEN_CUE_S
    cut = finished is not None and finished.get("whole") is False
    text = _text(started, "text", "id")
    lane = "rhythm" if kind in RHYTHM else "coach"
    more = f"{text} ({start:.2f} to {end:.2f} s{', cut' if cut else ''})"
    return Span(lane, start, end, text, kind, more, cut)


def _sayings(events: Sequence[Event]) -> Iterable[Span]:
    for event in events:
        if event.get("kind") == "says":
            start, end = _from_to(event)
            text = _text(event, "text", "file")
            yield Span("user", start, end, text, "user", f"{text} ({start:.2f} to {end:.2f} s)")


def _hearings(events: Sequence[Event]) -> Iterable[Span]:
    for event in events:
        kind = _text(event, "kind")
        if kind not in ("heard", "refused"):
            continue
        start, end = _from_to(event)
        decided = _time(event, "decided")
        text = _text(event, "command", "text") if kind == "heard" else _text(event, "text")
        text = text.replace("_", " ").replace("[unk]", "…")  # any other sound
        why = _text(event, "why") if kind == "refused" else _text(event, "text")
        more = f"{kind} {text}: {why}, {start:.2f} to {end:.2f} s"
        more += f", decided {decided:.2f} s" if decided is not None else ""
        yield Span("heard", start, end, text, kind, more, decided=decided)


def _from_to(event: Event) -> tuple[float, float]:
    start, end = _time(event, "start"), _time(event, "end")
    first = _at(event) if start is None else start
    return first, max(first, _at(event) if end is None else end)


def _points(events: Sequence[Event]) -> Iterable[Point]:
    for event in events:
        kind, at = _text(event, "kind"), _at(event)
        if kind == "count":
            number, of = _text(event, "n"), _text(event, "of")
            yield Point("count", at, number, "count", f"{number} of {of or '?'} at {at:.2f} s")
        elif kind == "asked":
            yield Point("coach", at, "?", "asked", f"asks: {_text(event, 'question')}")
        elif kind in ("exercise_started", "session_started"):
            text = _text(event, "name", "title", "exercise", "routine", "id")
            yield Point("axis", at, text or kind.replace("_", " "), "begin", kind.replace("_", " "))
        elif kind in ("exercise_finished", "session_finished"):
            text = "end" if kind == "session_finished" else ""
            yield Point("axis", at, text, "finish", kind.replace("_", " "))


def _bands(events: Sequence[Event], end: float) -> Iterable[Span]:
    """Yield the states, and the stretches in which the session is paused or halted."""
    since = {"state": (0.0, "", ""), "shade": (0.0, "", "")}
    for event in events:
        for lane in since:
            new = _band(lane, event)
            if new is None or new == since[lane][1:]:
                continue
            yield from _closed(lane, since[lane], _at(event))
            since[lane] = (_at(event), *new)
    for lane, open_band in since.items():
        yield from _closed(lane, open_band, end)


def _closed(lane: str, band: tuple[float, str, str], end: float) -> Iterable[Span]:
    start, kind, text = band
    if kind and end > start:
        yield Span(lane, start, end, text, kind, f"{text} ({start:.2f} to {end:.2f} s)")


def _band(lane: str, event: Event) -> tuple[str, str] | None:
    """Return (kind, text) of the band that begins with `event`; None when it goes on."""
    kind = _text(event, "kind")
    if lane == "state":
        name = _text(event, "name", "state").replace("_", " ")
        return ("state", name) if kind == "state" else None
    if kind == "paused":
        return "paused", "paused"
    if kind == "halted":
        return "halted", " ".join(("halted", _text(event, "why"))).strip().replace("_", " ")
    ended = ("resumed", "exercise_started", "session_finished")
    return ("", "") if kind in ended else None


def _silences(cues: Sequence[Span], end: float, shortest: float = 2.5) -> Iterable[Span]:
    """Yield where the coach says nothing for `shortest` seconds or more."""
    sounding = sorted((cue.start, cue.end) for cue in cues)
    quiet_since = 0.0
    for start, stop in [*sounding, (end, end)]:
        if start - quiet_since >= shortest:
            length = start - quiet_since
            yield Span("silence", quiet_since, start, f"{length:.1f} s", "silence")
        quiet_since = max(quiet_since, stop)
