"""What is known of a past session, all its records together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from voicecoach.history.records import (
    ChangeRecord,
    ComplaintRecord,
    ExerciseRecord,
    PauseRecord,
    Record,
    SessionRecord,
    SetRecord,
)


@dataclass(frozen=True, slots=True)
class Past:
    """A session with what belongs to it, each kind in the order of its key."""

    session: SessionRecord
    exercises: tuple[ExerciseRecord, ...] = ()
    sets: tuple[SetRecord, ...] = ()
    complaints: tuple[ComplaintRecord, ...] = ()
    changes: tuple[ChangeRecord, ...] = ()
    pauses: tuple[PauseRecord, ...] = ()

    @property
    def began(self) -> datetime:
        """When it began, with the offset from UTC that held there."""
        return datetime.fromisoformat(self.session.began)

    @property
    def records(self) -> tuple[Record, ...]:
        """All records, the session first."""
        parts = (self.exercises, self.sets, self.complaints, self.changes, self.pauses)
        return (self.session, *(record for part in parts for record in part))

    @property
    def done(self) -> tuple[str, ...]:
        """Ids of the exercises that were done whole, each once."""
        done = (entry.exercise for entry in self.exercises if entry.outcome == "done")
        return tuple(dict.fromkeys(done))

    @property
    def repetitions(self) -> int:
        """Repetitions and strokes in all."""
        return sum(entry.repetitions for entry in self.sets)

    @property
    def work_seconds(self) -> float:
        """Time at work in all."""
        return sum(entry.seconds for entry in self.sets)


def gathered(records: Iterable[Record]) -> list[Past]:
    """Return the sessions among `records`, in the order of the time at which they began.

    Raises `ValueError` for a record without its session.
    """
    found: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record.key):
        found.setdefault(record.session, []).append(record)
    pasts = (_past(one) for one in found.values())
    return sorted(pasts, key=lambda past: (past.began, past.session.session))


def _past(records: Sequence[Record]) -> Past:
    (session,) = (r for r in records if isinstance(r, SessionRecord))
    return Past(
        session,
        tuple(r for r in records if isinstance(r, ExerciseRecord)),
        tuple(r for r in records if isinstance(r, SetRecord)),
        tuple(r for r in records if isinstance(r, ComplaintRecord)),
        tuple(r for r in records if isinstance(r, ChangeRecord)),
        tuple(r for r in records if isinstance(r, PauseRecord)),
    )
