"""The records of a session are what its log says, whenever the program ends."""

from __future__ import annotations

from dataclasses import fields, replace

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.app.rehearsals import Event as Fields
from tests.app.rehearsals import rehearsed
from tests.app.telling import User, tell
from tests.app.test_golden import SCENARIOS
from tests.eventlog.strategies import any_event
from voicecoach.eventlog import kinds
from voicecoach.eventlog.kinds import Event
from voicecoach.history.records import (
    ComplaintRecord,
    ExerciseRecord,
    PauseRecord,
    Record,
    SessionRecord,
    SetRecord,
)
from voicecoach.history.tally import Tally

SESSION = SessionRecord("a" * 32, "2026-03-01T08:00:00+01:00", "three", "1.0", "full")


def tallied(events: list[Fields]) -> list[Record]:
    """Return the records of a session from its log."""
    tally, found = Tally(SESSION), dict[object, Record]()
    for event in msgspec.convert(events, list[Event]):
        found |= {record.key: record for record in tally.take(event)}
    return list(found.values())


def of(kind: type[Record], records: list[Record]) -> list[Record]:
    """Return the records of one kind."""
    return [record for record in records if isinstance(record, kind)]


def test_a_day_with_pain_is_counted_to_the_repetition() -> None:
    """What was done before "it hurts", what was told about it, and what was done after it."""
    events = tell(lambda _: None)
    first = next(i for i, e in enumerate(events) if e["kind"] == "session_started")
    records = tallied(events[first:])
    exercises = [(r.exercise, r.outcome) for r in of(ExerciseRecord, records)]  # type: ignore[attr-defined]
    assert exercises == [("rolling", "dropped"), ("cat", "done")]
    sets = [(r.visit, r.repetitions, r.of) for r in of(SetRecord, records)]  # type: ignore[attr-defined]
    assert sets == [(1, 2, 10), (2, 4, 4)]
    (complaint,) = of(ComplaintRecord, records)
    told = replace(complaint, at=0.0)  # type: ignore[type-var]
    assert told == ComplaintRecord(SESSION.session, 1, 0.0, 1, "pain", 7, False, "hip", "high")
    (session,) = of(SessionRecord, records)
    assert (session.outcome, session.before, session.after) == ("done", 1, 2)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", SCENARIOS)
def test_each_repetition_and_second_of_a_session_is_in_its_records(name: str) -> None:
    """As many counts as the log has, each once however often it was interrupted; the time at work
    is that between the states.
    """
    events = sorted(rehearsed(*SCENARIOS[name]).events, key=lambda event: float(event["t"]))  # type: ignore[arg-type]
    first = next((i for i, e in enumerate(events) if e["kind"] == "session_started"), len(events))
    records = tallied(events[first:])
    assert sum(r.repetitions for r in of(SetRecord, records)) == _counted(events)  # type: ignore[attr-defined]
    work = sum(r.seconds for r in of(SetRecord, records))  # type: ignore[attr-defined]
    assert work == pytest.approx(_time_in(events, {"counting", "rolling", "holding"}), abs=1e-6)
    paused = sum(r.seconds for r in of(PauseRecord, records))  # type: ignore[attr-defined]
    assert paused == pytest.approx(_time_in(events, {"paused"}), abs=1e-6)


def _counted(events: list[Fields]) -> int:
    found, place = set(), (0, 0, "")
    for event in events:
        if event["kind"] == "exercise_started":
            place = (place[0] + 1, 0, "")
        if event["kind"] == "set_started":
            place = (place[0], event["n"], event.get("side", ""))  # type: ignore[assignment]
        if event["kind"] == "count":
            found.add((*place, event["n"]))
    return len(found)


def _time_in(events: list[Fields], states: set[str]) -> float:
    total, since, state = 0.0, 0.0, ""
    for event in events:
        if event["kind"] in ("state", "session_finished"):
            now = float(event["t"])  # type: ignore[arg-type]
            total += now - since if state in states else 0.0
            state, since = str(event.get("name", "")), now
    return total


@given(st.lists(any_event(), max_size=30))
@settings(deadline=None)
def test_any_order_of_events_gives_records(events: list[Event]) -> None:
    """Nothing that a damaged log may hold breaks it, and all records belong to the session."""
    tally = Tally(SESSION)
    for event in events:
        for record in tally.take(event):
            assert record.session == SESSION.session
            assert all(getattr(record, name) is not None for name in record.KEY)


def test_the_time_is_told_every_second_of_a_hold() -> None:
    """A program that is killed in a hold has its seconds, but for the running one."""
    tally = Tally(SESSION)
    tally.take(kinds.ExerciseStarted(t=0.0, id="plank", name="Plank", n=1))
    tally.take(kinds.SetStarted(t=5.0, n=1, of=1))
    tally.take(kinds.StateEntered(t=5.0, name="holding"))
    assert tally.at(5.5) == ()
    (_, record) = tally.at(6.5)
    assert isinstance(record, SetRecord)
    assert record.seconds == 1.5


def test_a_record_has_its_key() -> None:
    """The fields of the key exist in each kind."""
    for kind in (SessionRecord, ExerciseRecord, SetRecord, ComplaintRecord, PauseRecord):
        assert set(kind.KEY) <= {field.name for field in fields(kind)}


def test_a_user_without_pain_has_no_complaint() -> None:
    """A plain session has sets, and nothing else."""
    events = tell(lambda _: None, user=User(hurts_at=0))
    first = next(i for i, e in enumerate(events) if e["kind"] == "session_started")
    assert not of(ComplaintRecord, tallied(events[first:]))
