"""How a body gets from one exercise to the next: which line moves it from where to where.

A line that speaks of lying, sitting, standing or kneeling and is not in this table fails the test.
A new one is added here, with the postures in which it makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from voicecoach.routine.model import Exercise, Position
from voicecoach.track import Item, lines_of

UNKNOWN = "unknown"
"""Before the first exercise."""
SIT, BACK, ROLLER, BELLY, SIDE, FOURS, KNEES, STAND, CHAIR = (
    "sitting", "back", "roller", "belly", "side", "all fours", "knees", "standing", "chair",
)  # fmt: skip

POSTURE = {
    Position.SUPINE: BACK,
    Position.ROLLER: ROLLER,
    Position.PRONE: BELLY,
    Position.SIDE: SIDE,
    Position.ALL_FOURS: FOURS,
    Position.KNEELING: KNEES,
    Position.SEATED: CHAIR,
    Position.STANDING: STAND,
}
LEFT_AS = {STAND: STAND, CHAIR: CHAIR}
"""Where a way out ends: on two feet, on the chair, or else sitting on the mat."""


@dataclass(frozen=True)
class Move:
    """A line, the postures in which it can be said, and the one it leads to."""

    line: str
    before: tuple[str, ...]
    after: str


WAYS_IN = (
    Move("Sit on the mat(?!, close)", (UNKNOWN,), SIT),
    Move("Sit with the roller a forearm's length behind you", (UNKNOWN,), SIT),
    Move("Hands beside you, lean back slowly, until the roller", (SIT,), ROLLER),
    Move("Lean back, until it touches your shoulder blades", (SIT,), ROLLER),
    Move("If it feels sharp or electrical", (SIT,), ""),
    Move("If your arms or your neck tire", (ROLLER,), ""),
    Move("Stay on the roller, or lean back", (UNKNOWN, ROLLER, SIT), ROLLER),
    Move("Rest your hips on the floor, your head in both hands", (ROLLER,), ROLLER),
    Move("Put the chair at the end", (UNKNOWN,), STAND),
    Move("Sit on the mat, close to the chair", (STAND,), SIT),
    Move("Lean on one forearm, lie on your side, and roll onto your back", (SIT,), BACK),
    Move("Lie on your side, and roll onto your back", (SIT,), BACK),
    Move("Come to the floor, lie on your side, (?:then )?roll onto", (UNKNOWN, SIT, FOURS), BACK),
    Move("If you (?:are sitting|kneel or sit), lie on your side", (SIT, KNEES, FOURS), BACK),
    Move("Lie on your back, (?:a pillow|pillows) under", (UNKNOWN,), BACK),
    Move("Stay on your back, or come back to it", (UNKNOWN, BACK, SIT, FOURS), BACK),
    Move("If your legs are (?:still )?on the chair", (BACK,), BACK),
    Move("If you are standing, come to the floor slowly", (STAND,), FOURS),
    Move("Roll onto your side, and rest there", (BACK,), SIDE),
    Move("Slide away from the chair, and roll onto your back", (SIDE,), BACK),
    Move("If you are standing, come to your knees", (STAND,), KNEES),
    Move("Kneel or sit on the mat", (UNKNOWN, SIT, FOURS, KNEES), SIT),
    Move("Come (?:forward )?onto all fours", (SIT,), FOURS),
    Move("Come onto your hands and knees", (UNKNOWN, SIT, STAND), FOURS),
    Move("Walk your hands forward, and lie on your belly", (FOURS,), BELLY),
    Move("Come up onto your knees, set one foot forward, and stand", (SIT,), STAND),
    Move("Then .*set one foot forward, and stand", (KNEES, STAND), STAND),
    Move("If you are on the floor, (?:come up onto your knees|kneel)", (SIT,), KNEES),
    Move("If you are on the floor, stand slowly, a hand on chair or wall", (SIT,), STAND),
    Move("Stand ", (UNKNOWN, STAND), STAND),
    Move("Sit (?:near the front of the chair|up tall)", (UNKNOWN, CHAIR), CHAIR),
    Move("Face forward and sit up tall", (CHAIR,), CHAIR),
)

WAYS_OUT = (
    Move("(?:Lower your hips to|Rest your pelvis on) the floor", (ROLLER, BACK), ""),
    Move("Roll slowly off, onto your side", (ROLLER,), SIDE),
    Move(".*[Rr]oll (?:slowly )?onto your side", (BACK, BELLY), SIDE),
    Move(".*push yourself to sitting with both hands", (SIDE,), SIT),
    Move("Sit for a moment", (SIT,), SIT),
    Move("Sit back slowly towards your heels", (FOURS,), KNEES),
    Move("Sit back slowly, and ease your hips to one side", (FOURS,), SIT),
    Move("Then ease your hips to one side, and sit", (KNEES,), SIT),
    Move("Sit there for a moment", (SIT,), SIT),
    Move("(?:Bend your knees, put .* and stand tall|Stand for one calm breath)", (STAND,), STAND),
    Move("(?:Come back to standing|Stand tall|.*stand on them)", (STAND,), STAND),
    Move(".*come (?:slowly |back )?to standing", (STAND,), STAND),
    Move(".*on the floor, and sit for a moment", (CHAIR,), CHAIR),
    Move("Breathe calmly", (STAND,), STAND),
)
MOVING = re.compile(
    r"\b(?:lie on|stand|sit|kneel|come (?:up |forward )?onto|roll|lean back)\b", re.I
)


class StrandedError(Exception):
    """A line that cannot be followed where the body is."""


def way_in(exercise: Exercise, posture: str) -> str:
    """Return the posture in which the work begins, by both ways in. Raises `StrandedError`."""
    ways = [exercise.led_in(known=known) for known in (False, True)]
    first, other = (_moved([*way, *exercise.start], posture, WAYS_IN) for way in ways)
    if first != other:
        raise StrandedError(f"{exercise.id}: {first} or, by the short way in, {other}")
    return first


def way_out(exercise: Exercise) -> str:
    """Return the posture in which the way out ends. Raises `StrandedError`."""
    return _moved(exercise.way_out, POSTURE[exercise.position], WAYS_OUT)


def between(before: Exercise, after: Exercise) -> str:
    """Return the posture in which the way in of `after` is said."""
    same = before.position is after.position
    return POSTURE[before.position] if same else way_out(before)


def walk(exercises: Sequence[Exercise]) -> None:
    """Lead through `exercises`, and from each to each later one. Raises `StrandedError`."""
    ways = [(UNKNOWN, exercises[0])] if exercises else []
    ways += [(between(before, after), after) for before, after in combinations(exercises, 2)]
    for posture, exercise in ways:
        if way_in(exercise, posture) != POSTURE[exercise.position]:
            raise StrandedError(f"{posture}, and not in position for {exercise.id}")


def _moved(items: Iterable[Item], posture: str, table: Iterable[Move]) -> str:
    for line in lines_of(items):
        move = next((move for move in table if re.match(move.line, line)), None)
        if move is None and MOVING.search(line):
            raise StrandedError(f"not in the table of moves: {line!r}")
        if move and posture not in move.before:
            if move.line.startswith("If "):
                continue  # said to somebody in another posture
            raise StrandedError(f"{posture}: {line!r}")
        posture = (move.after if move else "") or posture
    return posture
