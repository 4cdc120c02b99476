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

NAMED: Final = 5
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
        names.append(say.count("menu_more", more))
    return (say.say("menu_shelf", names=say.things(names)),)


def _usual(routines: Sequence[Routine], past: Sequence[Past], say: Prompts) -> Proposal | None:
    found = pick(routines, done=done_of(past))
    if found is None:
        return None
    return Proposal(
        (), say.say("menu_propose", name=found.name), Choice(Command.START, routine=found.id)
    )
