"""The steps of adapting a routine, in their order."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from voicecoach.plan.supine_time import ON_THE_BACK
from voicecoach.routine.model import Exercise, Position
from voicecoach.screening.adaptation import Draft
from voicecoach.screening.adapted_doses import once, unhurried, with_easier
from voicecoach.screening.exclusions import Bar, bar
from voicecoach.screening.facts import Fact
from voicecoach.screening.supine_estimate import FLAT_BUDGET, flat_time

UPRIGHT: Final = frozenset({Position.SEATED, Position.STANDING})

WORSE_DAYS: Final = 2
"""S27: after so many worse days a clinician is suggested."""


def leave_out(draft: Draft) -> None:
    """S12 to S18, S31: what is barred goes, or another exercise takes its place."""
    barred: dict[Bar, list[Exercise]] = {}
    for exercise in draft.routine.exercises:
        reason = bar(exercise, draft.person)
        if reason:
            barred.setdefault(reason, []).append(exercise)
            lying = exercise.position not in UPRIGHT
            new = draft.in_place_of(exercise) if reason.fact is Fact.PREGNANT and lying else None
            draft.swap(exercise, new)
    for reason, exercises in barred.items():
        draft.last = reason.fact
        ids = [exercise.id for exercise in exercises]
        words = {"why": draft.why(reason.fact), "things": draft.things(exercises)}
        draft.tell(reason.rule, reason.key, ids, **words)
        if reason.fact is Fact.TWO_DAYS:
            draft.tell(reason.rule, "do_rest")
    draft.tell_new()
    if draft.person.holds(Fact.SHOULDER_BLADES):
        draft.tell("S12", "see_about", why=draft.why(Fact.SHOULDER_BLADES))


def take_time(draft: Draft) -> None:
    """S19: longer transitions and stretches, and no held breath."""
    if draft.person.holds(Fact.OLDER):
        draft.exercises = [unhurried(exercise) for exercise in draft.exercises]
        draft.tell("S19", "older")


def begin_easier(draft: Draft) -> None:
    """S27, and what was left out for pain: one level easier, where there is one."""
    profile = draft.person.profile
    again = {entry.exercise: entry.level for entry in profile.dropped}
    known = [exercise for exercise in draft.exercises if exercise.id in again]
    wanted = draft.exercises if profile.level < 0 else known
    eased = {exercise.id: with_easier(exercise) for exercise in wanted}
    draft.exercises = [eased.get(exercise.id, exercise) for exercise in draft.exercises]
    draft.levels |= {
        id_: again.get(id_, profile.level) for id_, exercise in eased.items() if exercise.easier
    }
    if profile.level < 0:
        draft.tell("S27", "easier")
    if profile.worse_days >= WORSE_DAYS:
        draft.tell("S27", "see_somebody")
    told = [exercise for exercise in known if exercise.id in draft.levels]
    if told:
        draft.tell("S27", "again", [e.id for e in told], things=draft.things(told))


def keep_off_the_back(draft: Draft) -> None:
    """S17, S35: flat on the back only for so long in a row."""
    if not draft.person.holds(Fact.PREGNANT_LONG):
        return
    kept: list[Exercise] = []
    changed = []
    for exercise in list(draft.exercises):
        fitting = _fitting(draft, exercise, kept)
        if fitting is not exercise:
            changed.append(exercise.id)
            draft.swap(exercise, fitting)
        kept += [fitting] if fitting else []
    if changed:
        draft.last = Fact.PREGNANT
        draft.tell("S35", "flat", changed, why=draft.why(Fact.PREGNANT))
        draft.tell_new()


def _fitting(draft: Draft, exercise: Exercise, kept: list[Exercise]) -> Exercise | None:
    """Return the exercise, one set of it, another one, or None, so that the time is kept."""
    if exercise.position not in ON_THE_BACK:
        return exercise
    for shorter in (exercise, once(exercise)):
        trial = replace(draft.routine, exercises=(*kept, shorter))
        if flat_time(trial, draft.language) <= FLAT_BUDGET:
            return shorter
    new = draft.in_place_of(exercise)
    return unhurried(new) if new and draft.person.holds(Fact.OLDER) else new


def rise_slowly(draft: Draft) -> None:
    """S19: a cue where the user gets up from the floor, and nowhere else."""
    if not draft.person.holds(Fact.OLDER):
        return
    cue = draft.say.adapt["get_up"]
    following = [*(e.position for e in draft.exercises[1:]), Position.STANDING]
    ways = [tuple(item for item in e.way_out if item != cue) for e in draft.exercises]
    draft.exercises = [
        replace(e, way_out=(*way, cue) if e.position not in UPRIGHT and to in UPRIGHT else way)
        for e, way, to in zip(draft.exercises, ways, following, strict=True)
    ]
