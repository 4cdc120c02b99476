"""Records as rows of the database, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from typing import TypeVar

from voicecoach.history.records import KINDS, ComplaintRecord, Record

R = TypeVar("R", bound=Record)


def put(database: sqlite3.Connection, records: Iterable[Record]) -> None:
    """Write each record in the place of the one with its key. Raises `sqlite3.Error`."""
    for record in records:
        database.execute(UPSERTS[record.TABLE], astuple(record))


def get(
    database: sqlite3.Connection, kind: type[R], where: str = "", values: Iterable[object] = ()
) -> list[R]:
    """Return the records of a kind in the order of their keys, as far as `where` holds.

    Raises `sqlite3.Error`.
    """
    condition = f" WHERE {where}" if where else ""
    order = ", ".join(kind.KEY)
    query = f"SELECT {_columns(kind)} FROM {kind.TABLE}{condition} ORDER BY {order}"  # noqa: S608
    return [_record(kind, row) for row in database.execute(query, tuple(values))]


def _record(kind: type[R], row: tuple[object, ...]) -> R:
    record = kind(*row)  # type: ignore[arg-type]
    if isinstance(record, ComplaintRecord) and record.sharp is not None:
        return replace(record, sharp=bool(record.sharp))  # SQLite has numbers instead
    return record


def _columns(kind: type[Record]) -> str:
    return ", ".join(field.name for field in fields(kind))


def _upsert(kind: type[Record]) -> str:
    names = [field.name for field in fields(kind)]
    rest = ", ".join(f"{name}=excluded.{name}" for name in names if name not in kind.KEY)
    then = f"UPDATE SET {rest}" if rest else "NOTHING"
    values = ", ".join("?" * len(names))
    return (
        f"INSERT INTO {kind.TABLE} ({_columns(kind)}) VALUES ({values})"  # noqa: S608
        f" ON CONFLICT ({', '.join(kind.KEY)}) DO {then}"
    )


UPSERTS = {kind.TABLE: _upsert(kind) for kind in KINDS}
