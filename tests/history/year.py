"""A simulated year of one user: three sessions a week, complaints, missed weeks, a new clock."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta, timezone

from voicecoach.history.past import Past
from voicecoach.history.records import (
    ChangeRecord,
    ComplaintRecord,
    ExerciseRecord,
    PauseRecord,
    SessionRecord,
    SetRecord,
)

EXERCISES = {
    "bridge": ("Bridge", 10, ""),
    "cat": ("The cat", 8, ""),
    "knee-to-chest": ("Knee to chest", 0, "left"),
    "arm-and-leg": ("Opposite arm and leg", 8, "left"),
    "roll-upper-back": ("Rolling the upper back", 10, ""),
}
FIRST = datetime(2026, 1, 5, 7, 30, tzinfo=timezone(timedelta(hours=1)))


def year(weeks: int = 52, seed: int = 1) -> list[Past]:
    """Return the sessions of a year; the pain falls from about 5 to about 2."""
    chance = random.Random(seed)
    missed = {*chance.sample(range(2, max(weeks, 8)), 5)}
    days = (7 * week + day for week in range(weeks) if week not in missed for day in (0, 2, 4))
    return [_session(chance, n, day, 5 - 3 * day / (7 * weeks)) for n, day in enumerate(days)]


def _session(chance: random.Random, n: int, day: int, pain: float) -> Past:
    hours = 2 if 85 <= day <= 300 else 1  # summer time
    zone = timezone(timedelta(hours=hours if n % 7 else 0))  # now and then another device
    began = (FIRST + timedelta(days=day, minutes=chance.randint(0, 90))).astimezone(zone)
    before = min(10, max(0, round(chance.gauss(pain, 1))))
    version = "0.1.0" if day < 180 else "0.2.0"
    session = SessionRecord(
        f"{n:032x}", began.isoformat(timespec="seconds"), "back-at-home", version, "full",
        chance.uniform(500, 1200), "done", before, max(0, before - chance.randint(0, 2)),
    )  # fmt: skip
    ids = chance.sample(sorted(EXERCISES), 4)
    visits = [_visit(session.session, number + 1, id_) for number, id_ in enumerate(ids)]
    sets = [one for visit in visits for one in _sets(chance, visit)]
    past = Past(session, tuple(visits), tuple(sets))
    return _complaining(chance, past) if chance.random() < 0.15 else past


def _visit(session: str, number: int, id_: str) -> ExerciseRecord:
    return ExerciseRecord(session, number, id_, EXERCISES[id_][0], 60.0 * number, outcome="done")


def _sets(chance: random.Random, visit: ExerciseRecord) -> list[SetRecord]:
    _, of, side = EXERCISES[visit.exercise]
    sides = ("left", "right") if side else ("",)
    return [
        SetRecord(visit.session, visit.visit, n, s, of, of, chance.uniform(20, 45))
        for n in (1, 2)
        for s in sides
    ]


def _complaining(chance: random.Random, past: Past) -> Past:
    id_ = past.session.session
    where = chance.choice(["low-back", "low-back", "hip", "knee", "neck", ""])
    told = (chance.randint(2, 7), False, where, "middle")
    return replace(
        past,
        complaints=(ComplaintRecord(id_, 1, 200.0, 2, "pain", *told),),
        changes=(ChangeRecord(id_, "S5", past.exercises[1].exercise),),
        pauses=(PauseRecord(id_, 1, 300.0, 20.0),),
    )
