"""The records of the history, one class each. Pure data: the store keeps them as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

Cell = str | int | float | None
"""What a field of a record holds."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record of any kind; `KEY` names the fields that tell one from another."""

    TABLE: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]]

    session: str
    """The session it belongs to: 32 hexadecimal digits, by chance."""

    @property
    def key(self) -> tuple[Cell, ...]:
        """What tells it from every other record."""
        return (self.TABLE, *(getattr(self, name) for name in self.KEY))


@dataclass(frozen=True, slots=True)
class SessionRecord(Record):
    """A session of a routine, as far as it has come."""

    TABLE = "session"
    KEY = ("session",)

    began: str
    """When, in ISO 8601 with the offset from UTC that held there."""
    routine: str
    version: str
    """The program's version."""
    talk: str
    """The level of talk at the start: "full", "short" or "counts"."""
    seconds: float = 0.0
    """From its start to the last event."""
    outcome: str | None = None
    """How it ended, as in `eventlog.fields.Outcome`; None: it was killed, or goes on."""
    before: int | None = None
    """Pain before the first exercise, 0 to 10."""
    after: int | None = None
    """Pain after the last."""
    minutes: int | None = None
    """The length of time that was wished for; None where a whole routine was led."""


@dataclass(frozen=True, slots=True)
class ExerciseRecord(Record):
    """One visit to an exercise."""

    TABLE = "exercise"
    KEY = ("session", "visit")

    visit: int
    """Its number in the session, from 1: an exercise that is done again counts twice."""
    exercise: str
    name: str
    """As it was spoken."""
    at: float
    """Second of the session at which it began."""
    level: int = 0
    """-1 easier, 0 as written, 1 harder: the last one."""
    pace: int = 100
    """Length of a repetition in per cent of the written one: the last one."""
    outcome: str | None = None
    """"done", "skipped" or "dropped"; None where the session ended in it."""


@dataclass(frozen=True, slots=True)
class SetRecord(Record):
    """A set of a visit, on one side."""

    TABLE = "exercise_set"
    KEY = ("session", "visit", "n", "side")

    visit: int
    n: int
    """Its number, from 1."""
    side: str
    """"left", "right", or empty where the exercise has no sides."""
    repetitions: int = 0
    """Begun repetitions or strokes; 0 for a hold."""
    of: int = 0
    """How many were planned."""
    seconds: float = 0.0
    """Time at work: counting, rolling or holding."""
    at: float | None = None
    """Second of the session at which it began; None in sessions of before version 2 of the file."""


@dataclass(frozen=True, slots=True)
class ComplaintRecord(Record):
    """A halt, with what was told about it."""

    TABLE = "complaint"
    KEY = ("session", "n")

    n: int
    """Its number in the session, from 1."""
    at: float
    """Second of the session."""
    visit: int
    """The visit in which it came; 0 before the first exercise."""
    why: str
    """The command that was obeyed, as in `eventlog.fields.Halt`, or "no_answer"."""
    score: int | None = None
    sharp: bool | None = None
    region: str | None = None
    """Where it hurts; empty if the user could not say."""
    verdict: str | None = None
    """What followed, as in `eventlog.kinds.Judged`."""


@dataclass(frozen=True, slots=True)
class ChangeRecord(Record):
    """What a safety rule changed in the routine for this user."""

    TABLE = "change"
    KEY = ("session", "rule", "exercise")

    rule: str
    exercise: str
    """Empty where it concerns the whole routine."""


@dataclass(frozen=True, slots=True)
class PauseRecord(Record):
    """A time in which the routine stood still because the user said so."""

    TABLE = "pause"
    KEY = ("session", "n")

    n: int
    at: float
    """Second of the session."""
    seconds: float = 0.0


KINDS: tuple[type[Record], ...] = (
    SessionRecord, ExerciseRecord, SetRecord, ComplaintRecord, ChangeRecord, PauseRecord,
)  # fmt: skip
"""All kinds; the session comes first, since the others belong to it."""
