"""What is noted of a coach that is always on: nothing of what is said while it sleeps."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from voicecoach.app.conductor import Log
from voicecoach.dialog.states import State
from voicecoach.eventlog.inputs import HearingCame, PhraseTyped, Woken
from voicecoach.eventlog.kinds import Event, StateEntered
from voicecoach.eventlog.sounds import Hushed, SpeechRefused

UNHEARD: Final = (SpeechRefused, Hushed, HearingCame, PhraseTyped, Woken)
"""Kinds that tell that something was said, or that time has passed."""


class ServeLog:
    """Hands each event to `logs`, but those of speech that is not the coach's name, asleep."""

    def __init__(self, logs: Iterable[Log]) -> None:
        self._logs = tuple(logs)
        self._asleep = False

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, StateEntered):
            self._asleep = event.name == State.IDLE.value
        if self._asleep and isinstance(event, UNHEARD):
            return
        for log in self._logs:
            log(event)
