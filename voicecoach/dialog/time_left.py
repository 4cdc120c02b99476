"""How long a session still takes, if nothing interrupts it: the tracks that are still to come."""

from __future__ import annotations

from itertools import pairwise

from voicecoach.dialog.next import Next
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WORK, State
from voicecoach.language.prompts import MOST
from voicecoach.plan.plan import PACES
from voicecoach.units import Ms

ROUND_TO = 5
"""Seconds that are left are said in fives."""


def time_left(s: SessionContext, at: Ms) -> Ms:
    """Return what is left at `at`: of the present track, and of all that comes after it."""
    left = s.left_at(at)
    if s.ending.outcome:
        return left
    present = s.begun and s.place.index not in s.place.finished
    first = s.place.index + 1 if s.begun else 0
    later = [i for i in range(first, len(s.plan.routine.exercises)) if not s.place.is_out(i)]
    known = s.delivery.settled or present
    left = Ms(left + sum(_whole(s, i, known or i > later[0]) for i in later))
    ways = pairwise([s.place.index, *later] if present else later)
    left = Ms(left + sum(s.plan.between(*way).length for way in ways))
    left = Ms(left + s.plan.closing().length)
    return Ms(left + _rest_of_exercise(s)) if present else left


def _whole(s: SessionContext, index: int, known: bool) -> Ms:
    how, level = s.delivery, s.place.levels.get(index, 0)
    return s.plan.estimate(index, level, s.talk_of(index), PACES[how.pace], known)


def _rest_of_exercise(s: SessionContext) -> Ms:
    """Return how long the present exercise takes after the present track."""
    place, how = s.place, s.delivery.manner
    then = s.mark.then if s.mark else s.then
    back = place.back_to if then is Next.BACK_IN_POSITION else None
    ahead = place.stop + 1 if s.interrupted in WORK or back else place.stop
    left: int = sum(s.plan.led(x, s.level, how).length for x in place.stations[ahead:])
    ways = pairwise(place.stations[place.stop :])
    left += sum(s.plan.bridge(*way, s.level).length for way in ways)
    if s.interrupted is State.READING:
        left += s.settle().length
    return Ms(left + (back.track.length if back else 0))


def time_left_line(s: SessionContext, left: Ms) -> str:
    """Return a line for how much of a hold or rest is left: seconds in fives, or minutes."""
    if left > MOST * 1000:
        return s.prompts.time_left(left)
    seconds = max(ROUND_TO, round(left / 1000 / ROUND_TO) * ROUND_TO)
    return s.prompts.count("more_seconds", seconds)
