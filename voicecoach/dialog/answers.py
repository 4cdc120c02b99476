"""Answers to questions of the user: how long, how many, what next, which side, how, where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from voicecoach.dialog import flow
from voicecoach.dialog.asking import wait
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WAITING, WORK, State
from voicecoach.language.prompts import MOST
from voicecoach.plan.narration import dose_lines
from voicecoach.plan.plan import PACES
from voicecoach.track import Item
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


def reply(s: SessionContext, lines: Sequence[Item]) -> None:
    """Answer without changing anything: aside while the routine goes on, else in place."""
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, lines)
    else:
        s.answer(*lines)


def how_long(s: SessionContext) -> None:
    """How long the session still takes."""
    reply(s, [s.prompts.time_left(time_left(s))])


def time_left(s: SessionContext) -> Ms:
    """Estimate what is left: of the present track, and of the exercises to come."""
    track = s.mark.track if s.mark else None
    left = track.length if track else Ms(s.player.end - s.now if s.player.track else 0)
    first = s.place.index + 1 if s.begun else 0
    later = [i for i in range(first, len(s.plan.routine.exercises)) if i not in s.place.dropped]
    talk, pace = s.delivery.talk, PACES[s.delivery.pace]
    left = Ms(left + sum(s.plan.estimate(i, s.place.levels.get(i, 0), talk, pace) for i in later))
    if s.begun and s.place.index not in s.place.finished:
        left = Ms(left + _rest_of_exercise(s))
    return left


def _rest_of_exercise(s: SessionContext) -> Ms:
    place, how = s.place, s.delivery.manner
    ahead = place.stop + 1 if s.interrupted in WORK else place.stop
    left: int = sum(s.plan.led(x, s.level, how).length for x in place.stations[ahead:])
    ways = pairwise(place.stations[place.stop :])
    left += sum(s.plan.bridge(*way, s.level).length for way in ways)
    if s.interrupted is State.READING:
        left += s.plan.settle(place.index, s.delivery.talk).length
    return Ms(left)


def how_many(s: SessionContext) -> None:
    """How many repetitions or strokes, or how much of the hold or rest, are left."""
    dose = s.variant.dose
    if s.interrupted not in WORK:
        reply(s, dose_lines(s.exercise, dose, s.prompts)[:1])
    elif dose.timed:
        left = s.mark.track.length if s.mark else Ms(s.player.end - s.now)
        if left > MOST * 1000:
            reply(s, [s.prompts.time_left(left)])
            return
        seconds = max(ROUND_TO, round(left / 1000 / ROUND_TO) * ROUND_TO)
        reply(s, [s.line("more_seconds", n=s.prompts.number(seconds))])
    else:
        reply(s, [s.prompts.more(dose.count - s.rep())])


def whats_next(s: SessionContext) -> None:
    """What comes after this exercise."""
    following = flow.next_index(s) if s.begun else 0
    if following is None:
        reply(s, [s.line("last")])
    else:
        reply(s, [s.line("next_exercise", name=s.plan.exercise(following).name)])


def which_side(s: SessionContext) -> None:
    """Which side works now."""
    side = s.station.side if s.begun else None
    reply(s, [s.line("side_is", side=side) if side else s.line("side_none")])


def how_to(s: SessionContext) -> None:
    """Describe the exercise in full; then go on where it was interrupted."""
    reply(s, s.sided([*s.exercise.full, *s.variant.say]))


def where(s: SessionContext) -> None:
    """Which exercise this is."""
    n, of = s.place.index + 1, len(s.plan.routine.exercises)
    say = s.prompts
    reply(s, [say.say("where", n=say.number(n), of=say.number(of), name=s.exercise.name)])


def can_say(s: SessionContext) -> None:
    """What the user can say now."""
    reply(s, [s.line(CAN_SAY.get(s.state, "can_say"))])
