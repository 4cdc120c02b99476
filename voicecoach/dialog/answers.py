"""Answers to questions of the user: how long, how many, what next, which side, how, where.

Each is composed for the moment at which it will sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from voicecoach.dialog import flow
from voicecoach.dialog.session_context import Answer, SessionContext
from voicecoach.dialog.states import WORK, State
from voicecoach.dialog.time_left import time_left, time_left_line
from voicecoach.language.phrasebook import Command
from voicecoach.plan.narration import dose_lines
from voicecoach.track import Item
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

CAN_SAY = {
    State.WELCOME: "can_say_welcome",
    State.BREATHING: "can_say_breathing",
    State.PAUSED: "can_say_paused",
    State.STOPPED: "can_say_stopped",
}
"""Keys of the lines that name what is live; any other state stands in an exercise."""


def how_long(s: SessionContext, at: Ms) -> Sequence[Item]:
    """How long the session still takes."""
    return [s.prompts.time_left(time_left(s, at))]


def how_many(s: SessionContext, at: Ms) -> Sequence[Item]:
    """How many repetitions or strokes, or how much of the hold or rest, are left."""
    dose = s.variant.dose
    if s.interrupted in WORK:
        left = s.left_at(at)
        return [
            time_left_line(s, left) if dose.timed else s.prompts.more(dose.count - s.rep_at(at))
        ]
    if s.place.index in s.place.finished:
        return whats_next(s, at)
    return dose_lines(s.exercise, dose, s.prompts)[:1]


def whats_next(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """What comes after this exercise."""
    following = flow.next_index(s) if s.begun else 0
    if following is None:
        return [s.line("last")]
    return [s.line("next_exercise", name=s.plan.exercise(following).name)]


def which_side(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """Which side works now, or how the next exercise goes, where the present one is over."""
    if s.place.index in s.place.finished:
        following = flow.next_index(s)
        each = following is not None and s.plan.exercise(following).sides is Sides.EACH
        return [s.line("dose_each_side" if each else "side_none")]
    side = s.station.side if s.begun else None
    return [s.line("side_is", side=side) if side else s.line("side_none")]


def how_to(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """Describe the exercise in full."""
    return s.sided([*s.exercise.full, *s.variant.say])


def where(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """Which exercise this is."""
    n, of = s.place.index + 1, len(s.plan.routine.exercises)
    say = s.prompts
    return [say.say("where", n=say.number(n), of=say.number(of), name=s.exercise.name)]


def can_say(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """What the user can say now."""
    return [s.line(CAN_SAY.get(s.state, "can_say"))]


ANSWERS: Final[Mapping[Command, Answer]] = {
    Command.HOW_LONG: how_long,
    Command.HOW_MANY: how_many,
    Command.WHATS_NEXT: whats_next,
    Command.WHICH_SIDE: which_side,
    Command.HOW_TO: how_to,
    Command.WHERE: where,
    Command.COMMANDS: can_say,
}
