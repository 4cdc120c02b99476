"""Going on at another level: an exercise becomes easier or harder where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from voicecoach.dialog import flow
from voicecoach.dialog.next import Next
from voicecoach.dialog.returning import done, go_back, has_moved, position, said, unhurried
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import Mark
from voicecoach.dialog.states import EXERCISE, WORK, State
from voicecoach.track import Track, silence
from voicecoach.units import Ms

LEAST = Ms(5000)
"""So much of a hold is left at least after a change of level: the last seconds are counted."""


def go_on_at(s: SessionContext, level: int, lines: Sequence[str]) -> None:
    """Do the present exercise at `level` from where it was interrupted: `lines`, what changes."""
    mark = s.mark
    if mark is None or mark.state not in EXERCISE or s.place.index in s.place.finished:
        s.place.levels[s.place.index] = level
        go_back(s, lines)
    elif mark.state is State.READING:
        _describe_on(s, mark, level, lines)
    else:
        _go_on(s, mark, level, lines)


def _describe_on(s: SessionContext, mark: Mark, level: int, lines: Sequence[str]) -> None:
    """Go on with the description of the exercise at `level`, where it was cut."""
    before = _texts(s.reading())
    _set_level(s, level)
    after = s.reading()
    pairs = zip(before, _texts(after), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    heard = max(0, len(before) - len([text for text in _texts(mark.track) if text]))
    at = min(heard, same)
    rest = after.start_at(at) if at < len(after.cues) else silence(Ms(0))
    s.enter(State.READING, s.speak(lines, Ms(500)).then(rest), Next.DESCRIBED)


def _texts(track: Track) -> list[str]:
    return [cue.text for cue in track.cues]


def _go_on(s: SessionContext, mark: Mark, level: int, lines: Sequence[str]) -> None:
    """Go on with the work, or with the way to it: where to be, if the user has moved."""
    place, moved = s.place, has_moved(s, mark)
    work = place.back_to if mark.then is Next.BACK_IN_POSITION and place.back_to else mark
    held, sets = done(s, work), s.variant.dose.sets
    _set_level(s, level)
    if place.stop >= len(place.stations):
        place.stop = len(place.stations) - 1
        flow.end_exercise(s, lines)
        return
    changes = [*s.variant.say, *(position(s) if moved else ())]
    talked = s.speak(lines, Ms(500)).then(said(s, s.sided(changes)))
    if work.state in WORK:
        then = _enter_work(s, work, held)
        back = s.settle() if changes else s.lead_in()
        s.enter(State.SETTLING, talked.then(back), then)
    else:
        way = mark.track if s.variant.dose.sets == sets else _way_here(s, mark)
        s.enter(mark.state, talked.then(unhurried(s, way)), mark.then)


def _set_level(s: SessionContext, level: int) -> None:
    place = s.place
    place.levels[place.index] = level
    place.stations = tuple(s.plan.stations(place.index, level))


def _enter_work(s: SessionContext, work: Mark, held: Ms) -> Next:
    """Set where the work goes on at the present level, and return what the count-in leads to."""
    dose, place = s.variant.dose, s.place
    place.first = 1 if dose.timed else min(work.rep, dose.count)
    if not held or not dose.timed:
        return Next.IN_POSITION
    whole = s.plan.led(s.station, s.level, s.delivery.manner)
    left = whole.left(Ms(min(held, max(0, whole.length - LEAST))), s.lengths)
    place.back_to = Mark(work.state, left, Next.SET_DONE, 1, s.now)
    return Next.BACK_IN_POSITION


def _way_here(s: SessionContext, mark: Mark) -> Track:
    """Return the way to the present set, of which there are now more or fewer."""
    place = s.place
    if mark.state not in (State.RESTING, State.SWITCHING) or not place.stop:
        return mark.track
    return s.plan.bridge(place.stations[place.stop - 1], s.station, s.level)
