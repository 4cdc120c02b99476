"""What the menu of a coach that is always on can say and offer today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from voicecoach.dialog.menu import Choice, Menu, Proposal
from voicecoach.fitting.pick import pick
from voicecoach.history.past import Past
from voicecoach.history.recall import recall
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.routine.model import Routine
from voicecoach.screening.profile import Profile

NAMED: Final = 3
"""Routines that are named one after the other: more cannot be remembered."""


def menu_of(
    routines: Sequence[Routine],
    past: Sequence[Past],
    today: date,
    say: Prompts,
    told: Mapping[Command, Sequence[str]],
    first: Proposal | None = None,
) -> Menu:
    """Return the menu where `routines` may be proposed to the user; `told` are further answers."""
    recalled = recall(past, (), today, say)
    answers = {
        Command.WHAT_THERE: _shelf(routines, done_of(past), say),
        Command.THIS_WEEK: recalled.week,
        Command.LAST_TIME: recalled.last,
        Command.PROGRESS: recalled.going,
        Command.COMMANDS: (say.say("menu_can_say"),),
        **told,
    }
    return Menu(answers, _usual(routines, past, say), first)


def preferred(
    profile: Profile, shelf: Sequence[Routine], say: Prompts
) -> dict[Command, Sequence[str]]:
    """Return what can be told of what the user likes, and wants from now on."""
    routines = {routine.id: routine.name for routine in shelf}
    exercises = {one.id: one.name for routine in shelf for one in routine.exercises}
    liked = [routines[id_] for id_ in profile.favourites if id_ in routines]
    wanted = {exercises[id_]: p for id_, p in profile.preferences.items() if id_ in exercises}
    out = [name for name, one in wanted.items() if one.out]
    lines = [say.say("menu_out", things=say.things(out))] if out else []
    lines += [
        say.say("menu_count", name=name, times=say.number(one.count))
        for name, one in wanted.items()
        if one.count
    ]
    likes = say.say("menu_likes", names=say.things(liked)) if liked else say.say("menu_no_likes")
    return {
        Command.FAVOURITES: (likes,),
        Command.CHANGES: lines or [say.say("menu_no_changes")],
    }


def done_of(past: Sequence[Past]) -> list[str]:
    """Return the ids of the routines that were begun, the latest last."""
    return [one.session.routine for one in past]


def _shelf(routines: Sequence[Routine], done: Sequence[str], say: Prompts) -> tuple[str, ...]:
    """Return one sentence that names the routines, those that were done last first."""
    if not routines:
        return (say.say("menu_none"),)
    latest = {name: i for i, name in enumerate(done)}
    ordered = sorted(routines, key=lambda routine: -latest.get(routine.id, -1))
    names = [routine.name for routine in ordered[:NAMED]]
    more = len(ordered) - len(names)
    if more:
        names.append(say.count("others", more))
    return (say.say("menu_shelf", names=say.things(names)),)


def _usual(routines: Sequence[Routine], past: Sequence[Past], say: Prompts) -> Proposal | None:
    found = pick(routines, done=done_of(past))
    if found is None:
        return None
    return Proposal(
        (), say.say("menu_propose", name=found.name), Choice(Command.START, thing=found.id)
    )
