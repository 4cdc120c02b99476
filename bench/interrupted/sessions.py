"""A session in virtual time with its sounds, and the session that is not interrupted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from bench.english import LANGUAGE
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Hush, Play
from voicecoach.dialog.events import Event, Started, Woke
from voicecoach.dialog.next import Next
from voicecoach.dialog.player import LEAD
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_state import Delivery
from voicecoach.dialog.states import State
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.track import Cue, CueKind, Track, silence
from voicecoach.units import Ms

WORD = 350
"""Milliseconds of a word of the coach's usual voice (`tests/routines/shelf.py`)."""


LONGEST_LINE = 30_000
"""No line lasts longer."""


def length(text: str) -> Ms:
    """Return about how long a line takes: the proof needs the same lengths on every machine."""
    return Ms(WORD * len(text.split()))


def plan_of(name: str) -> Plan:
    """Return the plan of a shipped routine."""
    routine = load_routine(routine_files()[name], LANGUAGE)
    return compile_plan(routine, LANGUAGE, {x: length(x) for x in all_lines(routine, LANGUAGE)})


@dataclass(slots=True)
class Sound:
    """A cue as it was heard, a silent count among them."""

    cue: Cue
    at: int
    end: int
    place: tuple[int, int]
    """Index of the exercise, and of the station in it."""
    whole: bool = True

    @property
    def what(self) -> tuple[object, ...]:
        """What it is, apart from its time: two sounds alike in this are the same step."""
        return (self.cue.text, self.cue.kind, self.cue.n, self.place)


class Room:
    """A session, its clock and its loudspeaker."""

    def __init__(self, session: Session, plan: Plan) -> None:
        self.session, self.plan = session, plan
        self.now = 0
        self.sounds: list[Sound] = []
        self.hushed = False

    @property
    def context(self) -> Any:
        """The state of the session."""
        return self.session._s

    def give(self, event: Event) -> None:
        """Hand over an event, and let sound what it brings."""
        self.now = max(self.now, event.now)
        for effect in self.session.handle(event):
            if isinstance(effect, Play) and (effect.cue.text or effect.cue.kind is not CueKind.SAY):
                at = max(effect.at, self.now)
                _, end = self.plan.spoken.span(replace(effect.cue, at=Ms(at)))
                self.sounds.append(Sound(effect.cue, at, end, self.place))
            elif isinstance(effect, Hush):
                self._hush()

    @property
    def place(self) -> tuple[int, int]:
        """Return where in the routine the session stands."""
        return self.context.place.index, self.context.place.stop

    def _hush(self) -> None:
        self.hushed = True
        self.sounds = [sound for sound in self.sounds if sound.at < self.now]
        for sound in self.sounds:
            if sound.end > self.now:
                sound.end, sound.whole = self.now, False

    def wake(self) -> None:
        """Let the time of the deadline come."""
        due = self.session.deadline
        assert due is not None, "nothing is due"
        self.give(Woke(due))


class Key(NamedTuple):
    """All of a session that decides how it goes on, as it begins a track.

    Times are left out, and what only later interruptions would see: two sessions that are alike
    in this go on alike.
    """

    state: State
    then: Next
    track: Track
    place: tuple[object, ...]
    pain: tuple[object, ...]
    delivery: Delivery
    rest: tuple[object, ...]

    def before_settling(self) -> Key:
        """Return the same without what is said to a user who settles for the first time."""
        none = silence(Ms(0)) if self.state is State.SETTLING else self.track
        return self._replace(track=none, delivery=replace(self.delivery, settled=True))


def key(room: Room) -> Key:
    """Return how the session goes on that begins a track."""
    s = room.context
    place, pain = s.place, s.pain
    first = place.first if s.then in (Next.IN_POSITION, Next.SET_DONE) else 1
    levels, out = dict(place.levels), dict(place.dropped)
    return Key(
        s.state,
        s.then,
        s.player.track,
        (place.index, place.stop, first, levels, set(place.finished), out, place.back_to),
        (pain.report, dict(pain.middling), pain.recheck),
        replace(s.delivery),
        (s.ending.outcome, s.mark, place.out),
    )


@dataclass(slots=True)
class Phase:
    """A track of the session that is not interrupted."""

    at: int
    end: int
    state: State
    then: object
    place: tuple[int, int]
    key: Key
    sounds: list[Sound] = field(default_factory=list)


@dataclass(slots=True)
class Point:
    """The session as it was saved after a waking."""

    at: int
    phase: int
    text: str


class Reference:
    """The session that is not interrupted: its phases with their sounds, and where to branch."""

    def __init__(
        self, plan: Plan, levels: dict[str, int] | None = None, known: bool = False
    ) -> None:
        ids = frozenset(exercise.id for exercise in plan.routine.exercises if known)
        self.plan, self.known = plan, known
        self.care = Care(levels=levels or {}, known=ids, instructed=known, met=known)
        self.phases: list[Phase] = []
        self.points: list[Point] = []
        room = Room(Session(plan, care=self.care), plan)
        room.give(Started(Ms(0)))
        self._note(room)
        while not room.session.over:
            room.wake()
            self._note(room)
        self.end = room.now
        self.sounds = sorted(room.sounds, key=lambda sound: sound.at)
        self._starts = [sound.at for sound in self.sounds]
        for sound in self.sounds:
            self.phases[self._phase_at(sound.at)].sounds.append(sound)
        for phase in self.phases:
            for sound in phase.sounds:
                sound.place = phase.place

    def _note(self, room: Room) -> None:
        s = room.context
        track = s.player.track
        if track is not None and (not self.phases or s.player.anchor != self.phases[-1].at):
            end = s.player.anchor + track.length
            self.phases.append(Phase(s.player.anchor, end, s.state, s.then, room.place, key(room)))
        self.points.append(Point(room.now, len(self.phases) - 1, room.session.save()))

    def _phase_at(self, at: int) -> int:
        return max(0, bisect_right([phase.at for phase in self.phases], at) - 1)

    def moments(self, every: int, offset: int = 0) -> Iterator[tuple[int, Point]]:
        """Yield a moment `every` so many milliseconds, and where to branch off for it."""
        at, point = offset, 0
        while at < self.end:
            while point + 1 < len(self.points) and self.points[point + 1].at <= at:
                point += 1
            yield at, self.points[point]
            at += every

    def branch(self, session: Session, point: Point, moment: int) -> Room:
        """Return the session as it is at `moment`, with what is still to sound by then."""
        session.load(point.text)
        room = Room(session, self.plan)
        room.now = moment
        first = bisect_right(self._starts, moment - LONGEST_LINE)
        for sound in self.sounds[first:]:
            if sound.at - LEAD > point.at:
                break
            if sound.end > moment or sound.at >= moment:
                room.sounds.append(Sound(sound.cue, sound.at, sound.end, sound.place))
        return room
