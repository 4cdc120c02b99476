"""Which loads of the spine a person leaves out (S16 to S19). The files state the loads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from voicecoach.routine.model import Load
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import Person

L = Load


@dataclass(frozen=True, slots=True)
class Limit:
    """A user of whom `fact` holds leaves out what puts one of `loads` on the spine."""

    fact: Fact
    rule: str
    loads: frozenset[Load]
    unless: Fact | None = None
    """The fact that lifts the limit: a clinician's yes."""


LIMITS: Final = (
    Limit(Fact.DISC, "S18", frozenset(Load), unless=Fact.DISC_AGREED),
    Limit(Fact.DISC, "S18", frozenset({L.BEND, L.TWIST})),
    Limit(Fact.BONES, "S16", frozenset({L.FLEXION, L.TWIST, L.BEND, L.HANG})),
    Limit(Fact.PREGNANT, "S17", frozenset({L.HOLLOW, L.TWIST, L.HANG})),
    Limit(Fact.OLDER, "S19", frozenset({L.HANG})),
)
"""The reasons of each, and how certain they are, stand with its rule in ``rules.toml``."""


def limit(loads: Iterable[Load], person: Person) -> Limit | None:
    """Return the first limit of `person` that one of `loads` exceeds, or None."""
    wanted = frozenset(loads)
    return next((one for one in LIMITS if one.loads & wanted and _holds(one, person)), None)


def _holds(one: Limit, person: Person) -> bool:
    return person.says(one.fact) and not (one.unless and person.says(one.unless))
