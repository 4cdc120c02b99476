"""What a conductor drives: a session, or one of the small talks before it."""

from __future__ import annotations

from typing import Protocol

from voicecoach.dialog.effects import Effect
from voicecoach.dialog.events import Event
from voicecoach.units import Ms


class Core(Protocol):
    """Events in, effects out; the time comes inside the events.

    It is over once it has given `Finish`; from there on `handle` gives nothing.
    """

    @property
    def deadline(self) -> Ms | None:
        """When `Woke` is due next, or None."""

    def handle(self, event: Event) -> list[Effect]:
        """Take an event and return what is to be done, in order."""
