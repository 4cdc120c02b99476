"""What is changed by voice while no session is led: asked about first, then kept in the profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from voicecoach.app.things_at_hand import exercise_on
from voicecoach.dialog.menu import Choice, Proposal
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Routine
from voicecoach.screening.preferences import counts_kept, with_count
from voicecoach.screening.profile import Preference, Profile

CHANGING = (Command.LEAVE_OUT, Command.COUNT, Command.LIKE, Command.UNLIKE)


def change_asked(choice: Choice, shelf: Sequence[Routine], say: Prompts) -> Proposal | None:
    """Return the question whether to do what was understood; None where that is not possible."""
    routine = next((one for one in shelf if one.id == choice.thing), None)
    exercise = exercise_on(shelf, choice.thing)
    match choice.what:
        case Command.LEAVE_OUT if exercise:
            question = say.say("menu_leave_out", name=exercise.name)
        case Command.COUNT if exercise and choice.number:
            times = say.number(with_count(exercise, choice.number).dose.count)
            question = say.say("menu_ask_count", name=exercise.name, times=times)
        case Command.LIKE if routine:
            question = say.say("menu_like", name=routine.name)
        case Command.UNLIKE if routine:
            question = say.say("menu_unlike", name=routine.name)
        case _:
            return None
    return Proposal((), question, replace(choice, sure=True))


def so_already(
    choice: Choice, profile: Profile, shelf: Sequence[Routine], say: Prompts
) -> str | None:
    """Return what is said where an exercise has as many repetitions or strokes as are asked for."""
    exercise = exercise_on(shelf, choice.thing)
    if choice.what is not Command.COUNT or not exercise or not choice.number:
        return None
    count = with_count(exercise, choice.number).dose.count
    among = [one for routine in shelf for one in routine.exercises]
    if counts_kept([exercise], profile, among) != {exercise.id: count}:
        return None
    return say.say("menu_so_already", name=exercise.name, times=say.number(count))


def changed(choice: Choice, profile: Profile, shelf: Sequence[Routine], today: date) -> Profile:
    """Return the profile with what was chosen, and accepted."""
    exercise = exercise_on(shelf, choice.thing)
    match choice.what:
        case Command.LEAVE_OUT if exercise:
            return profile.prefer(exercise.id, Preference(today, out=True))
        case Command.COUNT if exercise and choice.number:
            count = with_count(exercise, choice.number).dose.count
            return profile.prefer(exercise.id, Preference(today, count=count))
        case Command.LIKE:
            return profile.like(choice.thing, today)
        case Command.UNLIKE:
            return profile.like(choice.thing, None)
        case _:
            return profile
