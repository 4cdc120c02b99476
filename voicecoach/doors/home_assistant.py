"""What is published for Home Assistant by MQTT: its entities, and what each event changes.

The format is Home Assistant's MQTT discovery: one retained message for each entity. Pure: texts in,
texts out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, get_args

from voicecoach import __version__
from voicecoach.eventlog.fields import Halt, LogEvent
from voicecoach.eventlog.kinds import (
    ExerciseStarted,
    Halted,
    SessionFinished,
    SessionRestored,
    SessionStarted,
    StateEntered,
)
from voicecoach.eventlog.sounds import Count
from voicecoach.language.phrasebook import Command

BUTTONS: Final[Mapping[str, Command]] = {
    "pause": Command.PAUSE,
    "stop": Command.STOP,
    "next": Command.NEXT,
}
"""What can be pressed: nothing among it leads on after a complaint."""

COMPLAINTS: Final = tuple(why for why in (*get_args(Halt), "no_answer") if why != "stop")
"""Kinds of the last complaint: what halts a session, but a plain stop."""

NOTHING: Final = ""
SESSION: Final = ("session", "exercise", "repetition")
"""Values that are there in a session only."""


@dataclass(frozen=True, slots=True)
class Message:
    """Something to publish; `retained` ones are given to whoever subscribes later."""

    topic: str
    payload: str
    retained: bool = True


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics of one coach: `base` tells it from another on the same broker."""

    base: str = "voicecoach"
    discovery: str = "homeassistant"

    @property
    def available(self) -> str:
        """Holds "online" or "offline"; the broker sets the latter when the coach is gone."""
        return f"{self.base}/available"

    @property
    def command(self) -> str:
        """Takes the name of a button."""
        return f"{self.base}/command"

    @property
    def wish(self) -> str:
        """Takes what is to be done, of the options of the select."""
        return f"{self.base}/routine/set"

    def of(self, name: str) -> str:
        """Return the topic of a value."""
        return f"{self.base}/{name}"


def discovery(topics: Topics, wishes: Sequence[str]) -> Iterator[Message]:
    """Yield what tells Home Assistant of the entities; there is no select without `wishes`."""
    for name, label, icon in (
        ("state", "State", "mdi:account-voice"),
        ("session", "Session", "mdi:playlist-check"),
        ("exercise", "Exercise", "mdi:yoga"),
        ("repetition", "Repetition", "mdi:counter"),
    ):
        yield _entity(topics, "sensor", name, label, icon, state_topic=topics.of(name))
    yield _entity(
        topics, "event", "complaint", "Complaint", "mdi:alert", state_topic=topics.of("complaint"),
        event_types=COMPLAINTS,
    )  # fmt: skip
    for name in BUTTONS:
        yield _entity(
            topics, "button", name, name.capitalize(), f"mdi:{_ICONS[name]}",
            command_topic=topics.command, payload_press=name,
        )  # fmt: skip
    if wishes:
        yield _entity(
            topics, "select", "routine", "Routine", "mdi:playlist-play",
            command_topic=topics.wish, state_topic=topics.of("routine"), options=wishes,
        )  # fmt: skip


_ICONS: Final = {"pause": "pause", "stop": "stop", "next": "skip-next"}


def _entity(
    topics: Topics, kind: str, name: str, label: str, icon: str, **fields: object
) -> Message:
    config = {
        "name": label,
        "unique_id": f"{topics.base}_{name}",
        "icon": icon,
        "availability_topic": topics.available,
        "device": {
            "identifiers": [topics.base],
            "name": "Voicecoach",
            "sw_version": __version__,
        },
        **fields,
    }
    return Message(f"{topics.discovery}/{kind}/{topics.base}/{name}/config", json.dumps(config))


@dataclass(slots=True)
class Mirror:
    """Turns events of the log into messages; what is retained can be told again at any time."""

    topics: Topics
    values: dict[str, str] = field(
        default_factory=lambda: {"state": "starting"} | dict.fromkeys(SESSION, NOTHING)
    )

    def take(self, event: LogEvent) -> list[Message]:
        """Return what `event` changes."""
        if isinstance(event, Halted):
            return self._complaint(event.why)
        changed = {key: value for key, value in _news(event) if self.values.get(key) != value}
        self.values |= changed
        return [self._message(key) for key in changed]

    def all(self) -> list[Message]:
        """Return every value, as after a new connection."""
        return [self._message(key) for key in self.values]

    def _message(self, key: str) -> Message:
        return Message(self.topics.of(key), self.values[key])

    def _complaint(self, why: str) -> list[Message]:
        if why not in COMPLAINTS:
            return []
        payload = json.dumps({"event_type": why})
        return [Message(self.topics.of("complaint"), payload, retained=False)]


def _news(event: LogEvent) -> Iterator[tuple[str, str]]:
    match event:
        case StateEntered(name=name):
            yield "state", name
        case SessionStarted(routine=routine) | SessionRestored(routine=routine):
            yield "session", routine
        case ExerciseStarted(name=name):
            yield "exercise", name
            yield "repetition", NOTHING
        case Count(n=n, of=of):
            yield "repetition", f"{n} of {of}"
        case SessionFinished():
            yield from dict.fromkeys(SESSION, NOTHING).items()
