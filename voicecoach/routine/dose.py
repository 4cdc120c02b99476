"""The dose of an exercise in its file: which of the registered kinds it is, read as that kind."""

from __future__ import annotations

from voicecoach.doses.base import Dose
from voicecoach.doses.registry import KINDS
from voicecoach.errors import did_you_mean
from voicecoach.yaml_reader.fields import Fields


def read_dose(fields: Fields) -> Dose | None:
    """Return the dose, or None when its kind cannot even be guessed (noted)."""
    given = _given(fields)
    kind = _likely_kind(fields, given)
    hint = f"write one of {', '.join(KINDS)}"
    if kind is None:
        fields.note("", "no kind of dose", hint)
        return None
    if len(given) > 1:
        fields.note("", f"{' and '.join(other.NAME for other in given)} in one dose", hint)
    foreign = [key for other in given if other is not kind for key in _known(other)]
    fields.check_keys(kind.REQUIRED, (*kind.OPTIONAL, *foreign))
    return kind.read(fields, None)


def vary_dose(fields: Fields, plain: Dose | None) -> Dose | None:
    """Return `plain` with the given fields instead of its own; another kind stands alone."""
    given = _given(fields)
    own = type(plain) if plain else None
    if own and any(kind is not own for kind in given):
        return read_dose(fields)
    kind = own or (given[0] if given else None)
    if kind is None:  # the plain dose is broken, and that is noted
        return None
    fields.check_keys((), _known(kind))
    return kind.read(fields, plain)


def _given(fields: Fields) -> list[type[Dose]]:
    """Return the kinds whose names are among the fields."""
    return [kind for name, kind in KINDS.items() if name in fields.keys]


def _likely_kind(fields: Fields, given: list[type[Dose]]) -> type[Dose] | None:
    """Return the kind that the fields are read as: one of `given`, or the one they hint at."""
    best = max(given or KINDS.values(), key=lambda kind: len(_own(kind) & fields.keys.keys()))
    if given or _own(best) & fields.keys.keys():
        return best
    misspelt = (k for name, k in KINDS.items() if did_you_mean(name, list(fields.keys)))
    return next(misspelt, None)


def _known(kind: type[Dose]) -> tuple[str, ...]:
    return (*kind.REQUIRED, *kind.OPTIONAL)


def _own(kind: type[Dose]) -> set[str]:
    """Return the fields that no other kind has."""
    others = (key for other in KINDS.values() if other is not kind for key in _known(other))
    return set(_known(kind)).difference(others)
