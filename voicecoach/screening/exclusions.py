"""Which exercises a person leaves out today, and by which rule (S12 to S18, S31)."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.routine.model import Exercise, Position
from voicecoach.screening.limits import limit
from voicecoach.screening.person import RULES, Person
from voicecoach.screening.questions import Fact


@dataclass(frozen=True, slots=True)
class Bar:
    """Why an exercise is left out."""

    rule: str
    key: str
    """Key of the sentence that tells it."""
    fact: Fact


def bar(exercise: Exercise, person: Person) -> Bar | None:
    """Return why `exercise` is left out today, or None if it may be done."""
    return (
        _rest(exercise, person)
        or _rolling(exercise, person)
        or _belly(exercise, person)
        or _caution(exercise, person)
        or _limit(exercise, person)
    )


def _rest(exercise: Exercise, person: Person) -> Bar | None:
    """S31, and S18 in the acute phase: gentle positions of relief only."""
    for fact, rule in ((Fact.TWO_DAYS, "S31"), (Fact.DISC_ACUTE, "S18")):
        if person.holds(fact) and not exercise.rests:
            return Bar(rule, "relief", fact)
    return None


def _rolling(exercise: Exercise, person: Person) -> Bar | None:
    """S12 to S16."""
    fact = person.no_rolling()
    return Bar(RULES[fact], "rolling", fact) if fact and exercise.rolls else None


def _belly(exercise: Exercise, person: Person) -> Bar | None:
    """S17."""
    if exercise.position is Position.PRONE and person.holds(Fact.PREGNANT_LONG):
        return Bar("S17", "belly", Fact.PREGNANT)
    return None


def _caution(exercise: Exercise, person: Person) -> Bar | None:
    """The cautions that the file names for this exercise."""
    fact = person.caution(exercise.contraindications)
    return Bar(RULES[fact], "leave_out", fact) if fact else None


def _limit(exercise: Exercise, person: Person) -> Bar | None:
    """S16 to S19: what the exercise asks of the spine."""
    found = limit(exercise.loads, person)
    if found is None:
        return None
    return Bar(found.rule, "until_agreed" if found.unless else "leave_out", found.fact)
