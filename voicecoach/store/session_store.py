"""Writes the history of a session while it happens."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import uuid4

from msgspec import UNSET

from voicecoach import __version__
from voicecoach.errors import InputError, PlaceError
from voicecoach.eventlog.kinds import Event, SessionFinished, SessionRestored, SessionStarted
from voicecoach.history.records import Record, SessionRecord
from voicecoach.history.tally import Tally
from voicecoach.store.database import open_database, told, transaction
from voicecoach.store.reading import read_history
from voicecoach.store.rows import put

BROKEN_OFF: Final = (None, "interrupted", "failed")
"""Outcomes of a session that may go on."""

Begin = Callable[[SessionStarted], SessionRecord]
"""Returns the record of a session that begins."""


def beginning(talk: str) -> Begin:
    """Return what makes the record of a session that begins now, at a level of talk."""
    return lambda event: SessionRecord(
        uuid4().hex,
        datetime.now().astimezone().isoformat(timespec="seconds"),
        event.routine,
        __version__,
        talk,
        minutes=None if event.minutes is UNSET else event.minutes,
    )


class SessionStore:
    """Keeps the records of the sessions that it is told of in `path`; `post` lets it write.

    The events come from one thread, and `write` is called in another. The file is opened by the
    first write, so that nothing waits for it, and closed by the one after the session's end. `told`
    gives the last events of a session that was cut off: they may not have come so far.
    """

    def __init__(
        self,
        path: Path,
        begin: Begin,
        post: Callable[[SessionStore], None],
        told: Callable[[], Sequence[Event]] = tuple,
    ) -> None:
        self._path, self._begin, self._post, self._told = path, begin, post, told
        self._tally: Tally | None = None
        self._records: deque[Record] = deque()
        self._waiting: dict[object, Record] = {}
        self._database: sqlite3.Connection | None = None
        self._over = False

    def __call__(self, event: Event) -> None:
        """Take the next event of the log."""
        self._over = isinstance(event, SessionFinished)
        if isinstance(event, SessionStarted):
            session = self._begin(event)
            self._tally = Tally(session)
            self._have_written([session])
        elif isinstance(event, SessionRestored):
            self._tally = self._cut_off(event.routine)
            if self._tally:
                self._have_written([r for e in self._told() for r in self._tally.take_once(e)])
        if self._tally:
            self._have_written(self._tally.take(event))

    def _cut_off(self, routine: str) -> Tally | None:
        """Return what goes on with the last session of `routine`, which has no end; None where
        there is none, as after the history was forgotten.
        """
        try:
            sessions = [
                past for past in read_history(self._path) if past.session.routine == routine
            ]
        except InputError:  # the first write tells of it
            return None
        found = sessions[-1] if sessions else None
        return Tally.of(found) if found and found.session.outcome in BROKEN_OFF else None

    def at(self, t: float) -> None:
        """Take note that it is second `t` of the session."""
        if self._tally:
            self._have_written(self._tally.at(t))

    def write(self) -> None:
        """Write what is not on disk yet, in one transaction. Raises `PlaceError`."""
        over = self._over
        while self._records:
            record = self._records.popleft()
            self._waiting[record.key] = record
        if self._waiting:
            self._commit()
        if over and self._database is not None:
            self._database.close()
            self._database = None

    def _commit(self) -> None:
        try:
            if self._database is None:
                self._database = open_database(self._path)
            with transaction(self._database):
                put(self._database, self._waiting.values())
        except (sqlite3.Error, InputError) as error:
            problem = error if isinstance(error, InputError) else told(self._path, error)
            raise PlaceError(problem.what, problem.why, problem.next_step) from error
        self._waiting.clear()

    def _have_written(self, records: tuple[Record, ...] | list[Record]) -> None:
        if records:
            self._records.extend(records)
            self._post(self)
