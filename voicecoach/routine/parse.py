"""A routine file becomes a Routine, or one error that names every problem in it.

The format is documented in docs/routine-format.md. Pure: the text comes in, the caller reads it.
"""

from __future__ import annotations

from typing import Final

from voicecoach.errors import ProblemsError
from voicecoach.routine.exercise import read_exercise
from voicecoach.routine.fields import Fields, read_fields
from voicecoach.routine.identity import read_id, read_name
from voicecoach.routine.model import SCHEMA, Caution, Exercise, Routine
from voicecoach.routine.nodes import Findings, compose, line_of, shown
from voicecoach.routine.texts import OUTSIDE

MAX_EXERCISES: Final = 50
LANGUAGES: Final = ("en",)
"""A language is a file of phrases and one of the coach's own lines."""

REQUIRED: Final = (
    "schema", "id", "name", "summary", "language", "author", "licence", "sources", "equipment",
    "exercises",
)  # fmt: skip
OPTIONAL: Final = ("contraindications", "advice")

NEXT_STEP: Final = "Mend the lines named and check the file again; docs/routine-format.md helps"


def parse(text: str, path: str) -> Routine:
    """Return the routine written in `text`.

    Args:
        text: The file's content, any text at all.
        path: Where it came from; stands in the routine and in the error.

    Raises:
        ProblemsError: The file has problems. All that can be told are in it; nothing else is
            raised, whatever the text.

    """
    findings = Findings()
    root = compose(text, findings)
    fields = None if root is None else read_fields(root, "", findings)
    routine = None if fields is None else _routine(fields, path)
    if findings.problems or routine is None:
        raise ProblemsError(path, sorted(set(findings.problems)), NEXT_STEP)
    return routine


def _routine(fields: Fields, path: str) -> Routine:
    fields.check_keys(REQUIRED, OPTIONAL)
    _check_schema(fields)
    return Routine(
        id=read_id(fields),
        name=read_name(fields),
        summary=fields.text("summary", OUTSIDE),
        language=_language(fields),
        author=fields.text("author"),
        licence=fields.text("licence"),
        sources=fields.texts("sources"),
        equipment=fields.texts("equipment", OUTSIDE),
        exercises=_exercises(fields),
        contraindications=fields.choices("contraindications", Caution),
        advice=fields.texts("advice", OUTSIDE),
        path=path,
    )


def _check_schema(fields: Fields) -> None:
    schema = fields.text("schema")
    if schema and schema != SCHEMA:
        fields.note("schema", f"'{shown(schema)}' cannot be read", f"this version reads {SCHEMA}")


def _language(fields: Fields) -> str:
    language = fields.text("language")
    if language and language not in LANGUAGES:
        hint = f"this version speaks {', '.join(LANGUAGES)}"
        fields.note("language", f"unknown language '{shown(language)}'", hint)
    return language


def _exercises(fields: Fields) -> tuple[Exercise, ...]:
    found: dict[str, int] = {}
    exercises = []
    nodes = fields.items("exercises", some=True)
    if len(nodes) > MAX_EXERCISES:
        fields.note("exercises", f"{len(nodes)} exercises", f"at most {MAX_EXERCISES}")
    for node, where in nodes[:MAX_EXERCISES]:
        own = read_fields(node, where, fields.findings)
        if own is None:
            continue
        exercise = read_exercise(own)
        exercises.append(exercise)
        first = found.setdefault(exercise.id, line_of(node))
        if exercise.id and first != line_of(node):
            own.note("id", f"'{shown(exercise.id)}' for the second time", f"first in line {first}")
    return tuple(exercises)
