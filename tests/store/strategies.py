"""Any history, as a hypothesis strategy."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from tests.eventlog.strategies import any_event
from voicecoach.eventlog.kinds import Event
from voicecoach.history.past import Past, gathered
from voicecoach.history.records import Record, SessionRecord
from voicecoach.history.tally import Tally

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
WHEN = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.timezones())
SMALL = 2**31
"""A whole number of the database has 64 bits; a count is far smaller."""


def when() -> st.SearchStrategy[str]:
    """Return times as a session has them."""
    return WHEN.map(lambda time: time.isoformat(timespec="seconds"))


@st.composite
def pasts(draw: st.DrawFn) -> list[Past]:
    """Return sessions in which anything happened."""
    records = list[Record]()
    for id_ in draw(st.sets(st.uuids().map(lambda uuid: uuid.hex), max_size=3)):
        session = SessionRecord(id_, draw(when()), draw(TEXT), draw(TEXT), "full")
        found = tallied(session, draw(st.lists(any_event(), max_size=20)))
        records.extend(found)
    return gathered(records)


def tallied(session: SessionRecord, events: list[Event]) -> list[Record]:
    """Return the last state of each record."""
    tally, found = Tally(session), {session.key: session}
    for event in events:
        found |= {record.key: record for record in tally.take(event)}  # type: ignore[misc]
    return list(found.values())
