"""What the coach can say of earlier sessions: sentences, each rendered before a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from voicecoach.doses.base import Activity
from voicecoach.history.figures import ENOUGH, MONTH, change, of_month
from voicecoach.history.past import Past
from voicecoach.history.progress import next_step, raised
from voicecoach.history.records import ComplaintRecord, SetRecord
from voicecoach.language.prompts import MOST, Prompts
from voicecoach.routine.model import Exercise

WEEK: Final = timedelta(days=7)
"""What "what did I do this week" looks back on."""


@dataclass(frozen=True, slots=True)
class Recall:
    """Sentences about earlier sessions, and the levels that follow from them."""

    last: tuple[str, ...] = ()
    """How the last session was."""
    week: tuple[str, ...] = ()
    """What was done in the last seven days."""
    going: tuple[str, ...] = ()
    """Where the pain goes."""
    did: Mapping[str, str] = field(default_factory=dict)
    """What was done of an exercise in its last visit, by its id."""
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What is said before an exercise, by its id: what hurt in it, or a step up."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """Steps up that were taken, by the exercise's id."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All sentences."""
        before = (line for lines in self.before.values() for line in lines)
        return (*self.last, *self.week, *self.going, *self.did.values(), *before)


def recall(
    sessions: Sequence[Past], exercises: Sequence[Exercise], today: date, say: Prompts
) -> Recall:
    """Return what can be said today, in a session of `exercises`; the oldest session is first.

    Sessions of a day after `today` are left out: a clock was wrong.
    """
    known = [past for past in sessions if past.began.date() <= today]
    return Recall(
        tuple(_last(known, today, say)),
        (_week(known, today, say),),
        (_going(known, today, say),),
        _did(known, exercises, say),
        _before(known, exercises, today, say),
        raised(known, exercises, today),
    )


def _last(sessions: Sequence[Past], today: date, say: Prompts) -> list[str]:
    told = [past for past in sessions if past.session.before is not None]
    if not told or told[-1].session.after is None:
        return []
    last = told[-1].session
    when = _when((today - told[-1].began.date()).days, say)
    before, after = (say.number(score or 0) for score in (last.before, last.after))
    return [say.say("recall_last", when=when, before=before, after=after)]


def _when(days: int, say: Prompts) -> str:
    if days < 2:
        return say.say("recall_yesterday" if days else "recall_today")
    weeks = days // 7
    return say.count("weeks_ago", min(weeks, MOST)) if weeks else say.count("days_ago", days)


def _week(sessions: Sequence[Past], today: date, say: Prompts) -> str:
    lately = [past for past in sessions if past.began.date() > today - WEEK]
    if not lately:
        return say.say("recall_week_none")
    minutes = round(sum(past.session.seconds for past in lately) / 60)
    time = say.count("minutes", minutes) if minutes <= MOST else say.say("recall_over_an_hour")
    time = time if minutes else say.say("recall_under_a_minute")
    return say.say("recall_week", sessions=say.count("sessions", len(lately)), time=time)


def _going(sessions: Sequence[Past], today: date, say: Prompts) -> str:
    told = of_month(sessions, today)
    points = change(told)
    if not told:
        return say.say("recall_going_none")
    if points is None:
        few = len(told) < ENOUGH
        return say.count("recall_going_few", len(told)) if few else say.say("recall_going_day")
    scores = sorted(p.before or 0 for p in told)
    middle = scores[len(scores) // 2]
    if not points:
        return say.say("recall_going_same", now=say.number(middle))
    by = say.count("points", round(abs(points)))
    return say.say("recall_going_fell" if points < 0 else "recall_going_rose", points=by)


def _did(sessions: Sequence[Past], exercises: Sequence[Exercise], say: Prompts) -> dict[str, str]:
    """Return what was done of each exercise in its last visit in which anything was done."""
    found = {}
    for exercise in exercises:
        what = next(filter(None, (_dose(past, exercise, say) for past in reversed(sessions))), "")
        if what:
            found[exercise.id] = say.say("recall_did", things=what)
    return found


def _dose(past: Past, exercise: Exercise, say: Prompts) -> str:
    """Return how much of an exercise was done in a session, in words; empty for nothing."""
    visits = {entry.visit for entry in past.exercises if entry.exercise == exercise.id}
    sets = [one for one in past.sets if one.visit in visits]
    seconds = sum(one.seconds for one in sets)
    if any(one.repetitions for one in sets):
        return _counted(sets, exercise.dose.activity is Activity.ROLLING, say)
    return say.duration(round(seconds)) if 1 <= seconds <= 60 * MOST else ""


def _counted(sets: Sequence[SetRecord], strokes: bool, say: Prompts) -> str:
    """Return how many repetitions or strokes were done: "two sets of ten", or all together."""
    unit = "strokes" if strokes else "repetitions"
    each, rounds = sets[0].repetitions, max(one.n for one in sets)
    if rounds > 1 and all(one.repetitions == each for one in sets):
        return say.say("recall_sets", times=say.number(rounds), things=say.count(unit, each))
    total = sum(one.repetitions for one in sets)
    if total > MOST:
        return say.say("recall_more", things=say.count(unit, MOST))
    return say.count(unit, total)


def _before(
    sessions: Sequence[Past], exercises: Sequence[Exercise], today: date, say: Prompts
) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for exercise in exercises:
        complaint = last_complaint(sessions, exercise.id, today)
        if complaint:
            found[exercise.id] = (_complained(complaint, say),)
    step = next_step(sessions, exercises, today)
    if step and step.exercise not in found:
        times = say.number(step.times)
        found[step.exercise] = (say.say("recall_step", times=times),)
    return found


def last_complaint(sessions: Sequence[Past], exercise: str, today: date) -> ComplaintRecord | None:
    """Return the complaint of pain in the last visit to an exercise within four weeks, if any."""
    for past in reversed(sessions):
        visits = [entry.visit for entry in past.exercises if entry.exercise == exercise]
        if visits:
            found = [c for c in past.complaints if c.visit in visits and c.score is not None]
            return found[-1] if found and past.began.date() > today - MONTH else None
    return None


def _complained(complaint: ComplaintRecord, say: Prompts) -> str:
    part = say.lines.get(f"part_{complaint.region}", say.lines["recall_part"])
    return say.say("recall_complained", part=part, score=say.number(complaint.score or 0))
