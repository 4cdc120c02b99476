"""A Routine becomes a routine file: ``parse(dump(routine), path)`` gives the routine again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum

import yaml

from voicecoach.routine.dose import kind_of
from voicecoach.routine.exercise import DEFAULT_SETTLE
from voicecoach.routine.model import (
    SCHEMA,
    Dose,
    Exercise,
    Hold,
    Phase,
    Relaxation,
    Repetitions,
    Routine,
    Strokes,
    Variant,
)

Data = dict[str, object]
"""What YAML writes: texts, numbers, lists and mappings."""


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
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=96)


def _exercise(exercise: Exercise) -> Data:
    data: Data = {
        "id": exercise.id,
        "name": exercise.name,
        "position": exercise.position.value,
        "regions": _values(exercise.regions),
        "sides": exercise.sides.value,
        "dose": _dose(exercise.dose),
        "way_in": list(exercise.way_in),
        "full": list(exercise.full),
        "short": exercise.short,
        "way_out": list(exercise.way_out),
        "contraindications": _values(exercise.contraindications),
    }
    for key, variant in (("easier", exercise.easier), ("harder", exercise.harder)):
        if variant:
            data[key] = _variant(variant, exercise.dose)
    if exercise.settle != DEFAULT_SETTLE:
        data["settle_s"] = _seconds(exercise.settle)
    if exercise.assess:
        data["assess"] = exercise.assess
    return data


def _variant(variant: Variant, plain: Dose) -> Data:
    own, other = _dose(variant.dose), _dose(plain)
    if kind_of(variant.dose) == kind_of(plain):
        own = {key: value for key, value in own.items() if value != other[key]}
    return {"say": list(variant.say), **({"dose": own} if own else {})}


def _dose(dose: Dose) -> Data:
    sets: Data = {"sets": dose.sets, "rest_s": _seconds(dose.rest)}
    if isinstance(dose, Hold):
        hold: Data = {"hold_s": _seconds(dose.length), "as": dose.kind.value}
        return {**hold, **sets, "breath": _in_and_out(dose)}
    if isinstance(dose, Relaxation):
        minutes = _seconds(dose.length // 60)
        return {"relax_min": minutes, "breath": _in_and_out(dose), "cues": list(dose.cues)}
    return {**_moves(dose), **sets, "breath": _phases(dose.breath), "words": _phases(dose.words)}


def _in_and_out(dose: Hold | Relaxation) -> Data:
    return {"in_s": _seconds(dose.breath_in), "out_s": _seconds(dose.breath_out)}


def _moves(dose: Repetitions | Strokes) -> Data:
    if isinstance(dose, Strokes):
        return {"strokes": dose.count, "stroke_s": _seconds(dose.one_way)}
    return {"repetitions": dose.count, "tempo": str(dose.tempo), "first": dose.first.value}


def _phases(cues: Mapping[Phase, object]) -> Data:
    return {phase.value: cue.value if isinstance(cue, Enum) else cue for phase, cue in cues.items()}


def _values(options: Iterable[Enum]) -> list[str]:
    return [str(option.value) for option in options]


def _seconds(ms: int) -> float | int:
    return ms // 1000 if ms % 1000 == 0 else ms / 1000
