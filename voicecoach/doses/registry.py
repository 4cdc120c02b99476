"""The kinds of dose, by the field of a routine file that names each."""

from __future__ import annotations

from typing import Final, TypeVar

from voicecoach.doses.base import Dose

Kind = TypeVar("Kind", bound=type[Dose])

KINDS: Final[dict[str, type[Dose]]] = {}
"""`Dose.NAME` -> class. `voicecoach.doses` fills it, in the order of the modules' names."""


def register(kind: Kind) -> Kind:
    """Add a kind of dose; a decorator. Raises `ValueError` if another kind has its name."""
    if kind.NAME in KINDS:
        raise ValueError(f"two kinds of dose are named '{kind.NAME}'")
    KINDS[kind.NAME] = kind
    return kind
