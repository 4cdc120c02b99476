"""The timetable of a plan: the session itself, run without a user and without sound."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from voicecoach.dialog.effects import Effect, Play, Record
from voicecoach.dialog.events import Started, Woke
from voicecoach.dialog.session import Session
from voicecoach.plan.plan import Plan
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Entry:
    """A cue and when it begins, or an event of the log (`kind` "cue" or the event's)."""

    at: Ms
    kind: str
    text: str


def timetable(plan: Plan, talk: int) -> Iterator[Entry]:
    """Yield what is heard and what happens in a session that no one interrupts."""
    session = Session(plan, talk)
    now = Ms(0)
    yield from _entries(session.handle(Started(now)), now)
    while (due := session.deadline) is not None:
        now = due
        yield from _entries(session.handle(Woke(now)), now)


def _entries(effects: list[Effect], now: Ms) -> Iterator[Entry]:
    for effect in effects:
        match effect:
            case Play():
                yield Entry(effect.at, effect.cue.kind.value, effect.cue.text)
            case Record():
                data = msgspec.to_builtins(effect.event)
                name = data.get("name") or data.get("outcome") or ""
                yield Entry(now, data["kind"], str(name))
