"""What was written comes back the same, also through a document; what is forgotten is gone."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given

from tests.effort import examples
from tests.store.strategies import pasts
from voicecoach.errors import InputError
from voicecoach.history.past import Past
from voicecoach.history.records import ChangeRecord, PauseRecord, SessionRecord
from voicecoach.store.database import open_database, transaction
from voicecoach.store.document import from_json, to_json, to_tables
from voicecoach.store.reading import add_sessions, forget_sessions, read_history
from voicecoach.store.rows import put


def past(id_: str, began: str, routine: str = "three") -> Past:
    """Return a session that began then."""
    session = SessionRecord(id_ * 32, began, routine, "1.0", "full")
    return Past(session, pauses=(PauseRecord(session.session, 1, 2.0, 3.0),))


OLD, NEW = past("a", "2026-03-01T08:00:00+01:00"), past("b", "2026-03-02T00:30:00+01:00", "secret")


@given(pasts())
@examples(20)
def test_any_history_comes_back(sessions: list[Past]) -> None:
    """From the database, and through the document into another one."""
    with TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.db", Path(folder) / "other.db"
        assert add_sessions(one, sessions) == len(sessions)
        assert read_history(one) == sessions
        assert add_sessions(one, sessions) == 0
        text = to_json(read_history(one), "")
        assert add_sessions(other, from_json(text, "file").sessions) == len(sessions)
        assert read_history(other) == sessions


@given(pasts())
@examples(20)
def test_the_tables_have_each_record(sessions: list[Past]) -> None:
    """One line for each record of its kind, and a header."""
    tables = to_tables(sessions)
    rows = {name: [*csv.DictReader(StringIO(text))] for name, text in tables.items()}
    assert len(rows["session"]) == len(sessions)
    for name, records in (("exercise", "exercises"), ("complaint", "complaints")):
        assert len(rows[name]) == sum(len(getattr(one, records)) for one in sessions)
    assert [row["routine"] for row in rows["session"]] == [s.session.routine for s in sessions]


def test_a_day_begins_at_midnight_where_the_session_was(tmp_path: Path) -> None:
    """Half past midnight is of its day, though it is the day before by UTC."""
    path = tmp_path / "history.db"
    add_sessions(path, [OLD, NEW])
    assert read_history(path, date(2026, 3, 2)) == [NEW]
    assert read_history(path, date(2026, 3, 3)) == []


def test_what_is_forgotten_is_gone_from_the_disk(tmp_path: Path) -> None:
    """Its words are in no file of the folder."""
    path = tmp_path / "history.db"
    add_sessions(path, [OLD, NEW])
    assert forget_sessions(path, date(2026, 3, 2)) == 1
    assert read_history(path) == [OLD]
    assert not [file for file in tmp_path.iterdir() if b"secret" in file.read_bytes()]
    assert forget_sessions(path) == 1
    assert read_history(path) == []


def test_nothing_is_made_by_reading_or_forgetting_nothing(tmp_path: Path) -> None:
    """A folder without a history stays empty."""
    path = tmp_path / "history.db"
    assert read_history(path) == []
    assert forget_sessions(path) == 0
    assert not [*tmp_path.iterdir()]


def test_a_record_needs_its_session(tmp_path: Path) -> None:
    """The database takes no part of a session that is not there."""
    with (
        closing(open_database(tmp_path / "history.db")) as database,
        pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"),
        transaction(database),
    ):
        put(database, [PauseRecord("none", 1, 0.0)])


GOOD = to_json([OLD], "")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{", "truncated"),
        ("[]", "object"),
        (GOOD.replace("voicecoach history", "other"), "format"),
        (GOOD.replace('"version": 1,', '"version": 2,'), "version"),
        (GOOD.replace('"seconds": 0.0', '"seconds": "long"'), "seconds"),
        (GOOD.replace("+01:00", ""), "offset"),
        (to_json([replace(OLD, changes=(ChangeRecord("c", "S1", ""),))], ""), "another session"),
        (to_json([replace(OLD, pauses=OLD.pauses * 2)], ""), "twice"),
    ],
)
def test_a_file_that_is_no_export_is_refused(text: str, why: str) -> None:
    """With what is wrong and what would be right."""
    with pytest.raises(InputError, match="cannot be imported") as caught:
        from_json(text, "file")
    assert why in caught.value.why
    assert "data export" in caught.value.next_step


def test_a_table_holds_any_line_end() -> None:
    """A name with the line end of another system stays one row."""
    session = replace(OLD.session, routine="one\rtwo\nthree\r\nfour")
    (row,) = csv.DictReader(StringIO(to_tables([replace(OLD, session=session)])["session"]))
    assert row["routine"] == session.routine
