"""What a field of a file may be, in words of JSON Schema, by which editors complete and check.

A shape never refuses what the reader of the field takes: numbers may stand in quotes, and an
editor's YAML turns a text such as ``no`` or ``12`` into a truth value or a number. What a schema
cannot say, such as the words of a text, is left to the reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

from voicecoach.yaml_reader.fields import NUMBER, PAUSE_S, Range

Shape = dict[str, object]
"""A schema, or a part of one (draft-07)."""

_SCALAR: Final = ("string", "number", "boolean")
_OUTSIDE: Final = r"^[^{}]*$"
_SIDED: Final = r"^(?:[^{}]|\{(?:other_)?side(?::\w+)?\})*$"
NAMES_SIDE: Final = r"\{side(?::\w+)?\}"
"""In a text that says which side is worked."""


def plain(what: str) -> Shape:
    """Return the shape of a text that is not spoken."""
    return {"description": what, "type": list(_SCALAR), "minLength": 1}


def text(what: str, *, sided: bool = False) -> Shape:
    """Return the shape of a spoken text; with `sided` it may name the side."""
    hint = "only {side} and {other_side}" if sided else "no braces: the side is not known here"
    pattern = _SIDED if sided else _OUTSIDE
    return {**plain(what), "pattern": pattern, "patternErrorMessage": hint}


def coded(what: str, pattern: str, hint: str) -> Shape:
    """Return the shape of a text of a certain form; blanks around it do not count."""
    return {**plain(what), "pattern": rf"^\s*{pattern}\s*$", "patternErrorMessage": hint}


def number(what: str, valid: Range) -> Shape:
    """Return the shape of a number in a range."""
    whole = {"multipleOf": 1} if valid.whole else {}
    return {
        "description": f"{what}, {valid}",
        "type": ["number", "string"],
        "minimum": valid.low,
        "maximum": valid.high,
        **whole,
        "pattern": f"^(?:{NUMBER})$",
    }


def choice(what: str, options: Iterable[Enum]) -> Shape:
    """Return the shape of one of several values."""
    return {"description": what, "enum": _values(options)}


def choices(what: str, options: Iterable[Enum], *, some: bool = False) -> Shape:
    """Return the shape of a list of such values, each once; with `some` it is not empty."""
    return {**listed(what, {"enum": _values(options)}, some=some), "uniqueItems": True}


def listed(what: str, item: Shape, *, some: bool = False) -> Shape:
    """Return the shape of a list; with `some` it is not empty."""
    least = {"minItems": 1} if some else {}
    return {"description": what, "type": "array", "items": item, **least}


def script(what: str, *, some: bool = False) -> Shape:
    """Return the shape of a list of texts that may name the side, with pauses between them."""
    said = text("a sentence or two", sided=True)
    pause = number("silence after the text before it", PAUSE_S)
    silence = group("a pause", {"pause_s": pause}, ("pause_s",))
    following: Shape = {"anyOf": [said, silence]}
    return {**listed(what, said, some=some), "items": [said], "additionalItems": following}


def group(what: str, fields: Mapping[str, Shape], required: Sequence[str] = ()) -> Shape:
    """Return the shape of fields under one name; others than these are refused."""
    about = {"description": what} if what else {}
    needed = {"required": list(required)} if required else {}
    known = {"properties": dict(fields), "additionalProperties": False}
    return {**about, "type": "object", **known, **needed}


def where(condition: Shape, then: Shape) -> Shape:
    """Return what holds of the fields of a group where `condition` does."""
    return {"if": condition, "then": then}


def has(**fields: Shape) -> Shape:
    """Return the condition that these fields are there, each of its shape."""
    return {"properties": fields, "required": list(fields)}


def _values(options: Iterable[Enum]) -> list[object]:
    """Return the values as they are written, and as an editor's YAML reads them."""
    values: list[object] = [option.value for option in options]
    truths = {"true": True, "false": False}
    return [truths[str(value)] for value in values if value in truths] + values
