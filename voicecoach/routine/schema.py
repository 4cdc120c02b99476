"""The schema of routine files (JSON Schema, draft-07), made from what their readers take.

By it an editor completes fields and marks faults while one types. It refuses nothing that `parse`
takes; about the words of a text, and from one exercise to another, it says less.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from voicecoach.routine.evidence import Tag
from voicecoach.routine.exercise_schema import definitions, id_shape, name_shape
from voicecoach.routine.limits import routine_limits_shape
from voicecoach.routine.model import SCHEMA, Caution, Per
from voicecoach.routine.parse import MAX_EXERCISES, OPTIONAL, REQUIRED, TIMES
from voicecoach.routine.shared import KIND
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.shapes import Shape

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors know best."""
TITLE = "A routine of voicecoach, or a shared exercise"
"""By it `new` knows a schema that the program wrote."""


def schema_text(languages: Sequence[str]) -> str:
    """Return the schema as a file."""
    return json.dumps(routine_schema(languages), indent=1, ensure_ascii=False) + "\n"


def routine_schema(languages: Sequence[str]) -> Shape:
    """Return the schema of a file of a routine, or of one shared exercise.

    `languages` are the codes of those that a routine may be written in.
    """
    return {
        "$schema": DRAFT,
        "title": TITLE,
        "description": "`voicecoach docs routine-format` describes it.",
        "type": "object",
        "properties": {"schema": {"description": "the version of the format", "const": SCHEMA}},
        **shapes.where(shapes.has(kind={"const": KIND}), {"$ref": "#/definitions/file"}),
        "else": {"$ref": "#/definitions/routine"},
        "definitions": {
            "routine": shapes.group("a routine", _fields(languages), REQUIRED),
            **definitions(),
        },
    }


def _fields(languages: Sequence[str]) -> dict[str, Shape]:
    fields: dict[str, Shape] = {
        "schema": {},
        "id": id_shape("the routine's name for programs"),
        "name": name_shape("spoken in the greeting"),
        "summary": shapes.text("one or two sentences: what it is, who should not do it"),
        "language": {"description": "of all its texts", "enum": list(languages)},
        "author": shapes.plain("who wrote it"),
        "licence": shapes.plain("on what terms others may use it, such as CC0-1.0"),
        "sources": shapes.listed("where it comes from; may be []", shapes.plain("a source")),
        "equipment": shapes.listed('spoken after "You need"; may be []', shapes.text("a thing")),
        "exercises": _exercises(),
        "contraindications": shapes.choices("who should not do this routine at all", Caution),
        "advice": shapes.listed("spoken at the end", shapes.text("a sentence")),
        "frequency": _frequency(),
        "evidence": _evidence(),
        "limits": routine_limits_shape(),
    }
    return {key: fields[key] for key in (*REQUIRED, *OPTIONAL)}


def _exercises() -> Shape:
    """Return the shape of the list: an entry with `use` is a shared exercise."""
    entry: Shape = {
        "type": "object",
        "properties": {"use": shapes.plain("a shared exercise, by its name")},
        **shapes.where({"required": ["use"]}, {"$ref": "#/definitions/shared"}),
        "else": {"$ref": "#/definitions/exercise"},
    }
    return {**shapes.listed("one after the other", entry, some=True), "maxItems": MAX_EXERCISES}


def _frequency() -> Shape:
    fields = {
        "times": shapes.number("how often at most", TIMES),
        "per": shapes.choice("counted in days or weeks", Per),
        "say": shapes.text('said after "Do this routine": in the morning and in the evening'),
    }
    return shapes.group("how often the routine is done at most", fields, tuple(fields))


def _evidence() -> Shape:
    fields = {
        "tag": shapes.choice("how studies speak about this kind of exercise", Tag),
        "note": shapes.plain("one to three sentences for the reader"),
        "studies": shapes.listed("such as Owen 2020", shapes.plain("author and year")),
    }
    untested = shapes.has(tag={"const": Tag.UNTESTED.value})
    named: Shape = {"required": ["studies"], "properties": {"studies": {"minItems": 1}}}
    shape = shapes.group("what it rests on; shown, not spoken", fields, ("tag", "note"))
    return {**shape, **shapes.where({"not": untested}, named)}
