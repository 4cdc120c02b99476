"""Opening the history's file: private, checked, and brought to the present schema.

It is a SQLite database in WAL mode, so that two programs can use it at once, with every commit
synced (`synchronous=FULL`), so that a power cut loses no transaction that was committed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from time import monotonic, sleep
from typing import Final

from voicecoach.atomic_write import OWN, make_folder, require_access
from voicecoach.errors import InputError, PlaceError

APPLICATION: Final = 0x766F6963
"""The number in the file's header that tells it from other databases: "voic"."""

BUSY_S: Final = 20.0
"""How long a write waits for one of another program. Ours take milliseconds, a slow disk longer."""

AGAIN_S: Final = 0.01
"""Time between two tries where SQLite does not wait by itself."""

MIGRATIONS: Final = Path(__file__).parent / "migrations"
"""One script for each version of the schema, in order."""


def scripts(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """Return the scripts that lead from an empty file to the present schema."""
    return tuple(path.read_text("utf-8") for path in sorted(folder.glob("*.sql")))


def open_database(path: Path, migrations: Sequence[str] | None = None) -> sqlite3.Connection:
    """Open the history in `path`, which is created if it is not there.

    A file of an older version is copied to ``NAME.version-N`` beside it, then migrated. One that
    was not closed, as after a power cut, is checked. The connection may be used from any thread,
    by one at a time.

    Raises `InputError` for a file that is damaged, of a later version or not ours, and `PlaceError`
    where it cannot be created, read or written.
    """
    steps = scripts() if migrations is None else migrations
    try:
        doubtful = _create(path)
        database = sqlite3.connect(
            path, timeout=BUSY_S, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(database, path, steps, doubtful)
        except BaseException:
            database.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise told(path, error) from error
    return database


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[None]:
    """Commit what is written inside, or nothing of it. Others wait, and nothing of theirs is lost.

    Raises `sqlite3.Error`.
    """
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise


def damage(database: sqlite3.Connection) -> str:
    """Return what is wrong with the file; empty if nothing is."""
    rows = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
    rows += [f"table {row[0]}, foreign key" for row in database.execute("PRAGMA foreign_key_check")]
    return "; ".join(row for row in rows if row != "ok")


def told(path: Path, error: OSError | sqlite3.Error) -> InputError | PlaceError:
    """Return the error for people."""
    name = getattr(error, "sqlite_errorname", "")
    if name in ("SQLITE_CORRUPT", "SQLITE_NOTADB"):
        return damaged(path, str(error))
    why = getattr(error, "strerror", None) or str(error)
    step = "Make room there, or set XDG_DATA_HOME to another folder."
    return PlaceError(f"The history {path} cannot be used", why, step)


def damaged(path: Path, why: str) -> InputError:
    """Return the error for a file that cannot be read as a history."""
    step = (
        f"Move it away (`mv {path} {path}.damaged`): the coach begins a new one, and the old one"
        " is kept. Copies from before an update lie beside it."
    )
    return InputError(f"The history {path} is damaged", why, step)


def backup_of(path: Path, version: int) -> Path:
    """Return where the copy from before the migration of `version` lies."""
    return path.with_name(f"{path.name}.version-{version}")


def _create(path: Path) -> bool:
    """Create the file if it is not there; tell whether the last program did not close it.

    One that is there is not opened: closing it would end the locks that another connection of this
    program has on it (POSIX).
    """
    make_folder(path.parent, OWN)
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, OWN))
    except FileExistsError:
        require_access(path, os.R_OK | os.W_OK)
    return path.with_name(f"{path.name}-wal").exists()


def _prepare(
    database: sqlite3.Connection, path: Path, steps: Sequence[str], doubtful: bool
) -> None:
    version, application = (_pragma(database, key) for key in ("user_version", "application_id"))
    if application not in (0, APPLICATION) or (version and not application):
        raise damaged(path, "It is the database of another program")
    if version > len(steps):
        why = f"It has version {version} of the schema, and this program knows {len(steps)}"
        raise InputError(f"The history {path} is too new", why, "Update voicecoach.")
    found = damage(database) if doubtful and version else ""
    if found:
        raise damaged(path, found)
    _write_ahead(database)
    for line in ("synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        database.execute(f"PRAGMA {line}").fetchall()
    if version < len(steps):
        _migrate(database, path, steps)


def _write_ahead(database: sqlite3.Connection) -> None:
    """Switch to WAL mode.

    Two programs that begin a new file at once stand in each other's way here, and SQLite then fails
    without waiting for `BUSY_S`.
    """
    last = monotonic() + BUSY_S
    while True:
        try:
            database.execute("PRAGMA journal_mode=WAL").fetchall()
        except sqlite3.OperationalError as error:
            name = getattr(error, "sqlite_errorname", "")
            if not name.startswith("SQLITE_BUSY") or monotonic() > last:
                raise
            sleep(AGAIN_S)
        else:
            return


def _migrate(database: sqlite3.Connection, path: Path, steps: Sequence[str]) -> None:
    with transaction(database):
        version = _pragma(database, "user_version")  # another program may have done it meanwhile
        if 0 < version < len(steps):
            _copy(path, backup_of(path, version))
        for number in range(version, len(steps)):
            for statement in _statements(steps[number]):
                database.execute(statement)
            database.execute(f"PRAGMA user_version={number + 1}")
        database.execute(f"PRAGMA application_id={APPLICATION}")


def _copy(path: Path, place: Path) -> None:
    """Copy what is committed, by another connection: one that writes cannot be copied from."""
    part = place.with_name(f".{place.name}.part")
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_RDWR | os.O_CREAT, OWN))
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(place)


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of a script: `executescript` would commit before each."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _pragma(database: sqlite3.Connection, name: str) -> int:
    return int(database.execute(f"PRAGMA {name}").fetchone()[0])
