"""A Routine becomes a routine file: ``parse(dump(routine), path)`` gives the routine again."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

import yaml

from voicecoach.doses.base import Data, Dose, seconds
from voicecoach.routine.evidence import write_evidence
from voicecoach.routine.exercise import default_settle
from voicecoach.routine.limits import write_limits
from voicecoach.routine.model import SCHEMA, Exercise, Routine, Variant
from voicecoach.track import Item, Pause


def dump(routine: Routine) -> str:
    """Return `routine` as the text of a routine file. Lines and the path are not kept."""
    data: Data = {
        "schema": SCHEMA,
        "id": routine.id,
        "name": routine.name,
        "summary": routine.summary,
        "language": routine.language,
        "author": routine.author,
        "licence": routine.licence,
        "sources": list(routine.sources),
        "equipment": list(routine.equipment),
        "contraindications": _values(routine.contraindications),
        "advice": list(routine.advice),
        "exercises": [_exercise(exercise) for exercise in routine.exercises],
    }
    often = routine.frequency
    if often:
        data["frequency"] = {"times": often.times, "per": often.per.value, "say": often.say}
    if routine.evidence:
        data["evidence"] = write_evidence(routine.evidence)
    data |= write_limits(routine.limits, routine.sessions_a_week)
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=96)


def _exercise(exercise: Exercise) -> Data:
    data: Data = {
        "id": exercise.id,
        "name": exercise.name,
        "position": exercise.position.value,
        "regions": _values(exercise.regions),
        "sides": exercise.sides.value,
        "dose": exercise.dose.write(),
        "way_in": _script(exercise.way_in),
        "full": _script(exercise.full),
        "short": exercise.short,
        "way_out": _script(exercise.way_out),
        "contraindications": _values(exercise.contraindications),
        "loads": _values(exercise.loads),
    }
    for key, variant in (("easier", exercise.easier), ("harder", exercise.harder)):
        if variant:
            data[key] = _variant(variant, exercise.dose)
    for key, script in _scripts(exercise):
        if script:
            data[key] = _script(script)
    if exercise.settle != default_settle(bool(exercise.start)):
        data["settle_s"] = seconds(exercise.settle)
    if exercise.assess:
        data["assess"] = exercise.assess
    return {**data, **write_limits(exercise.limits)}


def _scripts(exercise: Exercise) -> list[tuple[str, tuple[Item, ...]]]:
    """Return the scripts that an exercise may lack."""
    return [
        ("way_in_short", exercise.way_in_short),
        ("start", exercise.start),
        ("release", exercise.release),
    ]


def _variant(variant: Variant, plain: Dose) -> Data:
    own, other = variant.dose.write(), plain.write()
    if variant.dose.NAME == plain.NAME:
        own = {key: value for key, value in own.items() if value != other[key]}
    start = {"start": _script(variant.start)} if variant.start else {}
    short = {"short": variant.short} if variant.short else {}
    return {"say": list(variant.say), **start, **short, **({"dose": own} if own else {})}


def _script(items: Iterable[Item]) -> list[object]:
    return [
        {"pause_s": seconds(item.length)} if isinstance(item, Pause) else item for item in items
    ]


def _values(options: Iterable[Enum]) -> list[str]:
    return [str(option.value) for option in options]
