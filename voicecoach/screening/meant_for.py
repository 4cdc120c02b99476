"""Routines that are proposed only to users whom they are meant for; anybody may name them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.routine.model import Routine
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import Person

MEANT: Final[Mapping[str, frozenset[Fact]]] = {
    "herniated-disc": frozenset({Fact.DISC, Fact.SURGERY}),
    "pregnancy-back-care": frozenset({Fact.PREGNANT}),
    "after-childbirth": frozenset({Fact.OPERATION}),
}
"""By the id of the routine: the facts of which one must hold."""


def proposed(routine: Routine, person: Person | None) -> bool:
    """Tell whether a routine may be proposed; None is a user of whom nothing is known."""
    facts = MEANT.get(routine.id)
    return facts is None or (person is not None and any(person.holds(fact) for fact in facts))
