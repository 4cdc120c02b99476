"""From the events of a session to what a picture of it shows: spans and points in lanes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.eventlog.kinds import (
    Asked,
    Event,
    ExerciseFinished,
    ExerciseStarted,
    Halted,
    Paused,
    Resumed,
    SessionFinished,
    SessionRestored,
    SessionStarted,
    StateEntered,
)
from voicecoach.eventlog.sounds import (
    CommandHeard,
    Count,
    CueFinished,
    CueStarted,
    SpeechRefused,
    UserSpoke,
)
from voicecoach.track import CueKind

RHYTHM: Final = frozenset(
    {CueKind.COUNT, CueKind.BREATH, CueKind.STROKE, CueKind.MARK, CueKind.SOUND}
)
"""Kinds of cue that keep time; all others say something."""

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
    """When the recogniser had decided, for what was heard."""


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
    """Return what to draw of `events`, in any order."""
    ordered = sorted(events, key=lambda event: event.t)
    marks = Marks()
    marks.points += list(_points(ordered))
    counted = [point.at for point in marks.points if point.lane == "count"]
    cues = list(_cues(ordered))
    marks.spans += [cue for cue in cues if not _is_counted(cue, counted)]
    marks.spans += [*_utterances(ordered), *_hearings(ordered)]
    ends = [one.end for one in (*cues, *marks.spans)]
    marks.end = max([event.t for event in ordered] + ends, default=0.0)
    marks.spans += [*_bands(ordered, marks.end), *_silences(cues, marks.end)]
    return marks


def _is_counted(cue: Span, counted: Sequence[float]) -> bool:
    """Whether a count is drawn where `cue` speaks it: then its box would say the same again."""
    return cue.kind == "count" and any(abs(cue.start - at) < SAME_S for at in counted)


def _cues(events: Sequence[Event]) -> Iterable[Span]:
    """Pair each start of a cue with the next end of the same id."""
    running: dict[int, CueStarted] = {}
    for event in events:
        match event:
            case CueStarted():
                if event.id in running:
                    yield _cue(running[event.id], None)
                running[event.id] = event
            case CueFinished() if event.id in running:
                yield _cue(running.pop(event.id), event)
    for started in running.values():
        yield _cue(started, None)


def _cue(started: CueStarted, finished: CueFinished | None) -> Span:
    start, text = started.t, started.text
    end = finished.t if finished else start + OPEN_CUE_S
    cut = finished is not None and not finished.whole
    lane = "rhythm" if started.kind_of_cue in RHYTHM else "coach"
    more = f"{text} ({start:.2f} to {end:.2f} s{', cut' if cut else ''})"
    return Span(lane, start, end, text, started.kind_of_cue.value, more, cut)


def _utterances(events: Sequence[Event]) -> Iterable[Span]:
    for event in events:
        if isinstance(event, UserSpoke):
            start, end = _from_to(event)
            more = f"{event.text} ({start:.2f} to {end:.2f} s)"
            yield Span("user", start, end, event.text, "user", more)


def _hearings(events: Sequence[Event]) -> Iterable[Span]:
    for event in events:
        match event:
            case CommandHeard():
                yield _hearing(event, "heard", event.command.value.replace("_", " "), event.text)
            case SpeechRefused():
                other_sounds_as_dots = event.text.replace("[unk]", "…")
                yield _hearing(event, "refused", other_sounds_as_dots, event.why)


def _hearing(event: CommandHeard | SpeechRefused, kind: str, text: str, detail: str) -> Span:
    start, end = _from_to(event)
    more = f"{kind} {text}: {detail}, {start:.2f} to {end:.2f} s, decided {event.decided:.2f} s"
    return Span("heard", start, end, text, kind, more, decided=event.decided)


def _from_to(event: UserSpoke | CommandHeard | SpeechRefused) -> tuple[float, float]:
    return event.start, max(event.start, event.end)


def _points(events: Sequence[Event]) -> Iterable[Point]:
    for event in events:
        match event:
            case Count(t=at, n=n, of=of):
                yield Point("count", at, str(n), "count", f"{n} of {of} at {at:.2f} s")
            case Asked(t=at):
                yield Point("coach", at, "?", "asked", f"asks: {event.question}")
            case SessionStarted(t=at):
                yield Point("axis", at, event.routine, "begin", "session started")
            case SessionRestored(t=at):
                yield Point("axis", at, event.routine, "begin", "session goes on")
            case ExerciseStarted(t=at):
                yield Point("axis", at, event.name, "begin", "exercise started")
            case ExerciseFinished(t=at):
                yield Point("axis", at, "", "finish", "exercise finished")
            case SessionFinished(t=at):
                yield Point("axis", at, "end", "finish", "session finished")


def _bands(events: Sequence[Event], end: float) -> Iterable[Span]:
    """Yield the states, and the stretches in which the session is paused or halted."""
    since = {"state": (0.0, "", ""), "shade": (0.0, "", "")}
    for event in events:
        band = _band(event)
        if band is None or band[1:] == since[band[0]][1:]:
            continue
        lane, kind, text = band
        yield from _closed(lane, since[lane], event.t)
        since[lane] = (event.t, kind, text)
    for lane, open_band in since.items():
        yield from _closed(lane, open_band, end)


def _closed(lane: str, band: tuple[float, str, str], end: float) -> Iterable[Span]:
    start, kind, text = band
    if kind and end > start:
        yield Span(lane, start, end, text, kind, f"{text} ({start:.2f} to {end:.2f} s)")


def _band(event: Event) -> tuple[str, str, str] | None:
    """Return (lane, kind, text) of the band that begins with `event`; an empty kind ends one."""
    match event:
        case StateEntered():
            return "state", "state", event.name.replace("_", " ")
        case Paused():
            return "shade", "paused", "paused"
        case Halted():
            return "shade", "halted", f"halted {event.why.replace('_', ' ')}"
        case Resumed() | ExerciseStarted() | SessionFinished():
            return "shade", "", ""
    return None


def _silences(cues: Sequence[Span], end: float, shortest: float = 2.5) -> Iterable[Span]:
    """Yield where the coach says nothing for `shortest` seconds or more."""
    sounding = sorted((cue.start, cue.end) for cue in cues)
    quiet_since = 0.0
    for start, stop in [*sounding, (end, end)]:
        if start - quiet_since >= shortest:
            length = start - quiet_since
            yield Span("silence", quiet_since, start, f"{length:.1f} s", "silence")
        quiet_since = max(quiet_since, stop)
