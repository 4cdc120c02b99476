"""What `adapt` answers: the routine as it suits a person today, or why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.routine.model import Routine


@dataclass(frozen=True, slots=True)
class Change:
    """One kind of change, and the sentence that tells it."""

    rule: str
    sentence: str
    exercises: tuple[str, ...] = ()
    """Ids of the exercises it concerns; none where it concerns all of them."""


@dataclass(frozen=True, slots=True)
class Adapted:
    """A routine that suits a person today."""

    routine: Routine
    levels: Mapping[str, int]
    """The level to begin an exercise at, by its id, where that is not 0."""
    changes: tuple[Change, ...] = ()
    lie_left: bool = False
    """Whether a user who feels dizzy is told to roll onto the left side (S17)."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What the coach says of the changes, each thing once."""
        return tuple(dict.fromkeys(change.sentence for change in self.changes))


@dataclass(frozen=True, slots=True)
class Declined:
    """No session, or not this routine."""

    rule: str
    """The rule's id; empty for a user who was not asked, or not lately."""
    why: tuple[str, ...]
    """Sentences."""
    instead: tuple[str, ...]
    """What to do instead, as sentences."""
    breathing: bool = False
    """Whether calm breathing may be offered (S10, S20)."""
    lie_left: bool = False
    """Whether the user is told to roll onto the left side when dizzy (S17)."""
    others: bool = False
    """Whether another routine may be open to the user."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that the coach says."""
        return self.why + self.instead
