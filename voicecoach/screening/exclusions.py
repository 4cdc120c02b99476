"""Which exercises a person leaves out today, and by which rule (S12 to S18, S31)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.routine.model import Exercise, Position
from voicecoach.screening.facts import Fact
from voicecoach.screening.limits import limit
from voicecoach.screening.person import RULES, Person


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


REST_ONLY: Final = (
    (Fact.TWO_DAYS, "S31", "relief"),
    (Fact.DISC_ACUTE, "S18", "relief"),
    (Fact.OPERATION, "S39", "relief_until"),
)
"""Facts with which only positions of rest are left, the rule, and the key of what is said."""


def _rest(exercise: Exercise, person: Person) -> Bar | None:
    """S31, S18 in the acute phase, S39 until a doctor or midwife agrees: positions of rest only."""
    for fact, rule, key in REST_ONLY:
        if person.holds(fact) and not exercise.rests:
            return Bar(rule, key, fact)
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
