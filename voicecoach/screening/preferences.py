"""A routine as the user wants it from now on, within the rules: the fewer, and nothing forbidden.

What a safety rule changes comes first: a preference never brings back what a rule leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Exercise
from voicecoach.screening.adaptation import Draft
from voicecoach.screening.adapted_doses import at_each_level
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Declined


def as_preferred(draft: Draft) -> None:
    """Leave out what the user never wants, and count as they want it."""
    wanted = draft.person.profile.preferences
    kept = [e for e in draft.exercises if not (e.id in wanted and wanted[e.id].out)]
    draft.exercises = [
        with_count(e, wanted[e.id].count) if e.id in wanted and wanted[e.id].count else e
        for e in kept
    ]


def with_count(exercise: Exercise, count: int) -> Exercise:
    """Return `exercise` with so many repetitions or strokes in a set, and no more at its other
    levels than they have; within the limits of a plan. Unchanged where nothing is counted.
    """
    plain = exercise.dose.with_count(count)
    if plain is None:
        return exercise
    fewer = at_each_level(
        exercise, lambda dose: dose.with_count(min(dose.count, plain.count)) or dose
    )
    return replace(fewer, dose=plain).within()


def counts_kept(
    exercises: Iterable[Exercise], profile: Profile, among: Iterable[Exercise]
) -> dict[str, int]:
    """Return how many repetitions or strokes a set of each of `exercises` has from now on, by its
    id: as the user wants it, or as all of `among` have it. Without those of which that differs.
    """
    written: dict[str, set[int]] = {}
    for one in among:
        written.setdefault(one.id, set()).add(one.dose.count)
    kept: dict[str, int] = {}
    for id_ in {one.id for one in exercises}:
        wanted = profile.preferences.get(id_)
        found = {wanted.count} if wanted else written.get(id_, set())
        if len(found) == 1:
            kept[id_] = next(iter(found))
    return kept


def nothing_preferred(say: Prompts) -> Declined:
    """Return the refusal of a routine of which the user wants nothing."""
    return Declined("", (say.adapt["all_left_out"],), (say.adapt["put_back_or_other"],))
