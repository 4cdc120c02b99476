"""A routine while it is being adapted: what is left of it, and what is to be said about that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from voicecoach.language.model import Language
from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Exercise, Position, Routine
from voicecoach.screening.exclusions import bar
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import Person
from voicecoach.screening.refusal import why
from voicecoach.screening.verdicts import Change

IN_PLACE: Final = frozenset({Position.ALL_FOURS, Position.SIDE})
"""S17: positions instead of flat on the back, or on the belly."""


@dataclass
class Draft:
    """The routine while it is being adapted."""

    routine: Routine
    person: Person
    language: Language
    library: Sequence[Exercise]
    exercises: list[Exercise]
    levels: dict[str, int] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    last: Fact = Fact.UNWELL
    """The fact for which something was left out last."""

    @property
    def say(self) -> Prompts:
        """The coach's lines."""
        return self.language.prompts

    def tell(self, rule: str, key: str, ids: Iterable[str] = (), **values: str) -> None:
        """Note a kind of change with its sentence."""
        self.changes.append(Change(rule, self.say.adapt[key].format(**values), tuple(ids)))

    def why(self, fact: Fact) -> str:
        """Return the words for `fact` after "because"."""
        return why(fact, self.person, self.say)

    def things(self, exercises: Iterable[Exercise]) -> str:
        """Return the names of exercises as a list that can be said."""
        return self.say.things([exercise.name for exercise in exercises])

    def in_place_of(self, old: Exercise) -> Exercise | None:
        """Return the exercise of the library that is most like `old`, on all fours or the side."""
        wanted = self.person.profile.preferences
        used = {exercise.id for exercise in (*self.routine.exercises, *self.exercises)}
        suiting = [
            new
            for new in self.library
            if new.position in IN_PLACE
            and set(new.regions) & set(old.regions)
            and new.id not in used
            and bar(new, self.person) is None
            and not (new.id in wanted and wanted[new.id].out)
        ]
        return max(suiting, key=lambda new: likeness(new, old), default=None)

    def swap(self, old: Exercise, new: Exercise | None) -> None:
        """Put `new` in the place of `old`, or nothing."""
        at = self.exercises.index(old)
        self.exercises[at : at + 1] = [new] if new else []

    def tell_new(self) -> None:
        """Say which exercises came in place of others, where that is not yet said."""
        own = {exercise.id for exercise in self.routine.exercises}
        told = {id_ for change in self.changes for id_ in change.exercises}
        new = [e for e in self.exercises if e.id not in own | told]
        if new:
            self.tell("S17", "instead", [e.id for e in new], things=self.things(new))


def likeness(one: Exercise, other: Exercise) -> tuple[bool, float]:
    """Return how alike two exercises are: the position first, then the share of common regions."""
    regions, others = set(one.regions), set(other.regions)
    return one.position is other.position, len(regions & others) / len(regions | others)
