"""The history's file: private, whole, of one version, and shared by two programs."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import fields, replace
from pathlib import Path
from time import monotonic

import pytest

from voicecoach.errors import CoachError, InputError, PlaceError
from voicecoach.history.records import KINDS, Record, SessionRecord, SetRecord
from voicecoach.store.database import backup_of, damage, open_database, scripts, transaction
from voicecoach.store.rows import get, put

ROOT = Path(__file__).parents[2]
SESSION = SessionRecord("a" * 32, "2026-03-01T08:00:00+01:00", "three", "1.0", "full")
SET = SetRecord("a" * 32, 1, 1, "left", 8, 10, 30.5, 12.25)
STEPS = scripts()


def filled(path: Path, steps: tuple[str, ...] = STEPS) -> None:
    """Make a history with one session."""
    with closing(open_database(path, steps)) as database, transaction(database):
        put(database, [SESSION])


def test_it_is_private(tmp_path: Path) -> None:
    """Nobody else reads the file, or the folder if it is new."""
    path = tmp_path / "new" / "history.db"
    filled(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_the_tables_hold_the_records(tmp_path: Path) -> None:
    """Each kind has its table, each field its column, in the same order, and each key its own."""
    with closing(open_database(tmp_path / "history.db")) as database:
        for kind in KINDS:
            rows = database.execute(f"PRAGMA table_info({kind.TABLE})").fetchall()
            assert [row[1] for row in rows] == [field.name for field in fields(kind)]
            assert [row[1] for row in sorted(rows, key=lambda row: row[5]) if row[5]] == [*kind.KEY]


@pytest.mark.parametrize("version", range(len(STEPS) + 1))
def test_an_older_file_is_migrated_and_copied_before(tmp_path: Path, version: int) -> None:
    """From every older schema, with what it holds; the copy is as the file was."""
    path, later = tmp_path / "history.db", (*STEPS, "ALTER TABLE session ADD COLUMN new TEXT;")
    if version:
        with closing(open_database(path, STEPS[:version])) as database:
            for record in (SESSION, SET):
                _insert(database, record)
    with closing(open_database(path, later)) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == len(later)
        assert get(database, SessionRecord) == ([SESSION] if version else [])
        at = SET.at if version > 1 else None  # version 1 does not know when a set began
        assert get(database, SetRecord) == ([replace(SET, at=at)] if version else [])
        assert not damage(database)
    copy = backup_of(path, version)
    assert copy.exists() == bool(version)
    if version:
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        with closing(sqlite3.connect(copy)) as database:
            assert database.execute("PRAGMA user_version").fetchone()[0] == version
            assert database.execute("SELECT session FROM session").fetchall() == [("a" * 32,)]


def _insert(database: sqlite3.Connection, record: Record) -> None:
    """Insert the fields of a record that the file knows."""
    known = [row[1] for row in database.execute(f"PRAGMA table_info({record.TABLE})")]
    marks = ",".join("?" * len(known))
    values = [getattr(record, name) for name in known]
    database.execute(f"INSERT INTO {record.TABLE} ({','.join(known)}) VALUES ({marks})", values)


def test_a_migration_that_fails_changes_nothing(tmp_path: Path) -> None:
    """The file stays of its version, with all it holds."""
    path = tmp_path / "history.db"
    filled(path)
    bad = (*STEPS, "ALTER TABLE session ADD COLUMN new TEXT;\nDROP TABLE nothing;")
    with pytest.raises(PlaceError, match="cannot be used"):
        open_database(path, bad)
    with closing(open_database(path)) as database:
        assert get(database, SessionRecord) == [SESSION]


def test_a_later_file_is_refused(tmp_path: Path) -> None:
    """A program that is older than the file leaves it as it is."""
    path = tmp_path / "history.db"
    filled(path, (*STEPS, "ALTER TABLE session ADD COLUMN new TEXT;"))
    before = path.read_bytes()
    with pytest.raises(InputError, match="too new"):
        open_database(path)
    assert path.read_bytes() == before


def foreign(path: Path) -> None:
    """Make a database of another program."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE cookies (name TEXT)")
        database.execute("PRAGMA user_version=3")


def cut(path: Path) -> None:
    """Make a file that has lost its end."""
    filled(path)
    path.write_bytes(path.read_bytes()[:5000])


def text(path: Path) -> None:
    """Make a file that is no database."""
    path.write_text("not a database, and long enough to look like one" * 20, "utf-8")


@pytest.mark.parametrize("spoil", [foreign, cut, text])
def test_what_is_no_history_is_told_and_left(tmp_path: Path, spoil: object) -> None:
    """The error says what to do, and nothing is written."""
    path = tmp_path / "history.db"
    spoil(path)  # type: ignore[operator]
    before = path.read_bytes()
    with pytest.raises(InputError, match="damaged") as caught:
        open_database(path)
    assert "mv" in caught.value.next_step
    assert path.read_bytes() == before


def test_a_file_that_was_not_closed_is_checked(tmp_path: Path) -> None:
    """A row whose session is gone is found, though SQLite would read it."""
    path = tmp_path / "history.db"
    filled(path)
    with closing(sqlite3.connect(path)) as database:
        database.execute("INSERT INTO pause VALUES ('b', 1, 0.0, 0.0)")
        database.commit()
    with closing(open_database(path)) as database:
        assert "pause" in damage(database)
    path.with_name("history.db-wal").write_bytes(b"")
    with pytest.raises(InputError, match="damaged"):
        open_database(path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """With the place and what to do."""
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(PlaceError, match="cannot be used"):
        open_database(tmp_path / "file" / "history.db")


WRITER = """
import sys
from contextlib import closing
from pathlib import Path
from voicecoach.history.records import SessionRecord
from voicecoach.store.database import open_database, transaction
from voicecoach.store.rows import put
name, path = sys.argv[1], Path(sys.argv[2])
for i in range(40):
    with closing(open_database(path)) as database, transaction(database):
        put(database, [SessionRecord(f"{name}{i}", "2026-03-01T08:00:00+01:00", "r", "1", "full")])
"""


def test_two_programs_lose_nothing_of_each_other(tmp_path: Path) -> None:
    """Three programs begin at once with an empty folder, and each writes forty sessions."""
    path = tmp_path / "history.db"
    programs = [in_python(WRITER, name, str(path)) for name in "abc"]
    assert [program.wait(60) for program in programs] == [0, 0, 0]
    with closing(open_database(path)) as database:
        assert len(get(database, SessionRecord)) == 120
        assert not damage(database)


BEGINNER = """
import sys, time
from contextlib import closing
from pathlib import Path
from voicecoach.store.database import open_database

folder, begin = Path(sys.argv[1]), float(sys.argv[2])
for number in range(30):
    while time.monotonic() < begin + 0.05 * number:
        pass
    with closing(open_database(folder / f"{number}.db")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
"""


def test_a_new_file_can_be_begun_by_several_programs_at_once(tmp_path: Path) -> None:
    """None is told that it is locked: each waits for the others, at the switch to WAL, too."""
    begin = str(monotonic() + 1.5)
    programs = [in_python(BEGINNER, str(tmp_path), begin) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4


def test_an_older_file_can_be_brought_up_by_several_programs_at_once(tmp_path: Path) -> None:
    """One of them does it, and the copy from before is whole."""
    for number in range(30):
        open_database(tmp_path / f"{number}.db", STEPS[:1]).close()
    begin = str(monotonic() + 1.5)
    programs = [in_python(BEGINNER, str(tmp_path), begin) for _ in range(4)]
    assert [program.wait(60) for program in programs] == [0] * 4
    for number in range(30):
        with closing(sqlite3.connect(backup_of(tmp_path / f"{number}.db", 1))) as copy:
            assert not damage(copy)
            assert copy.execute("PRAGMA user_version").fetchone() == (1,)


def in_python(script: str, *words: str) -> subprocess.Popen[bytes]:
    """Begin a script that may import the program."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", script, *words], env=environment)


LEAVER = """
import sqlite3, sys

database = sqlite3.connect(sys.argv[1], timeout=0)
try:
    database.execute("PRAGMA journal_mode=DELETE")
except sqlite3.OperationalError:
    sys.exit(3)
"""


def test_a_second_connection_leaves_the_locks_of_the_first(tmp_path: Path) -> None:
    """Another program may not take the file out of WAL mode under it."""
    path = tmp_path / "history.db"
    with closing(open_database(path)) as database:
        assert get(database, SessionRecord) == []
        open_database(path).close()
        assert in_python(LEAVER, str(path)).wait(60) == 3


def test_an_error_is_for_people(tmp_path: Path) -> None:
    """None is a bare error of SQLite."""
    for name, spoil in (("a", foreign), ("b", cut), ("c", text)):
        spoil(tmp_path / name)
        with pytest.raises(CoachError) as caught:
            open_database(tmp_path / name)
        assert caught.value.why
