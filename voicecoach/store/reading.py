"""Reading the history, and forgetting it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from voicecoach.history.past import Past, gathered
from voicecoach.history.records import KINDS
from voicecoach.store.database import damage, damaged, open_database, told, transaction
from voicecoach.store.rows import get, put


def read_history(path: Path, since: date | None = None) -> list[Past]:
    """Return the sessions in `path` that began on the day `since` or later, the oldest first.

    None where there is no file. Raises as `open_database` does.
    """
    if not path.exists():
        return []
    with _opened(path) as database:
        chosen = _since(since)
        return gathered(record for kind in KINDS for record in get(database, kind, *chosen))


def check_history(path: Path) -> int:
    """Return how many sessions are in `path`, of which every page and every row is looked at.

    None where there is no file. Raises as `open_database` does.
    """
    if not path.exists():
        return 0
    with _opened(path) as database:
        if found := damage(database):
            raise damaged(path, found)
    return len(read_history(path))


def add_sessions(path: Path, sessions: Sequence[Past]) -> int:
    """Add those of `sessions` that are not in `path`; return how many that were.

    Raises as `open_database` does; then none is added.
    """
    with _opened(path) as database, transaction(database):
        known = {row[0] for row in database.execute("SELECT session FROM session")}
        new = [past for past in sessions if past.session.session not in known]
        put(database, (record for past in new for record in past.records))
    return len(new)


def forget_sessions(path: Path, since: date | None = None) -> int:
    """Delete the sessions that began on the day `since` or later, or all; return how many.

    Nothing of them stays in the file: it is rewritten. Raises as `open_database` does.
    """
    if not path.exists():
        return 0
    with _opened(path) as database:
        where, values = _since(since)
        condition = f" WHERE {where}" if where else ""
        with transaction(database):
            gone = database.execute(f"DELETE FROM session{condition}", values).rowcount  # noqa: S608
        database.execute("VACUUM")
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return gone


def _since(since: date | None) -> tuple[str, tuple[str, ...]]:
    """Return the condition for sessions since a day, by the local time at which they began."""
    if since is None:
        return "", ()
    chosen = "session IN (SELECT session FROM session WHERE substr(began, 1, 10) >= ?)"
    return chosen, (since.isoformat(),)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_database(path)) as database:
        try:
            yield database
        except (sqlite3.Error, OSError) as error:
            raise told(path, error) from error
