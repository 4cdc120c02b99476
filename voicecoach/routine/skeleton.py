"""The skeleton of a routine file: whole enough to pass the check, for its author to fill in."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from textwrap import indent
from typing import Any, Final

import yaml

from voicecoach.doses.base import Data, Dose
from voicecoach.doses.registry import KINDS
from voicecoach.errors import InputError
from voicecoach.routine.model import SCHEMA, Position, Region
from voicecoach.yaml_reader.text_lint import Sides

SCHEMA_FILE: Final = "routine.schema.json"
"""The schema that a skeleton names, beside it."""

_HEAD: Final = f"""\
# yaml-language-server: $schema={SCHEMA_FILE}
# Write for the ear: the listener lies on a mat and cannot look. The fields are explained by
# `voicecoach docs routine-format`; an editor with a YAML language server completes them.
# Then run: voicecoach check
"""
_REMARKS: Final[Mapping[str, str]] = {
    "way_in": "how to get into a position in which it is easy to listen; pauses give time to move",
    "full": "what is going to be done; the user only listens",
    "short": "the key cue, said when the exercise is known",
    "start": "what is done last, right before the count: take hold, lift, turn",
    "way_out": "how to leave the position safely; said after a halt, too",
}


@dataclass(frozen=True, slots=True)
class ExerciseDraft:
    """What is known of an exercise before its texts are written."""

    name: str
    position: Position
    region: Region
    dose: str
    """What its author calls it: a name in `texts`."""
    amount: float
    sides: Sides = Sides.NONE


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a routine before its texts are written."""

    id: str
    name: str
    summary: str
    author: str
    language: str
    exercises: tuple[ExerciseDraft, ...]


@cache
def texts(code: str) -> Mapping[str, Any]:
    """Return what stands in a skeleton in the language `code`. Raises `InputError`."""
    file = files("voicecoach.language").joinpath(code, "skeleton.toml")
    if not file.is_file():
        why = f"The language '{code}' has no file {file.name}"
        raise InputError("There is no skeleton of a routine", why, "Use --language en.")
    return tomllib.loads(file.read_text("utf-8"))


def measured(code: str, dose: str) -> tuple[type[Dose], float]:
    """Return the kind of a dose by its author's name, and the amount that it has at first.

    The amount stands under the name of the kind.
    """
    fields = texts(code)["doses"][dose]
    kind = next(kind for name, kind in KINDS.items() if name in fields)
    return kind, float(fields[kind.NAME])


def skeleton(draft: Draft) -> str:
    """Return the text of a routine file. Whether it is good is for `parse` to say.

    Raises `InputError` if there is none in that language.
    """
    head: Data = {
        "schema": SCHEMA,
        "id": draft.id,
        "name": draft.name,
        "summary": draft.summary,
        "language": draft.language,
        "author": draft.author,
        "licence": "CC0-1.0",
        "sources": [],
        "equipment": [],
    }
    exercises = "\n".join(_listed(exercise, draft.language) for exercise in draft.exercises)
    return f"{_HEAD}{_written(head)}\nexercises:\n{exercises}"


def slug(name: str) -> str:
    """Return the id that a name gives, or an empty text if it has no letter or digit for one."""
    plain = "".join(char if char.isascii() and char.isalnum() else " " for char in name.lower())
    return "-".join(plain.split())


def _listed(draft: ExerciseDraft, code: str) -> str:
    """Return an exercise as an entry of the list."""
    inner = indent("".join(_exercise(draft, code)), "    ")
    return f"  - {inner.removeprefix('    ')}"


def _exercise(draft: ExerciseDraft, code: str) -> Iterator[str]:
    known, each = texts(code), "_each" if draft.sides is Sides.EACH else ""
    place = known["positions"][draft.position.value]
    kind, _ = measured(code, draft.dose)
    whole = draft.amount == int(draft.amount)
    size = int(draft.amount) if whole else draft.amount
    dose = known["doses"][draft.dose] | {kind.NAME: size}
    yield _written(
        {
            "id": slug(draft.name),
            "name": draft.name,
            "position": draft.position.value,
            "regions": [draft.region.value],
            "sides": draft.sides.value,
            "dose": dose,
        }
    )
    yield from _script("way_in", place["way_in"])
    yield from _script("full", [known[f"full{each}"]])
    yield f"# {_REMARKS['short']}\n{_written({'short': known[f'short{each}']}, flow=False)}"
    yield from _script("start", [known[f"start{each}"]])
    yield from _script("way_out", place["way_out"])


def _script(key: str, items: list[str | float]) -> Iterator[str]:
    """Yield the lines of texts and pauses, each item on its own."""
    yield f"# {_REMARKS[key]}\n{key}:\n"
    for item in items:
        text = isinstance(item, str)
        lines = _written([item] if text else [{"pause_s": item}], flow=False if text else None)
        yield indent(lines, "  ")


def _written(data: object, *, flow: bool | None = None) -> str:
    """Return fields as YAML; unless `flow` is False, short lists and groups stand on one line."""
    return yaml.safe_dump(
        data, sort_keys=False, allow_unicode=True, width=90, default_flow_style=flow
    )
