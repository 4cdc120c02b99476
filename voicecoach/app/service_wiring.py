"""The coach as a service, and the door to other programs: the parts put together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

from voicecoach.app.live import Live
from voicecoach.doors.mqtt import Broker, MqttDoor, broker, certificate, check_broker, password
from voicecoach.eventlog.fields import LogEvent
from voicecoach.language.phrasebook import Command, Phrasebook
from voicecoach.routine.model import Region
from voicecoach.service import systemd, unit
from voicecoach.service.notify import Notifier
from voicecoach.service.watchdog import Watchdog


class Way(NamedTuple):
    """The MQTT broker as it is set; without a URL there is none."""

    url: str = ""
    user: str = ""
    password_file: str = ""
    ca: str = ""

    def broker(self) -> Broker:
        """Return the broker. Raises `InputError` for what cannot be used."""
        return broker(*self)


def make_door(
    live: Live, book: Phrasebook, way: Way
) -> AbstractContextManager[Callable[[LogEvent], None]]:
    """Return the door to the MQTT broker; one that leads nowhere where none is set.

    Raises `InputError` for what cannot be used, or without the extra.
    """
    if not way.url:
        return nullcontext(_nowhere)
    return MqttDoor(way.broker(), live.inject, wishes(book))


def _nowhere(_event: LogEvent) -> None:
    return


def wishes(book: Phrasebook) -> list[tuple[str, tuple[str, str]]]:
    """Return what can be asked of the coach asleep: its name, and a part of the body."""
    parts = [region.value.replace("-", " ") for region in Region]
    return [(part, (book.first(Command.NAME), part)) for part in parts if book.find(part)]


def watching(live: Live) -> Watchdog:
    """Return what tells systemd that the sound device asks for sound."""
    return Watchdog(Notifier(), lambda: live.beats)


__all__ = [
    "Way",
    "certificate",
    "check_broker",
    "make_door",
    "password",
    "systemd",
    "unit",
    "watching",
    "wishes",
]
