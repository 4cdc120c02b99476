"""A routine as it suits one person today, or why there is none (S8 to S20, S27, S31, S35)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from voicecoach.language.model import Language
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adaptation import Draft
from voicecoach.screening.adaptation_steps import (
    begin_easier,
    keep_off_the_back,
    leave_out,
    rise_slowly,
    take_time,
)
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import Person
from voicecoach.screening.preferences import as_preferred, nothing_preferred
from voicecoach.screening.profile import Profile
from voicecoach.screening.refusal import not_this, refusal
from voicecoach.screening.supine_estimate import FLAT_BUDGET, flat_time
from voicecoach.screening.verdicts import Adapted, Declined


def adapt(
    routine: Routine,
    profile: Profile,
    today: date,
    language: Language,
    library: Sequence[Exercise] = (),
) -> Adapted | Declined:
    """Return `routine` as it suits the user today, or why it is not led.

    Args:
        routine: A checked routine.
        profile: What the user told, and what earlier sessions brought.
        today: The day of the session.
        language: What the changes, or the reasons, are told in.
        library: Exercises that may take the place of one that is left out (S17).

    """
    say = language.prompts
    person = Person(profile, today)
    left = person.holds(Fact.PREGNANT_LONG)
    declined = refusal(routine, person, say)
    if declined:
        return replace(declined, lie_left=left)
    draft = Draft(routine, person, language, library, list(routine.exercises))
    for step in (leave_out, as_preferred, take_time, begin_easier, keep_off_the_back):
        step(draft)
        if not draft.exercises and step is as_preferred:
            return nothing_preferred(say)
        if not draft.exercises:
            nothing = not_this(draft.last, person, say, "nothing_left", draft.changes[-1].rule)
            return replace(nothing, lie_left=left)
    rise_slowly(draft)
    within = tuple(exercise.within(routine.limits) for exercise in draft.exercises)
    fitting = replace(routine, exercises=within)
    kept = {exercise.id for exercise in draft.exercises}  # the last step may leave out eased ones
    levels = {id_: level for id_, level in draft.levels.items() if id_ in kept}
    return Adapted(fitting, levels, tuple(draft.changes), left)


def narrowed(
    adapted: Adapted,
    exercises: tuple[Exercise, ...],
    profile: Profile,
    today: date,
    language: Language,
) -> Adapted | None:
    """Return `adapted` with some of its exercises, in shorter forms, or None against a rule.

    What depends on the neighbours of an exercise is looked at again: the time flat on the back
    (S17), and where the user gets up (S19).
    """
    person = Person(profile, today)
    routine = replace(adapted.routine, exercises=exercises)
    if person.holds(Fact.PREGNANT_LONG) and flat_time(routine, language) > FLAT_BUDGET:
        return None
    draft = Draft(routine, person, language, (), list(exercises))
    rise_slowly(draft)
    kept = {exercise.id for exercise in exercises}
    levels = {id_: level for id_, level in adapted.levels.items() if id_ in kept}
    gone = {exercise.id for exercise in adapted.routine.exercises} - kept
    changes = tuple(c for c in adapted.changes if not c.exercises or {*c.exercises} - gone)
    fitting = replace(routine, exercises=tuple(draft.exercises))
    return replace(adapted, routine=fitting, levels=levels, changes=changes)
