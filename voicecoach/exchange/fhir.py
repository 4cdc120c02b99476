"""The history as a FHIR R4 bundle, after the Physical Activity IG 1.0: for a therapist's program.

One care plan, and for each session a procedure, how long it took, pain before and after, and each
complaint; for each week minutes and days. The ids come from the sessions' own, so a second export
names the same things alike. The coach measures no intensity: so the weeks are told as measures of
time in words, not as the exercise vital sign, which asks for moderate to strenuous exercise.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from voicecoach.exchange.fhir_codes import (
    ABSENT,
    ABSENT_CODES,
    ACTIVITY,
    ASSESSMENT_AND_PLAN,
    DURATION,
    EXERCISE,
    LOINC,
    PAIN_CODE,
    PAIN_NAME,
    PHYSICAL_ACTIVITY,
    SURVEY,
    US_CORE,
    Json,
    concept,
    profile,
    quantity,
    site,
)
from voicecoach.history.past import Past
from voicecoach.history.records import ComplaintRecord
from voicecoach.routine.model import Per, Routine

NOTHING: Final = UUID(int=0)
"""What the ids come from where there is no session."""


def fhir_bundle(
    sessions: Sequence[Past], routines: Mapping[str, Routine], now: datetime, first: str = ""
) -> str:
    """Return the bundle as JSON.

    Args:
        sessions: In the order in which they began.
        routines: Those that are known, by id: for doses and how often.
        now: When it is made, with an offset from UTC.
        first: The id of the first session of all, where `sessions` are only some: the patient's id
            comes from it.

    """
    seed = UUID(first or sessions[0].session.session) if first or sessions else NOTHING
    made = _Bundle(seed)
    resources = [made.patient(), made.care_plan(sessions, routines, now)]
    resources += [resource for past in sessions for resource in made.session(past)]
    resources += made.weeks(sessions)
    bundle: Json = {
        "resourceType": "Bundle",
        "id": str(uuid5(seed, f"bundle {now.isoformat()}")),
        "type": "collection",
        "timestamp": _time(now),
        "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources],
    }
    return json.dumps(bundle, indent=1, ensure_ascii=False) + "\n"


class _Bundle:
    """Makes the resources of one patient."""

    def __init__(self, seed: UUID) -> None:
        self._seed = seed
        self._patient = _reference(uuid5(seed, "patient"))
        self._plan = _reference(uuid5(seed, "plan"))

    def patient(self) -> Json:
        """Return the patient, of whom the coach knows nothing but an id."""
        id_ = str(uuid5(self._seed, "patient"))
        unknown: Json = {"url": ABSENT, "valueCode": "unknown"}
        return {
            "resourceType": "Patient",
            "id": id_,
            "meta": profile("us-core-patient", US_CORE),
            "identifier": [{"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{id_}"}],
            "name": [{"extension": [unknown]}],
            "gender": "unknown",
        }

    def care_plan(
        self, sessions: Sequence[Past], routines: Mapping[str, Routine], now: datetime
    ) -> Json:
        """Return the plan: what was done in `sessions`, and is going on."""
        names = list(dict.fromkeys(past.session.routine for past in sessions))
        start = _time(sessions[0].began if sessions else now)
        listed = ", ".join(names) or "no exercise yet"
        return {
            "resourceType": "CarePlan",
            "id": str(uuid5(self._seed, "plan")),
            "meta": profile("pa-careplan"),
            "text": _narrative(f"Exercise with voicecoach: {listed}."),
            "status": "active",
            "intent": "plan",
            "category": [ASSESSMENT_AND_PLAN, PHYSICAL_ACTIVITY],
            "title": "Exercise with voicecoach",
            "subject": self._patient,
            "period": {"start": start},
            **_some("activity", [_activity(name, routines.get(name)) for name in names]),
        }

    def session(self, past: Past) -> Iterator[Json]:
        """Yield the procedure of a session, and what was observed in it."""
        id_ = UUID(past.session.session)
        end = past.began + timedelta(seconds=past.session.seconds)
        period: Json = {"start": _time(past.began), "end": _time(end)}
        yield {
            "resourceType": "Procedure",
            "id": str(id_),
            "basedOn": [self._plan],
            "status": "completed" if past.session.outcome == "done" else "stopped",
            "code": {**EXERCISE, "text": f"Exercise therapy: {past.session.routine}"},
            "subject": self._patient,
            "performedPeriod": period,
            **_some("note", [{"text": line} for line in _done(past)]),
        }
        yield {
            **self._observed(id_, "duration", "pa-observation-activity-measure"),
            "code": DURATION,
            "effectivePeriod": period,
            "valueQuantity": quantity(round(past.work_seconds / 60, 1), "min", "min"),
            "note": [{"text": "Time at work, without instructions, rests and pauses."}],
        }
        for when, score, at in (
            ("before", past.session.before, _time(past.began)),
            ("after", past.session.after, _time(end)),
        ):
            if score is not None:
                yield self._pain(id_, f"pain {when}", f"Pain {when} the session", at, score)
        for complaint in past.complaints:
            yield self._complaint(id_, past, complaint)

    def _complaint(self, id_: UUID, past: Past, told: ComplaintRecord) -> Json:
        at = _time(past.began + timedelta(seconds=told.at))
        what = f"Halted in the session: {told.why.replace('_', ' ')}"
        made = self._pain(id_, f"complaint {told.n}", what, at, told.score)
        where: Json = {"bodySite": site(told.region)} if told.region else {}
        notes = [] if told.sharp is None else ["sharp" if told.sharp else "not sharp"]
        if told.verdict:
            notes.append(f"then: {told.verdict.replace('_', ' ')}")
        return {**made, **where, **_some("note", [{"text": note} for note in notes])}

    def _pain(self, id_: UUID, key: str, text: str, at: str, score: int | None) -> Json:
        missing = concept(ABSENT_CODES, "asked-declined", "Asked But Declined")
        value: Json = (
            {"dataAbsentReason": missing}
            if score is None
            else {"valueQuantity": quantity(score, "score", "{score}")}
        )
        return {
            "resourceType": "Observation",
            "id": str(uuid5(id_, key)),
            "partOf": [_reference(id_)],
            "status": "final",
            "category": [SURVEY],
            "code": concept(LOINC, PAIN_CODE, PAIN_NAME, text),
            "subject": self._patient,
            "effectiveDateTime": at,
            "performer": [self._patient],
            **value,
        }

    def _observed(self, of: UUID, key: str, profile_name: str) -> Json:
        """Return an observation of activity without its code and value."""
        return {
            "resourceType": "Observation",
            "id": str(uuid5(of, key)),
            "meta": profile(profile_name),
            "status": "final",
            "category": [ACTIVITY, PHYSICAL_ACTIVITY],
            "subject": self._patient,
            "performer": [self._patient],
        }

    def weeks(self, sessions: Iterable[Past]) -> Iterator[Json]:
        """Yield minutes and days of each week with a session; a week begins on Monday."""
        found: dict[date, list[Past]] = {}
        for past in sessions:
            found.setdefault(_monday(past), []).append(past)
        for monday, those in found.items():
            minutes = sum(past.work_seconds for past in those) / 60
            days = len({past.began.date() for past in those})
            last = monday + timedelta(days=6)
            period: Json = {"start": monday.isoformat(), "end": last.isoformat()}
            for key, text, value in (
                ("minutes", "Minutes of guided exercise a week", ("min/wk", round(minutes, 1))),
                ("days", "Days with guided exercise a week", ("d/wk", days)),
            ):
                unit, amount = value
                yield {
                    **self._observed(self._seed, f"{key} {monday}", "pa-observation-time-measure"),
                    "code": {"text": text},
                    "effectivePeriod": period,
                    "valueQuantity": quantity(amount, unit, unit),
                    "derivedFrom": [
                        _reference(uuid5(UUID(past.session.session), "duration")) for past in those
                    ],
                }


def _activity(name: str, routine: Routine | None) -> Json:
    detail: Json = {
        "kind": "ServiceRequest",
        "code": EXERCISE,
        "status": "in-progress",
        "description": routine.name if routine else name or "a routine without a name",
    }
    often = routine.frequency if routine else None
    if often:
        unit = "d" if often.per is Per.DAY else "wk"
        most: Json = {"frequency": 1, "frequencyMax": often.times}
        detail["scheduledTiming"] = {"repeat": {**most, "period": 1, "periodUnit": unit}}
    return {"detail": detail}


def _done(past: Past) -> Iterator[str]:
    """Yield a line for each exercise: repetitions of those planned, seconds, level."""
    levels = {-1: ", one level easier", 1: ", one level harder"}
    for visit in past.exercises:
        sets = [entry for entry in past.sets if entry.visit == visit.visit]
        counted, of = sum(s.repetitions for s in sets), sum(s.of for s in sets)
        amount = f"{counted} of {of} repetitions in " if of else ""
        seconds = sum(entry.seconds for entry in sets)
        outcome = visit.outcome or "not finished"
        yield f"{visit.name}: {amount}{seconds:.0f} s, {outcome}{levels.get(visit.level, '')}"


def _some(key: str, items: Sequence[Json]) -> Json:
    """Return a list under `key`; FHIR has no empty ones."""
    return {key: list(items)} if items else {}


def _narrative(text: str) -> Json:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    div = f'<div xmlns="http://www.w3.org/1999/xhtml">{escaped}</div>'
    return {"status": "generated", "div": div}


def _reference(id_: UUID) -> Json:
    return {"reference": f"urn:uuid:{id_}"}


def _monday(past: Past) -> date:
    day = past.began.date()
    return day - timedelta(days=day.weekday())


def _time(moment: datetime) -> str:
    """Return a moment as FHIR writes it: its offset from UTC has whole minutes."""
    offset = moment.utcoffset() or timedelta()
    whole = moment if not offset.seconds % 60 else moment.astimezone(UTC)
    return whole.isoformat(timespec="milliseconds")
