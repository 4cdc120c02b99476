"""Which words bring a body to a position that is safe for a complaint (SAFETY S7, S8, S17, S30).

Pure, and whole: every complaint, posture and person has an entry. docs/safety.md shows the table.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from voicecoach.routine.model import Position
from voicecoach.units import Ms


class Complaint(Enum):
    """What is wrong, the mildest first."""

    REST = "stop or pause"
    EFFORT = "too hard"
    PAIN = "pain"
    STUCK = "help"
    UNWELL = "unwell"
    SILENCE = "no answer"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def gravity(self) -> int:
        """The place in this list: a graver complaint takes the place of a milder one."""
        return list(Complaint).index(self)


class Posture(Enum):
    """How the body is, as far as it matters here."""

    ROLLER = "on the roller"
    BACK = "on the back"
    SIDE_OR_FRONT = "on the side or the front"
    LOW = "on all fours, kneeling or seated"
    STANDING = "standing or bent over"
    UNKNOWN = "not known"
    """Before the first exercise, and on the way into a position or out of one."""


class Person(Enum):
    """What is known of a pregnancy past the twelfth week (S17). Age changes nothing here."""

    PLAIN = "not pregnant"
    LEFT = "pregnant past the twelfth week"
    UNASKED = "not asked yet"


class Move(Enum):
    """A line that brings the body somewhere, by its key; `RELEASE` is the exercise's own."""

    RELEASE = "release"
    HIPS_DOWN = "hips_down"
    STAY = "stay_there"
    LIE_STILL = "lie_still"
    SIT_OR_LIE = "sit_or_lie"
    SIT_UP = "sit_up"
    LIE_LEFT = "lie_left"
    ROLL_LEFT = "roll_left"
    SIT_OR_LEFT = "sit_or_left"
    LEFT_IF_ABLE = "left_if_able"
    IF_PREGNANT = "if_pregnant"


TIME: Final = {
    Move.HIPS_DOWN: Ms(2000),
    Move.SIT_OR_LIE: Ms(6000),
    Move.SIT_UP: Ms(6000),
    Move.LIE_LEFT: Ms(6000),
    Move.ROLL_LEFT: Ms(6000),
    Move.SIT_OR_LEFT: Ms(6000),
    Move.LEFT_IF_ABLE: Ms(6000),
    Move.IF_PREGNANT: Ms(6000),
}
"""Silence after a line that moves the body, before anything else is said: what rolling over and
lying down take at 65 and over (routine/moves.toml); for the hips, as in the shipped ways out. The
others ask for no move, and a release has the pauses of its file."""

POSTURES: Final = {
    Position.ROLLER: Posture.ROLLER,
    Position.SUPINE: Posture.BACK,
    Position.PRONE: Posture.SIDE_OR_FRONT,
    Position.SIDE: Posture.SIDE_OR_FRONT,
    Position.ALL_FOURS: Posture.LOW,
    Position.KNEELING: Posture.LOW,
    Position.SEATED: Posture.LOW,
    Position.STANDING: Posture.STANDING,
}

LYING: Final = frozenset({Posture.ROLLER, Posture.BACK, Posture.SIDE_OR_FRONT})
MAY_BE_FLAT: Final = frozenset({Posture.ROLLER, Posture.BACK, Posture.UNKNOWN})

STAYS_DOWN: Final = frozenset(
    {Complaint.STUCK, Complaint.UNWELL, Complaint.SILENCE, Complaint.URGENT, Complaint.EMERGENCY}
)
"""Complaints after which no way out of an exercise is said: it leads up, to sitting or standing,
which makes a faint worse, and may be more than the body can do."""

AFTER_UNWELL: Final = frozenset({Position.SUPINE, Position.SIDE, Position.PRONE, Position.SEATED})
"""Positions that are left for the day once the user was dizzy: no standing, no bending over, and no
head that hangs, as on all fours or over the roller."""


def moves(
    complaint: Complaint, posture: Posture, person: Person, *, strained: bool
) -> tuple[Move, ...]:
    """Return the lines for a complaint, in the order in which they are said.

    `strained` tells whether the position is a strain at this moment.
    """
    if complaint in STAYS_DOWN:
        hips = (Move.HIPS_DOWN,) if posture is Posture.ROLLER else ()
        return (*hips, *_DOWN.get(complaint, _stay)(posture, person))
    lets_go = (Move.RELEASE,) if strained else ()
    flat = posture is Posture.BACK and person is Person.LEFT
    return (*lets_go, *((Move.ROLL_LEFT,) if flat else ()))


def _faint(posture: Posture, person: Person) -> tuple[Move, ...]:
    """Down where the user is; on the left side, so that the womb presses on no vessel."""
    if person is Person.LEFT:
        return (Move.ROLL_LEFT if posture in LYING else Move.LIE_LEFT,)
    return _unasked(Move.LIE_STILL if posture in LYING else Move.SIT_OR_LIE, person)


def _breathless(posture: Posture, person: Person) -> tuple[Move, ...]:
    """Down, or half sitting where that makes it easier to breathe."""
    if person is Person.LEFT:
        return (Move.SIT_OR_LEFT,)
    return _unasked(Move.SIT_UP if posture in LYING else Move.SIT_OR_LIE, person)


def _stay(posture: Posture, person: Person) -> tuple[Move, ...]:
    """Nothing that takes strength: the legs may not carry, or something may be broken."""
    sinks = (Move.SIT_OR_LIE,) if posture is Posture.STANDING else ()
    turns = (Move.LEFT_IF_ABLE,) if person is Person.LEFT and posture in MAY_BE_FLAT else ()
    return (*sinks, Move.STAY, *turns)


def _unasked(move: Move, person: Person) -> tuple[Move, ...]:
    return (move, Move.IF_PREGNANT) if person is Person.UNASKED else (move,)


_DOWN: Final = {Complaint.UNWELL: _faint, Complaint.EMERGENCY: _breathless}
