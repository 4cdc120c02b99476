"""A routine file becomes a Routine, or one error that names every problem in it.

The format is documented in docs/routine-format.md. Pure: the text comes in, the caller reads it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from yaml.nodes import MappingNode, Node

from voicecoach.errors import ProblemsError
from voicecoach.language.model import Language
from voicecoach.routine.evidence import read_evidence
from voicecoach.routine.identity import read_id, read_name
from voicecoach.routine.limits import Limits, read_routine_limits
from voicecoach.routine.model import SCHEMA, Caution, Exercise, Frequency, Per, Routine
from voicecoach.routine.rolling import check_beside
from voicecoach.routine.safety import check_load
from voicecoach.routine.shared import KIND, Library, Shelf, is_exercise, read_shared
from voicecoach.yaml_reader.fields import Fields, Range, read_fields
from voicecoach.yaml_reader.nodes import Findings, compose, line_of, shown
from voicecoach.yaml_reader.text_lint import OUTSIDE

MAX_EXERCISES: Final = 50
TIMES: Final = Range(1, 7, "times a day or week", whole=True)

REQUIRED: Final = (
    "schema", "id", "name", "summary", "language", "author", "licence", "sources", "equipment",
    "exercises",
)  # fmt: skip
OPTIONAL: Final = ("contraindications", "advice", "frequency", "evidence", "limits")

NEXT_STEP: Final = (
    "Correct the lines named and check the file again. `voicecoach docs routine-format` describes"
    " the format"
)


def parse(text: str, path: str, library: Library, language: Language) -> Routine:
    """Return the routine written in `text`, with what it is warned of.

    Args:
        text: The file's content, any text at all.
        path: Where it came from; stands in the routine and in the error.
        library: The shared exercises that it may use.
        language: What the coach speaks: the routine must be written in it, and its texts are
            checked by it.

    Raises:
        ProblemsError: The file has problems. All that can be told are in it; nothing else is
            raised, whatever the text.

    """
    findings = Findings()
    root = compose(text, findings)
    fields = None if root is None else read_fields(root, "", findings, language)
    routine = None if fields is None else _routine(fields, path, library)
    return _sound(routine, path, findings)


def parse_exercise(text: str, path: str, language: Language) -> Routine:
    """Return a routine of the one shared exercise written in `text`, so that it can be compiled.

    Raises `ProblemsError` as `parse` does.
    """
    findings = Findings()
    exercise = read_shared(text, findings, language)
    return _sound(_alone(exercise, path, language) if exercise else None, path, findings)


def _alone(exercise: Exercise, path: str, language: Language) -> Routine:
    return Routine(
        id=exercise.id,
        name=exercise.name,
        summary=exercise.name,
        language=language.code,
        author="",
        licence="",
        sources=(),
        equipment=(),
        exercises=(exercise,),
        path=path,
    )


def parse_any(text: str, path: str, library: Library, language: Language) -> Routine:
    """Return the routine in `text`, or one of the shared exercise that it is."""
    if is_exercise(text):
        return parse_exercise(text, path, language)
    return parse(text, path, library, language)


def _sound(routine: Routine | None, path: str, findings: Findings) -> Routine:
    """Return `routine` with its warnings. Raises `ProblemsError` where anything is refused."""
    refused = {problem for problem in findings.problems if not problem.warning}
    if refused or routine is None:
        raise ProblemsError(path, sorted(refused), NEXT_STEP)
    return replace(routine, warnings=tuple(sorted(set(findings.problems))))


def _routine(fields: Fields, path: str, library: Library) -> Routine:
    if fields.nodes.get("kind") and fields.text("kind") == KIND:
        hint = "a routine has none; it uses this one by '- use:' and the name of this file"
        fields.note("kind", "a file of one exercise, no routine", hint)
    fields.check_keys(REQUIRED, OPTIONAL)
    _check_schema(fields)
    limits, a_week = read_routine_limits(fields)
    exercises = tuple(_within(fields, e, limits) for e in _exercises(fields, library))
    frequency = _frequency(fields)
    check_load(fields.findings, exercises, frequency, fields.language.lint)
    equipment = fields.texts("equipment", OUTSIDE)
    check_beside(fields.findings, exercises, equipment, fields.language.lint)
    return Routine(
        id=read_id(fields),
        name=read_name(fields),
        summary=fields.text("summary", OUTSIDE),
        language=_language(fields),
        author=fields.text("author"),
        licence=fields.text("licence"),
        sources=fields.texts("sources"),
        equipment=equipment,
        exercises=exercises,
        contraindications=fields.choices("contraindications", Caution),
        advice=fields.texts("advice", OUTSIDE),
        frequency=frequency,
        evidence=read_evidence(fields),
        limits=limits,
        sessions_a_week=a_week,
        path=path,
    )


def _check_schema(fields: Fields) -> None:
    schema = fields.text("schema")
    if schema and schema != SCHEMA:
        fields.note("schema", f"'{shown(schema)}' cannot be read", f"this version reads {SCHEMA}")


def _language(fields: Fields) -> str:
    code, spoken = fields.text("language"), fields.language
    if code and code not in spoken.available:
        hint = f"this version speaks {', '.join(spoken.available)}"
        fields.note("language", f"unknown language '{shown(code)}'", hint)
    elif code and code != spoken.code:
        fields.note(
            "language", f"'{code}', but the coach speaks '{spoken.code}'", f"use --language {code}"
        )
    return code


def _frequency(fields: Fields) -> Frequency | None:
    group = fields.group("frequency")
    if group is None:
        return None
    group.check_keys(("times", "per", "say"))
    times = int(group.number("times", TIMES, 1))
    return Frequency(times, group.choice("per", Per) or Per.DAY, group.text("say", OUTSIDE))


def _within(fields: Fields, exercise: Exercise, limits: Limits) -> Exercise:
    """Return an exercise within the limits of the routine; a dose above them is noted."""
    for dose in (exercise.dose, exercise.variant(-1).dose):
        if not limits.allow(dose):
            message = f"'{shown(exercise.id)}' has {dose.sets} sets"
            fields.note("limits", message, f"at most {limits.sets}; lower it there")
            break
    return exercise.within(limits)


def _exercises(fields: Fields, library: Library) -> tuple[Exercise, ...]:
    found: dict[str, int] = {}
    exercises = []
    nodes = fields.items("exercises", some=True)
    if len(nodes) > MAX_EXERCISES:
        fields.note("exercises", f"{len(nodes)} exercises", f"at most {MAX_EXERCISES}")
    shelf = Shelf(library, fields.findings, fields.language)
    for node, where in nodes[:MAX_EXERCISES]:
        exercise = shelf.exercise(node, where)
        if exercise is None:
            continue
        exercises.append(exercise)
        first = found.setdefault(exercise.id, line_of(node))
        if exercise.id and first != line_of(node):
            message = f"'{shown(exercise.id)}' for the second time"
            hint = f"first in line {first}; another 'id' here"
            fields.findings.add(_own_id(node), f"{where}.id", message, hint)
    return tuple(exercises)


def _own_id(entry: Node) -> Node:
    """Return the node of the id that stands in an entry itself, or else the entry."""
    pairs = entry.value if isinstance(entry, MappingNode) else []
    return next((value for key, value in pairs if key.value == "id"), entry)
