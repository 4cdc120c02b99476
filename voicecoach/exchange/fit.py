"""A session as a FIT activity, which training logs read: laps for exercises, sets with repetitions.

It needs the extra `fit`. FIT counts seconds since 1989; whole seconds are kept of each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

from voicecoach.errors import InputError
from voicecoach.extras import install
from voicecoach.history.past import Past
from voicecoach.history.records import ExerciseRecord, SetRecord


def fit_activity(past: Past) -> bytes:
    """Return the bytes of a FIT file of a session with an exercise, without which there is no lap.

    Raises `InputError` without the extra.
    """
    made = _Activity(past)
    builder = made.lib.builder(auto_define=True, strict=True)
    builder.add_all(list(made.messages()))
    return bytes(builder.build().to_bytes())


def file_name(past: Past) -> str:
    """Return a name that sorts by time, and tells two sessions of one second apart."""
    routine = "".join(c for c in past.session.routine if c.isalnum() or c in "-_") or "session"
    began = f"{past.began:%Y-%m-%dT%H%M%S}"
    return f"{began}-{routine[:60]}-{past.session.session[:6]}.fit"


class _Library:
    """What is used of fit-tool."""

    def __init__(self) -> None:
        try:
            from fit_tool.fit_file_builder import FitFileBuilder
            from fit_tool.profile import profile_type
            from fit_tool.profile.messages.activity_message import ActivityMessage
            from fit_tool.profile.messages.event_message import EventMessage
            from fit_tool.profile.messages.file_id_message import FileIdMessage
            from fit_tool.profile.messages.lap_message import LapMessage
            from fit_tool.profile.messages.record_message import RecordMessage
            from fit_tool.profile.messages.session_message import SessionMessage
            from fit_tool.profile.messages.set_message import SetMessage
        except ImportError as error:
            why = f"The package {error.name} is not installed"
            step = f"Install it: `{install('fit')}`."
            raise InputError("FIT files cannot be written", why, step) from error
        self.builder, self.types = FitFileBuilder, profile_type
        self.file_id, self.event, self.set = FileIdMessage, EventMessage, SetMessage
        self.lap, self.session, self.activity = LapMessage, SessionMessage, ActivityMessage
        self.record = RecordMessage


MOST: Final = 0xFFFE
"""The largest count that FIT can hold; the one above it stands for "not known"."""


class _Activity:
    """The messages of one session, in the order in which a watch writes them."""

    def __init__(self, past: Past) -> None:
        self.past, self.lib = past, _Library()
        self._start = int(past.began.timestamp()) * 1000

    def messages(self) -> Iterator[Any]:
        """Yield every message."""
        types, end = self.lib.types, self._at(self.past.session.seconds)
        yield _filled(
            self.lib.file_id(),
            type=types.FileType.ACTIVITY,
            manufacturer=types.Manufacturer.DEVELOPMENT.value,
            product=0,
            serial_number=int(self.past.session.session[:7], 16) or 1,
            time_created=self._start,
        )
        yield self._timer(self._start, types.EventType.START)
        yield _filled(self.lib.record(), timestamp=self._start)  # FIT wants one; nothing is sensed
        for number, one in enumerate(self.past.sets):
            yield self._set(number, one)
        for number, (visit, until) in enumerate(self._visits()):
            yield self._lap(number, visit, until)
        yield self._timer(end, types.EventType.STOP_ALL)
        yield self._session(end)
        yield self._whole(end)

    def _at(self, second: float) -> int:
        """Return a second of the session as FIT-tool has it: whole seconds, in milliseconds."""
        return self._start + max(0, round(second)) * 1000

    def _timer(self, at: int, what: Any) -> Any:
        event = self.lib.types.Event.TIMER
        return _filled(self.lib.event(), timestamp=at, event=event, event_type=what)

    def _set(self, number: int, one: SetRecord) -> Any:
        """Return a set. Older sessions do not tell when it began: then it starts with its lap."""
        laps = {visit.visit: visit.at for visit in self.past.exercises}
        began = laps.get(one.visit, 0.0) if one.at is None else one.at
        message = _filled(
            self.lib.set(),
            timestamp=self._at(began + one.seconds),
            start_time=self._at(began),
            duration=round(one.seconds, 3),
            set_type=self.lib.types.SetType.ACTIVE,
            message_index=number,
        )
        return _filled(message, repetitions=min(one.repetitions, MOST)) if one.of else message

    def _visits(self) -> Iterator[tuple[ExerciseRecord, float]]:
        """Yield each visit to an exercise with the second at which it is over."""
        visits = self.past.exercises
        if visits:
            for one, following in pairwise(visits):
                yield one, following.at
            yield visits[-1], max(self.past.session.seconds, visits[-1].at)

    def _lap(self, number: int, visit: ExerciseRecord, until: float) -> Any:
        length = max(0.0, until - visit.at)
        return _filled(
            self.lib.lap(),
            message_index=number,
            timestamp=self._at(until),
            start_time=self._at(visit.at),
            total_elapsed_time=round(length, 3),
            total_timer_time=round(length, 3),
        )

    def _session(self, end: int) -> Any:
        types = self.lib.types
        counted = sum(bool(one.of) for one in self.past.sets)
        strength = 2 * counted > len(self.past.sets)
        kind = types.SubSport
        paused = sum(pause.seconds for pause in self.past.pauses)
        length = self.past.session.seconds
        return _filled(
            self.lib.session(),
            message_index=0,
            timestamp=end,
            start_time=self._start,
            sport=types.Sport.TRAINING,
            sub_sport=kind.STRENGTH_TRAINING if strength else kind.FLEXIBILITY_TRAINING,
            total_elapsed_time=round(length, 3),
            total_timer_time=round(max(0.0, length - paused), 3),
            first_lap_index=0,
            num_laps=len(self.past.exercises),
        )

    def _whole(self, end: int) -> Any:
        types, offset = self.lib.types, self.past.began.utcoffset()
        assert offset is not None
        return _filled(
            self.lib.activity(),
            timestamp=end,
            local_timestamp=_local(end, offset.total_seconds()),
            total_timer_time=round(self.past.session.seconds, 3),
            num_sessions=1,
            type=types.Activity.MANUAL,
            event=types.Event.ACTIVITY,
            event_type=types.EventType.STOP,
        )


FIT_EPOCH: Final = 631_065_600
"""Seconds from 1970 to 1989-12-31, where FIT begins; `local_timestamp` is written as it is."""


def _local(at: int, offset: float) -> int:
    return at // 1000 + round(offset) - FIT_EPOCH


def _filled(message: Any, **values: object) -> Any:
    for name, value in values.items():
        setattr(message, name, value)
    return message
