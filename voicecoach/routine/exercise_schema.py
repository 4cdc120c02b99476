"""The schema of one exercise: its fields, its dose, and what holds between them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from voicecoach.doses.base import Activity, Dose
from voicecoach.doses.registry import KINDS
from voicecoach.routine.exercise import OPTIONAL, REQUIRED, SETTLE_S
from voicecoach.routine.identity import ID, ID_HINT, MAX_NAME
from voicecoach.routine.limits import limits_shape
from voicecoach.routine.model import Caution, Load, Position, Region
from voicecoach.routine.rolling import NEVER_ROLLED
from voicecoach.routine.shared import HEADER, KIND
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.shapes import Shape
from voicecoach.yaml_reader.text_lint import Sides

_LETTER: Final = r"\S[\u0300-\u036f]*"
_NAME: Final = rf"(?:{_LETTER}|\s+(?=\S)){{1,{MAX_NAME}}}"
"""So many characters, each with its accents; a run of blanks is one."""

WHOLE_DOSE: Final[Shape] = {"$ref": "#/definitions/dose"}
PART_OF_DOSE: Final[Shape] = {"$ref": "#/definitions/part_of_dose"}


def id_shape(what: str) -> Shape:
    """Return the shape of an id."""
    return shapes.coded(what, rf"(?=.{{1,{MAX_NAME}}}\s*$){ID}", ID_HINT)


def name_shape(what: str) -> Shape:
    """Return the shape of a spoken name."""
    hint = f"at most {MAX_NAME} characters, without braces"
    return shapes.coded(what, rf"(?=[^{{}}]*$){_NAME}", hint)


def definitions() -> dict[str, Shape]:
    """Return the parts that a routine's schema refers to."""
    kinds = KINDS.values()
    return {
        "dose": {**_how_much("one of the four kinds"), "anyOf": [_dose(kind) for kind in kinds]},
        "part_of_dose": {
            **_how_much("what differs from the other dose"),
            "anyOf": [shapes.group(f"as for {kind.NAME}", kind.shapes()) for kind in kinds],
        },
        "exercise": {
            **shapes.group("an exercise", _fields(), REQUIRED),
            "allOf": list(_conditions(WHOLE_DOSE)),
        },
        "shared": {
            **shapes.group("a shared exercise, and what differs from it", _use(), ("use",)),
            "allOf": list(_conditions(PART_OF_DOSE)),
        },
        "file": {
            **shapes.group("a file of one exercise", _header(), (*HEADER, *REQUIRED)),
            "allOf": list(_conditions(WHOLE_DOSE)),
        },
    }


def _how_much(what: str) -> Shape:
    return {"description": f"how much there is to do: {what}", "type": "object"}


def _dose(kind: type[Dose]) -> Shape:
    shape = shapes.group(f"a dose in {kind.NAME}", kind.shapes(), kind.REQUIRED)
    return {**shape, "allOf": kind.conditions()} if kind.conditions() else shape


def _fields() -> dict[str, Shape]:
    fields = {
        "id": id_shape("the exercise's name for programs, unique in the routine"),
        "name": name_shape("spoken, often: Next: ..."),
        "position": shapes.choice("how the body lies, sits or stands", Position),
        "regions": shapes.choices("parts of the body it loads", Region, some=True),
        "sides": shapes.choice("each: left and then right; the texts say {side}", Sides),
        "dose": WHOLE_DOSE,
        "contraindications": shapes.choices("who should leave it out", Caution),
        "loads": shapes.choices("what it asks of the spine, at any level", Load),
        "settle_s": shapes.number("seconds to get into position", SETTLE_S),
        "assess": shapes.text("a question or remark in the rest after each set", sided=True),
        "limits": limits_shape(),
        **_texts(),
        **{level: _level(level) for level in ("easier", "harder")},
    }
    return {key: fields[key] for key in (*REQUIRED, *OPTIONAL)}


def _texts() -> dict[str, Shape]:
    needed = {
        "way_in": "how to get into a position in which it is easy to listen",
        "full": "what is going to be done; the user only listens",
        "way_out": "how to leave the position safely (S30)",
    }
    others = {
        "way_in_short": "the way in, for a user who has done the exercise lately",
        "start": "what is done last, right before the count-in: take hold, lift, turn",
        "release": "how to let go of the work without leaving the position",
    }
    return {
        **{key: shapes.script(what, some=True) for key, what in needed.items()},
        **{key: shapes.script(what) for key, what in others.items()},
        "short": shapes.text("the key cue, in one sentence", sided=True),
    }


def _level(level: str) -> Shape:
    say = "sentences, spoken after the description"
    fields = {
        "say": shapes.listed(say, shapes.text("a sentence", sided=True)),
        "start": shapes.script("said instead of the plain start"),
        "short": shapes.text("said instead of the plain key cue", sided=True),
        "dose": PART_OF_DOSE,
    }
    return {**shapes.group(f"how it is done one level {level}", fields), "minProperties": 1}


def _use() -> dict[str, Shape]:
    use = shapes.plain("a shared exercise, by the name of its file without .yaml")
    return {"use": use, **_referred(), "dose": PART_OF_DOSE}


def _header() -> dict[str, Shape]:
    return {"schema": {}, "kind": {"const": KIND}, **_referred()}


def _referred() -> dict[str, Shape]:
    place = "#/definitions/exercise/properties"
    return {key: {"$ref": f"{place}/{key}"} for key in (*REQUIRED, *OPTIONAL)}


def _conditions(dose: Shape) -> Iterator[Shape]:
    """Yield what holds between the fields of an exercise, as far as a schema can say it."""
    each = shapes.has(sides={"const": Sides.EACH.value})
    told: Shape = {"pattern": shapes.NAMES_SIDE, "patternErrorMessage": "say {side} (S34)"}
    yield shapes.where(each, {"properties": {"short": told}})
    never: list[object] = [region.value for region in NEVER_ROLLED]
    kept_off: Shape = {"properties": {"regions": {"items": {"not": {"enum": never}}}}}
    yield shapes.where(shapes.has(position={"const": Position.ROLLER.value}), kept_off)
    for kind in KINDS.values():
        if kind.activity is not Activity.ROLLING:
            continue
        rolled: Shape = {"required": [kind.NAME]}
        yield shapes.where(shapes.has(dose=rolled), kept_off)
        if dose is WHOLE_DOSE:
            sets = shapes.has(**{kind.NAME: {}, "sets": {"type": "number", "minimum": 2}})
            yield shapes.where(shapes.has(dose=sets), {"required": ["assess"]})
