"""A routine of the user's own, mixed from the exercises of others, under the same rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import TypeVar

from voicecoach.errors import InputError, did_you_mean
from voicecoach.language.model import Language
from voicecoach.routine.model import Exercise, Frequency, Per, Routine
from voicecoach.routine.safety import HEAVY_A_WEEK
from voicecoach.screening.rules import rules

T = TypeVar("T")


def mixed(
    id_: str, name: str, wanted: Sequence[str], shelf: Sequence[Routine], language: Language
) -> Routine:
    """Return a routine of the exercises that are named by `wanted`, ids or names, in their order.

    What the files of their routines forbid or limit holds in the mix as well, and it is done as
    seldom as the one of them that is done most seldom. Raises `InputError` for an exercise that is
    not there, is named twice, or belongs to a routine that a rule shuts as a whole (S18).
    """
    homes = [_home(one, shelf) for one in wanted]
    exercises = tuple(exercise for _, exercise in homes)
    ids = [exercise.id for exercise in exercises]
    twice = next((one for one in ids if ids.count(one) > 1), "")
    if twice:
        raise InputError(f"The exercise '{twice}' is named twice", "", "Name each once.")
    routines = [routine for routine, _ in homes]
    things = language.prompts.things([exercise.name for exercise in exercises])
    return Routine(
        id=id_,
        name=name,
        summary=f"{things[:1].upper()}{things[1:]}.",
        language=language.code,
        author="; ".join(_once(routine.author for routine in routines)),
        licence="; ".join(_once(routine.licence for routine in routines)),
        sources=_once(chain.from_iterable(routine.sources for routine in routines)),
        equipment=_once(chain.from_iterable(routine.equipment for routine in routines)),
        exercises=exercises,
        contraindications=_once(chain.from_iterable(r.contraindications for r in routines)),
        frequency=_seldom(routines),
    )


def _home(wanted: str, shelf: Sequence[Routine]) -> tuple[Routine, Exercise]:
    """Return an exercise, and a routine that holds it, which no rule shuts as a whole."""
    found = [(r, e) for r in shelf for e in r.exercises if wanted.lower() in (e.id, e.name.lower())]
    if not found:
        known = sorted({exercise.id for routine in shelf for exercise in routine.exercises})
        hint = did_you_mean(wanted, known) or "`voicecoach edit exercises` lists them"
        raise InputError(f"There is no exercise '{wanted}'", hint[:1].upper() + hint[1:], "")
    shut = {id_ for rule in rules() for id_ in (*rule.routines_off, *rule.routines_agreed)}
    free = [(routine, exercise) for routine, exercise in found if routine.id not in shut]
    if not free:
        why = f"It belongs to {found[0][0].id}, which is not for everyone as a whole (rule S18)"
        raise InputError(f"The exercise '{wanted}' cannot be mixed", why, "Choose another one.")
    routine, exercise = free[0]
    return routine, exercise.within(routine.limits)


def _seldom(routines: Iterable[Routine]) -> Frequency | None:
    """S32: strength work among them makes the whole strength work."""
    weekly = [r.frequency for r in routines if r.frequency and r.frequency.per is Per.WEEK]
    heavy = [often for often in weekly if often.times <= HEAVY_A_WEEK]
    return min(heavy or weekly, key=lambda often: often.times, default=None)


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
