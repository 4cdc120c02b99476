"""The dose of an exercise: which of the four kinds it is, and which fields that kind has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.errors import did_you_mean
from voicecoach.routine.amounts import read_amount
from voicecoach.routine.model import Dose, Hold, Relaxation, Strokes
from voicecoach.yaml_reader.fields import Fields

KINDS: Final = ("repetitions", "hold_s", "strokes", "relax_min")
_SETS: Final = ("sets", "rest_s")
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": ("repetitions", "tempo"),
    "hold_s": ("hold_s",),
    "strokes": ("strokes", "stroke_s"),
    "relax_min": ("relax_min", "cues"),
}
_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": (*_SETS, "first", "breath", "words"),
    "hold_s": (*_SETS, "breath", "as"),
    "strokes": (*_SETS, "breath", "words"),
    "relax_min": ("breath",),
}
_NAMES: Final = {Hold: "hold_s", Relaxation: "relax_min", Strokes: "strokes"}


def read_dose(fields: Fields) -> Dose | None:
    """Return the dose, or None when its kind cannot even be guessed (noted)."""
    given = [kind for kind in KINDS if kind in fields.keys]
    kind = given[0] if given else _likely_kind(fields)
    if kind is None:
        fields.note("", "no kind of dose", f"write one of {', '.join(KINDS)}")
        return None
    others = given[1:]
    if others:
        fields.note("", f"{' and '.join(given)} in one dose", f"write one of {', '.join(KINDS)}")
    foreign = [key for other in others for key in (*_REQUIRED[other], *_OPTIONAL[other])]
    fields.check_keys(_REQUIRED[kind], (*_OPTIONAL[kind], *foreign))
    return read_amount(fields, kind, None)


def _likely_kind(fields: Fields) -> str | None:
    """Return the kind whose field is missing or misspelt, so that the rest is read as it."""
    if "stroke_s" in fields.keys:
        return "strokes"
    if "tempo" in fields.keys or "first" in fields.keys:
        return "repetitions"
    if "cues" in fields.keys:
        return "relax_min"
    return next((kind for kind in KINDS if did_you_mean(kind, list(fields.keys))), None)


def vary_dose(fields: Fields, plain: Dose | None) -> Dose | None:
    """Return `plain` with the given fields instead of its own; another kind stands alone."""
    own = kind_of(plain) if plain else None
    given = next((kind for kind in KINDS if kind in fields.keys), None)
    if own and given not in (own, None):
        return read_dose(fields)
    kind = given or own
    if kind is None:  # the plain dose is broken, and that is noted
        return None
    fields.check_keys((), (*_REQUIRED[kind], *_OPTIONAL[kind]))
    return read_amount(fields, kind, plain)


def kind_of(dose: Dose) -> str:
    """Return the field that tells the kind of `dose` in a file."""
    return _NAMES.get(type(dose), "repetitions")
