"""Answers to questions of the user: how long, how many, what next, which side, how, where."""

from __future__ import annotations

from itertools import pairwise

from voicecoach.dialog import flow
from voicecoach.dialog.context import Context
from voicecoach.dialog.controls import reply
from voicecoach.dialog.states import WORK, State
from voicecoach.language.prompts import MOST
from voicecoach.plan.narration import dose_lines
from voicecoach.plan.plan import PACES
from voicecoach.routine.model import Timed
from voicecoach.units import Ms

CAN_SAY = {
    State.WELCOME: "can_say_welcome",
    State.BREATHING: "can_say_breathing",
    State.PAUSED: "can_say_paused",
    State.STOPPED: "can_say_stopped",
}
"""Keys of the lines that name what is live; any other state stands in an exercise."""

ROUND_TO = 5
"""Seconds that are left are said in fives: by the time they are said, some have passed."""


def how_long(s: Context) -> None:
    """How long the session still takes."""
    reply(s, [s.plan.say.time_left(time_left(s))])


def time_left(s: Context) -> Ms:
    """Estimate what is left: of the present track, and of the exercises to come."""
    track = s.mark.track if s.mark else None
    left = track.length if track else Ms(s.player.end - s.now if s.player.track else 0)
    first = s.index + 1 if s.stations else 0
    later = [i for i in range(first, len(s.plan.routine.exercises)) if i not in s.dropped]
    for i in later:
        left = Ms(left + s.plan.estimate(i, s.levels.get(i, 0), s.talk, PACES[s.pace]))
    if s.stations and s.index not in s.finished:
        left = Ms(left + _rest_of_exercise(s))
    return left


def _rest_of_exercise(s: Context) -> Ms:
    state = s.mark.state if s.mark else s.state
    ahead = s.stop + 1 if state in WORK else s.stop
    left: int = sum(s.plan.led(x, s.level, s.how).length for x in s.stations[ahead:])
    left += sum(s.plan.bridge(*two, s.level).length for two in pairwise(s.stations[s.stop :]))
    return Ms(left + (s.plan.settle(s.index, s.talk).length if state is State.READING else 0))


def how_many(s: Context) -> None:
    """How many repetitions or strokes, or how much of the hold or rest, are left."""
    dose = s.variant.dose
    if (s.mark.state if s.mark else s.state) not in WORK:
        reply(s, dose_lines(s.exercise, dose, s.plan.say)[:1])
    elif isinstance(dose, Timed):
        left = s.mark.track.length if s.mark else Ms(s.player.end - s.now)
        if left > MOST * 1000:
            reply(s, [s.plan.say.time_left(left)])
            return
        seconds = max(ROUND_TO, round(left / 1000 / ROUND_TO) * ROUND_TO)
        reply(s, [s.line("more_seconds", n=s.plan.say.number(seconds))])
    else:
        reply(s, [s.plan.say.more(dose.count - s.rep())])


def whats_next(s: Context) -> None:
    """What comes after this exercise."""
    following = flow.next_index(s) if s.stations else 0
    if following is None:
        reply(s, [s.line("last")])
    else:
        reply(s, [s.line("next_exercise", name=s.plan.exercise(following).name)])


def which_side(s: Context) -> None:
    """Which side works now."""
    side = s.station.side if s.stations else None
    reply(s, [s.line("side_is", side=side) if side else s.line("side_none")])


def how_to(s: Context) -> None:
    """Describe the exercise in full; then go on where it was interrupted."""
    reply(s, s.sided([*s.exercise.full, *s.variant.say]))


def where(s: Context) -> None:
    """Which exercise this is."""
    n, of = s.index + 1, len(s.plan.routine.exercises)
    say = s.plan.say
    reply(s, [say.say("where", n=say.number(n), of=say.number(of), name=s.exercise.name)])


def can_say(s: Context) -> None:
    """What the user can say now."""
    reply(s, [s.line(CAN_SAY.get(s.state, "can_say"))])
