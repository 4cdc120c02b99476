"""From the events of a session to its records, as they happen."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from msgspec import UNSET

from voicecoach.eventlog import kinds, sounds
from voicecoach.eventlog.kinds import Event
from voicecoach.history.past import Past
from voicecoach.history.records import (
    ChangeRecord,
    ComplaintRecord,
    ExerciseRecord,
    PauseRecord,
    Record,
    SessionRecord,
    SetRecord,
)

WORKING: Final = frozenset({"counting", "rolling", "holding"})
"""States in which the user is at work."""

SCORES: Final = {"ask_start": "before", "ask_end": "after"}
"""The questions whose answers are the session's, and not a complaint's."""

ABOUT_PAIN: Final = frozenset({"ask_score", "ask_sharp", "ask_where"})
"""The questions about a complaint; what is asked once more later is no part of its record."""

STEPS: Final = (
    kinds.StateEntered, kinds.SetStarted, sounds.Count, kinds.ExerciseStarted, kinds.Paused,
    kinds.Halted, kinds.SessionFinished,
)  # fmt: skip
"""Events up to which the time is noted exactly."""

EVERY_S: Final = 1.0
"""Between them it is noted so often: no more is lost if the program is killed."""


class Tally:
    """Keeps the records of one session, and tells which of them changed."""

    def __init__(self, session: SessionRecord) -> None:
        self._session = session
        self._doing = ""
        """The state of the dialog."""
        self._exercise: ExerciseRecord | None = None
        self._sets: dict[tuple[int, str], SetRecord] = {}
        """The sets of the present visit."""
        self._set: SetRecord | None = None
        self._complaint: ComplaintRecord | None = None
        self._pause: PauseRecord | None = None
        self._pace = 100
        self._changed: list[Record] = []

    @classmethod
    def of(cls, past: Past) -> Tally:
        """Return the tally of a session that was cut off, which goes on."""
        tally = cls(past.session)
        if past.exercises:
            exercise = past.exercises[-1]
            sets = [one for one in past.sets if one.visit == exercise.visit]
            tally._exercise, tally._pace = exercise, exercise.pace
            tally._sets = {(one.n, one.side): one for one in sets}
        tally._complaint = past.complaints[-1] if past.complaints else None
        tally._pause = past.pauses[-1] if past.pauses else None
        return tally

    def take(self, event: Event) -> tuple[Record, ...]:
        """Return the records that `event` changed or began, each once, as they are after it."""
        self._pass(event.t, exact=isinstance(event, STEPS))
        self._note(event)
        return self._taken()

    def take_once(self, event: Event) -> tuple[Record, ...]:
        """Return the same for an event that may have been taken before."""
        known: ExerciseRecord | ComplaintRecord | PauseRecord | None = None
        match event:  # to take another kind twice changes nothing
            case kinds.ExerciseStarted():
                known = self._exercise
            case kinds.Halted():
                known = self._complaint
            case kinds.Paused():
                known = self._pause
        return () if known and known.at == event.t else self.take(event)

    def at(self, t: float) -> tuple[Record, ...]:
        """Return the records that changed because it is second `t` of the session."""
        self._pass(t, exact=False)
        return self._taken()

    def _taken(self) -> tuple[Record, ...]:
        changed, self._changed = self._changed, []
        return tuple({record.key: record for record in changed}.values())

    def _note(self, event: Event) -> None:
        match event:
            case kinds.StateEntered(name=name):
                self._doing = name
            case kinds.ExerciseStarted():
                self._begin_exercise(event)
            case kinds.SetStarted():
                self._begin_set(event)
            case sounds.Count(n=n, of=of) if self._set:
                done = max(n, self._set.repetitions)
                self._keep_set(replace(self._set, repetitions=done, of=of))
            case kinds.Halted(why=why):
                number = self._complaint.n + 1 if self._complaint else 1
                self._complain(ComplaintRecord(self._id, number, event.t, self._visit, why))
            case kinds.Answered() | kinds.Judged():
                self._answer(event)
            case kinds.Paused():
                number = self._pause.n + 1 if self._pause else 1
                self._stand(PauseRecord(self._id, number, event.t))
            case _:
                self._note_change(event)

    def _note_change(self, event: Event) -> None:
        match event:
            case kinds.Adapted(rule=rule, exercises=exercises):
                changes = (ChangeRecord(self._id, rule, each) for each in exercises or ("",))
                self._changed.extend(changes)
            case kinds.Resumed(level=level) | kinds.LevelChanged(level=level):
                self._change_exercise(level=level)
            case kinds.PaceChanged(percent=percent):
                self._pace = percent
                self._change_exercise(pace=percent)
            case kinds.ExerciseFinished(outcome=outcome):
                self._change_exercise(outcome=outcome)
            case kinds.SessionFinished(outcome=outcome):
                self._doing = ""
                self._change_session(outcome=outcome)
            case _:
                pass

    def _pass(self, t: float, *, exact: bool) -> None:
        """Note the time since it was noted last; unless `exact`, only whole seconds."""
        passed = t - self._session.seconds
        if passed <= 0 or (passed < EVERY_S and not exact):
            return
        self._change_session(seconds=t)
        if self._doing in WORKING and self._set:
            self._keep_set(replace(self._set, seconds=self._set.seconds + passed))
        elif self._doing == "paused" and self._pause:
            self._stand(replace(self._pause, seconds=self._pause.seconds + passed))

    def _begin_exercise(self, event: kinds.ExerciseStarted) -> None:
        visit, pace = self._visit + 1, self._pace
        level = 0 if event.level is UNSET else event.level
        began = ExerciseRecord(self._id, visit, event.id, event.name, event.t, level, pace)
        self._exercise, self._set, self._sets = began, None, {}
        self._changed.append(began)

    def _begin_set(self, event: kinds.SetStarted) -> None:
        side = "" if event.side is UNSET else event.side
        new = SetRecord(self._id, self._visit, event.n, side, at=event.t)
        self._keep_set(self._sets.get((event.n, side), new))

    def _keep_set(self, record: SetRecord) -> None:
        self._set = self._sets[record.n, record.side] = record
        self._changed.append(record)

    def _answer(self, event: kinds.Answered | kinds.Judged) -> None:
        if isinstance(event, kinds.Judged):
            told: dict[str, Any] = {"verdict": event.verdict}
        elif event.question in SCORES:
            self._change_session(**{SCORES[event.question]: event.score})
            return
        elif event.question not in ABOUT_PAIN:
            return
        else:
            fields = {"score": event.score, "sharp": event.sharp, "region": event.region}
            told = {name: value for name, value in fields.items() if value is not UNSET}
        if self._complaint:
            self._complain(replace(self._complaint, **told))

    def _complain(self, record: ComplaintRecord) -> None:
        self._complaint = record
        self._changed.append(record)

    def _stand(self, record: PauseRecord) -> None:
        self._pause = record
        self._changed.append(record)

    def _change_session(self, **fields: Any) -> None:
        self._session = replace(self._session, **fields)
        self._changed.append(self._session)

    def _change_exercise(self, **fields: Any) -> None:
        if self._exercise:
            self._exercise = replace(self._exercise, **fields)
            self._changed.append(self._exercise)

    @property
    def _id(self) -> str:
        return self._session.session

    @property
    def _visit(self) -> int:
        return self._exercise.visit if self._exercise else 0
