"""One interruption: the event, what a user answers, and the session until it has found its way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.interrupted.sessions import Key, Point, Reference, Room, Sound, key
from voicecoach.dialog.events import Event, Heard, Hushed, Released, Unclear
from voicecoach.dialog.player import LEAD
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import LED, SESSION
from voicecoach.dialog.states import ACTIVE, WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

C, S = Command, State

TO_ANSWER = 2000
"""Milliseconds from a question to its answer."""
QUIET = 270
"""Milliseconds of a hush that comes to nothing, the longest there is."""
MOST_TRACKS = 60
"""A session that has not found its way back after so many tracks never will."""

There = Callable[[Key], bool]
"""Tells of a track that begins whether the session has come to where it should."""
Answers = Mapping[State, tuple[Command, int | None]]
DULL: dict[State, tuple[Command, int | None]] = {
    S.ASK_SCORE: (C.NUMBER, 1),
    S.ASK_SHARP: (C.NO, None),
    S.ASK_HURT: (C.NO, None),
    S.STOPPED: (C.RESUME, None),
    S.PAUSED: (C.RESUME, None),
    S.OFFER_NEXT: (C.RESUME, None),
}
"""A pain of one in ten that is not sharp."""
GOES_ON: Answers = {**DULL, S.OFFER_EASIER: (C.RESUME, None)}
SKIPS: Answers = {**DULL, S.OFFER_EASIER: (C.NO, None)}


@dataclass(frozen=True)
class Kind:
    """A kind of interruption."""

    name: str
    command: Command | None
    """None: something that may have been a halt word, and no answer to the question."""
    hush: bool = False
    """Whether it sounded like a halt word at first, but was none."""
    wait: int = TO_ANSWER
    """Milliseconds before each answer."""
    answers: Answers = field(default_factory=lambda: DULL)
    moves: bool = False
    """Whether the user leaves the position, so that the coach must say where to be."""
    asks: bool = False
    skips: bool = False
    back: bool = False
    """Whether it leads back: to the exercise before, or to the start of this one."""
    level: int = 0
    """What it makes of the exercise: -1 easier, 1 harder."""
    patient: bool = False
    """Whether the user lets the coach put its questions before they are answered."""
    more: tuple[tuple[int, Command], ...] = ()
    """Further words of the user, each so many milliseconds after the one before."""
    told: tuple[str, ...] = ()
    """Keys of lines that must be heard whole, though the further words cut them."""
    aside: bool = False
    """Whether only moments count at which the routine waits for an answer."""
    known: bool = False
    """Whether the user has done all the exercises lately."""

    def event(self, now: int) -> Event:
        """Return the interruption at `now`."""
        if self.hush:
            return Hushed(Ms(now))
        if self.command is None:
            return Unclear(Ms(now), near_halt=True)
        return Heard(Ms(now), self.command, Ms(now))

    def live(self, state: State) -> bool:
        """Tell whether anything happens in `state`."""
        if self.command is None:
            return self.hush or state in LED
        return self.command in SESSION.live(state)

    def counts(self, state: State) -> bool:
        """Tell whether the moments in `state` are tried."""
        return not self.aside or state in LED - WORK


KINDS: tuple[Kind, ...] = (
    Kind("pause", C.PAUSE),
    Kind("long pause", C.PAUSE, wait=60_000, moves=True),
    Kind("stop", C.STOP, moves=True),
    Kind("how many", C.HOW_MANY, asks=True),
    Kind("how long", C.HOW_LONG, asks=True),
    Kind("which side", C.WHICH_SIDE, asks=True),
    Kind("pain, goes on", C.PAIN, answers=GOES_ON, moves=True),
    Kind("pain, skips", C.PAIN, answers=SKIPS, skips=True, patient=True),
    Kind("next", C.NEXT, skips=True),
    Kind("silence", None),
    Kind("false hush", None, hush=True),
    Kind("back", C.BACK, back=True),
    Kind("easier", C.EASIER, level=-1),
    Kind("harder", C.HARDER, level=1),
    Kind("long pause, known", C.PAUSE, wait=60_000, moves=True, known=True),
    Kind("stop as it resumes", C.PAUSE, moves=True, more=((2000, C.RESUME), (1000, C.STOP))),
    Kind("stop in the pain", C.PAIN, answers=GOES_ON, moves=True, more=((1500, C.STOP),)),
    Kind(
        "pause in the advice",
        C.SEE_DOCTOR,
        more=((1500, C.PAUSE),),
        told=("advice_doctor",),
        aside=True,
    ),
    Kind("pause in the pain", C.PAIN, answers=GOES_ON, moves=True, more=((1500, C.PAUSE),)),
    Kind(
        "question in the advice",
        C.SEE_DOCTOR,
        more=((1500, C.AT_NIGHT),),
        told=("advice_doctor", "advice_night"),
        aside=True,
    ),
)


@dataclass
class Trial:
    """What was heard from an interruption on, until the session was where it should come to."""

    moment: int
    resumed: int
    """When the user said the last word."""
    state: State
    sounds: list[Sound]
    """What began at the moment or later, in order of time."""
    hushed: bool
    joined: int | None
    """When the next track of the reference began, if it did; or the end of the session."""
    begun: list[tuple[int, State]]
    """Each track since then."""
    over: bool


def run(
    reference: Reference,
    session: Session,
    point: Point,
    moment: int,
    kind: Kind,
    there: There | None,
) -> Trial:
    """Interrupt `reference` at `moment`, answer, and go on until a track begins that is `there`.

    None: until the end of the session.
    """
    room = reference.branch(session, point, moment)
    state = room.session.state
    room.give(kind.event(moment))
    resumed = moment
    if kind.hush:
        _wait(room, moment + QUIET)
        room.give(Released(Ms(room.now)))
        resumed = room.now
    for after, command in kind.more if kind.live(state) else ():
        _wait(room, room.now + after)
        room.give(Heard(Ms(room.now), command, Ms(room.now)))
        resumed = room.now
    begun: list[tuple[int, State]] = []
    for _ in range(12):
        answer = kind.answers.get(room.session.state)
        if answer is None:
            break
        _wait(room, (_asked(room) if kind.patient else room.now) + kind.wait)
        command, number = answer
        room.give(Heard(Ms(room.now), command, Ms(room.now), number))
        resumed = room.now
    joined = _go_on(room, begun, there)
    until = room.now + 1 if joined is None or there is None else joined
    sounds = [sound for sound in room.sounds if moment <= sound.at < until]
    sounds.sort(key=lambda sound: sound.at)
    return Trial(moment, resumed, state, sounds, room.hushed, joined, begun, room.session.over)


def _asked(room: Room) -> int:
    """Return when the question that is open will have been put."""
    s = room.context
    put = [cue for cue in s.player.track.cues if cue.text == s.asking.text]
    return s.player.anchor + put[0].at + room.plan.length(put[0].text) if put else room.now


def _wait(room: Room, until: int) -> None:
    while room.session.deadline is not None and room.session.deadline <= until:
        room.wake()
    room.now = max(room.now, until)


def _go_on(
    room: Room,
    begun: list[tuple[int, State]],
    there: There | None,
) -> int | None:
    s = room.context
    anchor = s.player.anchor if s.player.track else -1
    if there is not None and s.state in ACTIVE and there(key(room)):  # by the last word
        return anchor
    for _ in range(5000):
        if room.session.over:
            return room.now + LEAD if there is None else None
        room.wake()
        if s.player.track is None or s.player.anchor == anchor:
            continue
        anchor = s.player.anchor
        begun.append((anchor, s.state))
        if there is not None and s.state in ACTIVE and there(key(room)):
            return anchor
        if len(begun) > MOST_TRACKS:
            return None
    return None
