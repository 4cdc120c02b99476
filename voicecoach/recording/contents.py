"""What a recorded session contains, from the events of its log. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voicecoach.audio.clip import Samples
from voicecoach.eventlog.kinds import Event, ExerciseStarted, StateEntered
from voicecoach.eventlog.sounds import CueFinished, CueStarted
from voicecoach.track import CueKind
from voicecoach.units import RATE, Ms

CLOSING = "closing"
"""State of the dialog in which the last words are said."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a recording, which lasts until the next one."""

    start: Ms
    title: str


@dataclass(frozen=True, slots=True)
class Line:
    """What is said, and when, in the time of the recording."""

    start: Ms
    end: Ms
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """A whole session: sound, and what players show of it."""

    title: str
    summary: str
    language: str
    samples: Samples
    """Mono at `units.RATE`."""
    chapters: Sequence[Chapter]
    """The first one begins at 0; a single line has none."""
    lines: Sequence[Line]

    @property
    def length(self) -> Ms:
        """How long it plays, rounded down."""
        return Ms(len(self.samples) * 1000 // RATE)


def chapters_of(events: Iterable[Event], after: Ms, begin: str, end: str) -> list[Chapter]:
    """Return the chapters of a session that begins at `after`: `begin`, the exercises, `end`."""
    found = [Chapter(Ms(0), begin)]
    for event in events:
        at = Ms(after + round(event.t * 1000))
        if isinstance(event, ExerciseStarted):
            found.append(Chapter(at, f"{event.n}. {event.name}"))
        elif isinstance(event, StateEntered) and event.name == CLOSING:
            found.append(Chapter(at, end))
    return found


def lines_of(events: Iterable[Event], after: Ms) -> list[Line]:
    """Return what was said in a session that begins at `after`; sounds are left out."""
    begun: dict[int, CueStarted] = {}
    found = []
    for event in events:
        if isinstance(event, CueStarted) and event.text and event.kind_of_cue is not CueKind.SOUND:
            begun[event.id] = event
        elif isinstance(event, CueFinished) and event.id in begun:
            cue = begun.pop(event.id)
            start, stop = (Ms(after + round(t * 1000)) for t in (cue.t, event.t))
            found.append(Line(start, stop, cue.text))
    return found
