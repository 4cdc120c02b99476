"""The history as a document that can be taken along: JSON, and tables of comma-separated values."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from io import StringIO
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from voicecoach.errors import InputError
from voicecoach.history.past import Past
from voicecoach.history.records import KINDS

FORMAT: Final = "voicecoach history"
VERSION: Final = 1

NEXT_STEP: Final = "Name a file that `voicecoach data export` has written."


class Document(msgspec.Struct, frozen=True):
    """All that is kept."""

    format: Literal["voicecoach history"]
    version: Annotated[int, Meta(ge=1, le=VERSION)]
    sessions: tuple[Past, ...]
    profile: str = ""
    """The profile's file, as text."""
    mixes: dict[str, str] = {}
    """The user's own mixes: the text of each routine file, by its name."""


def to_json(sessions: Sequence[Past], profile: str, mixes: Mapping[str, str] | None = None) -> str:
    """Return the document, indented, ending with a newline."""
    made = Document(FORMAT, VERSION, tuple(sessions), profile, dict(mixes or {}))
    return msgspec.json.format(msgspec.json.encode(made), indent=2).decode() + "\n"


def from_json(text: str, path: str) -> Document:
    """Return the document in `text`. Raises `InputError` with the first thing that is wrong."""
    try:
        document = msgspec.json.decode(text, type=Document)
        for past in document.sessions:
            _require_whole(past)
    except (msgspec.DecodeError, UnicodeError, ValueError) as error:
        raise InputError(f"{path} cannot be imported", str(error), NEXT_STEP) from error
    return document


def _require_whole(past: Past) -> None:
    """Raise `ValueError` where a session's parts do not belong together."""
    id_ = past.session.session
    if any(record.session != id_ for record in past.records):
        raise ValueError(f"session {id_} holds a part of another session")
    if len({record.key for record in past.records}) < len(past.records):
        raise ValueError(f"session {id_} holds the same thing twice")
    if past.began.tzinfo is None:
        raise ValueError(f"session {id_} began at a time without an offset from UTC")


def to_tables(sessions: Iterable[Past]) -> dict[str, str]:
    """Return one table for each kind of record, by name: CSV of RFC 4180, with a header."""
    records = [record for past in sessions for record in past.records]
    return {
        kind.TABLE: _table(
            [field.name for field in fields(kind)],
            [astuple(record) for record in records if isinstance(record, kind)],
        )
        for kind in KINDS
    }


def _table(header: Sequence[str], rows: Iterable[tuple[object, ...]]) -> str:
    text = StringIO()
    writer = csv.writer(text)  # ends lines by CR LF, and so quotes a text that holds either
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
