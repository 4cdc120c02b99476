"""Going back to where the routine was interrupted, with the words that the body needs for it.

After a word aside the user is still in position: a count-in is enough. After a halt, or a longer
interruption, the user may have moved: then the coach says where to be, and gives time to get there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product

from voicecoach.dialog.next import Next
from voicecoach.dialog.questions import answers_to
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import Mark
from voicecoach.dialog.states import WORK, State
from voicecoach.dialog.time_left import ROUND_TO, time_left_line
from voicecoach.language.sides import has_side
from voicecoach.plan.narration import FULL, SHORT
from voicecoach.plan.plan import LEVELS
from voicecoach.track import Item, Track, lines_of, silence, spoken
from voicecoach.units import Ms

IN_PLACE = Ms(20_000)
"""After a longer interruption the user may have left the position. Our own choice: a stretch of
that length is easily held on, but few people stay in one that nobody counts."""

TO_WORK = frozenset({Next.IN_POSITION, Next.BACK_IN_POSITION})
"""What follows a track after which the user works, and must be in position."""

SPARE = Ms(2000)
"""A rest that is left is long enough if it leaves so much more than the time to settle."""


def go_back(s: SessionContext, lines: Sequence[str] = ()) -> None:
    """Go on at the mark: after `lines`, where to be if the user has moved, and a count-in.

    An answer that was cut is said again before that.
    """
    cut = s.asking.take_cut()
    said = [*lines, *answers_to(s, cut, s.now)]
    mark, s.mark = s.mark, None
    assert mark is not None
    lead = s.speak(said, Ms(500)) if said else silence(Ms(0))
    _enter(s, mark, lead)
    s.asking.tell(cut, Ms(s.player.anchor + lead.length))


def _enter(s: SessionContext, mark: Mark, lead: Track) -> None:
    """Go on at the mark after `lead`."""
    if mark.state in WORK:
        _go_back_to_work(s, mark, lead)
    elif mark.then in TO_WORK:
        _go_on_to_work(s, mark, lead)
    else:
        s.enter(mark.state, lead.then(mark.track), mark.then)


def _go_back_to_work(s: SessionContext, mark: Mark, lead: Track) -> None:
    left = how_much_is_left(s, mark)
    if has_moved(s, mark):
        s.place.first, s.place.back_to = mark.rep, mark
        track = lead.then(said(s, [*position(s), *left])).then(s.settle())
        s.enter(State.SETTLING, track, Next.BACK_IN_POSITION)
    else:
        lead = lead.then(said(s, left)).then(s.lead_in()).closed()
        s.enter(mark.state, lead.then(mark.track), mark.then)


def _go_on_to_work(s: SessionContext, mark: Mark, lead: Track) -> None:
    if has_moved(s, mark):
        where = position(s)
        way = said(s, where).then(unhurried(s, _without(mark.track, lines_of(where))))
    else:  # of a silence that was cut before the first beat, nothing would be heard
        spoken_of = any(cue.text for cue in mark.track.cues)
        way = mark.track if spoken_of else s.lead_in()
    s.enter(mark.state, lead.then(way), mark.then)


def _without(track: Track, lines: Iterable[str]) -> Track:
    """Return `track` without those of `lines` with which it begins: they are said before it."""
    first = next((i for i, cue in enumerate(track.cues) if cue.text not in lines), None)
    return silence(Ms(0)) if first is None else track.start_at(first) if first else track


def has_moved(s: SessionContext, mark: Mark) -> bool:
    """Tell whether the user may have left the position since the interruption."""
    return s.place.moved or s.place.out is not None or s.now > mark.at + IN_PLACE


def position(s: SessionContext) -> list[Item]:
    """Return where to be, with the side: the way in too, where the way out was said."""
    exercise = s.exercise.at(s.level)
    way_in = s.way_in() if s.place.out is not None else ()
    named = not s.station.side or has_side(*lines_of(exercise.start))
    key_cue = () if exercise.start and named else (exercise.short,)
    return s.sided([*way_in, *key_cue])


def unhurried(s: SessionContext, track: Track) -> Track:
    """Return `track`, which ends with a count-in, with time to get into position before that."""
    ways = product(LEVELS, (FULL, SHORT), [s.station.side], (False, True))
    known = _texts(s.plan.settle(s.place.index, *way) for way in ways) | {""}
    last = len(track.cues)
    while last and track.cues[last - 1].text in known:
        last -= 1
    tail = {cue.text for cue in track.cues[last:] if cue.text}
    ready = s.settle()
    if not track.cues:
        return ready
    if last == len(track.cues):
        return track
    if tail <= _texts([ready]) and track.length >= s.exercise.settle + SPARE:
        return track
    first = s.plan.settle(s.place.index, s.level, s.talk, s.station.side)
    unheard = tail & (_texts([first]) - _texts([ready]))
    return track.until(track.cues[last].at).then(first if unheard else ready)


def _texts(tracks: Iterable[Track]) -> set[str]:
    return {cue.text for track in tracks for cue in track.cues}


def how_much_is_left(s: SessionContext, mark: Mark) -> list[Item]:
    """Return how much of a hold or rest is left, if it had begun and is not nearly over."""
    if not done(s, mark) or mark.track.length < ROUND_TO * 1000:
        return []
    return [time_left_line(s, mark.track.length)]


def done(s: SessionContext, mark: Mark) -> Ms:
    """Return how much of a hold or rest was done at the mark, at the present level."""
    if mark.state is not State.HOLDING:
        return Ms(0)
    whole = s.plan.led(s.station, s.level, s.delivery.manner)
    return Ms(max(0, whole.length - mark.track.length))


def said(s: SessionContext, items: Sequence[Item]) -> Track:
    """Return `items` as a track at which a second interruption can go on."""
    return spoken(items, s.lengths, after=Ms(500))
