"""A routine and a kind of interruption: every moment is tried."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bench.interrupted.rules import Rules
from bench.interrupted.sessions import Reference, plan_of
from bench.interrupted.trials import KINDS, Kind, There, run
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import State


@dataclass(frozen=True)
class Result:
    """How the moments of a routine went for a kind of interruption."""

    routine: str
    kind: str
    moments: int
    faults: tuple[tuple[int, str], ...]
    """Moments and what was wrong there."""

    @property
    def right(self) -> int:
        """How many moments went right."""
        return self.moments - len({at for at, _ in self.faults})

    @property
    def cell(self) -> str:
        """The figures for a table."""
        return f"{self.right}/{self.moments}" if self.faults else str(self.moments)

    @property
    def line(self) -> str:
        """The figures for a person who waits."""
        return f"{self.routine}, {self.kind}: {self.right} of {self.moments} right"


@cache
def undisturbed(name: str, known: bool = False) -> Reference:
    """Return the session of a shipped routine that is not interrupted, for a user who knows it or
    not.
    """
    return Reference(plan_of(name), known=known)


@cache
def at_level(name: str, index: int, level: int) -> Reference:
    """Return the session in which the exercise `index` is done at `level`, if it has that one."""
    plain = undisturbed(name)
    exercise = plain.plan.exercise(index)
    if (exercise.easier if level < 0 else exercise.harder) is None:
        return plain
    return Reference(plain.plan, {exercise.id: level})


def prove(name: str, kind_name: str, every: int, offset: int = 0) -> Result:
    """Interrupt a shipped routine every so many milliseconds."""
    kind = next(kind for kind in KINDS if kind.name == kind_name)
    plain = undisturbed(name, kind.known)
    rules, session = Rules(plain), Session(plain.plan, care=plain.care)
    faults: list[tuple[int, str]] = []
    moments = 0
    for moment, point in plain.moments(every, offset):
        if not kind.counts(plain.phases[point.phase].state):
            continue
        moments += 1
        goes_on, to, there = _goal(name, plain, point.phase, kind)
        trial = run(plain, session, point, moment, kind, there)
        found = rules.faults(trial, kind, point.phase, goes_on, to)
        faults += [(moment, fault) for fault in found]
    return Result(name, kind_name, moments, tuple(faults))


Goal = tuple[Reference, int, There | None]


def _goal(name: str, plain: Reference, at: int, kind: Kind) -> Goal:
    """Return the session to go on as, the phase that comes whole, and whether one begins there."""
    phase = plain.phases[at]
    goes_on, to = plain, at
    if kind.skips and kind.live(phase.state):
        to = _next_exercise(plain, at)
    elif kind.back and kind.live(phase.state):
        to = _earlier(plain, at)
    elif kind.moves and any(kind.answers.get(state) for state in (State.OFFER_EASIER,)):
        goes_on = at_level(name, phase.place[0], -1)
    elif kind.level and kind.live(phase.state):
        goes_on = at_level(name, phase.place[0], kind.level)
    if to + 1 >= len(goes_on.phases):
        return goes_on, to, None
    wanted = goes_on.phases[to + 1].key
    if to == at or (to > at and phase.key.delivery.settled):
        return goes_on, to, wanted.__eq__
    wanted = wanted.before_settling()
    return goes_on, to, lambda key: key.before_settling() == wanted


def _earlier(plain: Reference, at: int) -> int:
    """Return the phase that describes the exercise before, or the start of the present one; `at`
    where there is nothing to go back to.
    """
    phase = plain.phases[at]
    index = phase.place[0] - (phase.state is State.READING)
    found = (i for i, one in enumerate(plain.phases)
             if one.state is State.READING and one.place[0] == index)  # fmt: skip
    return next(found, at)


def _next_exercise(plain: Reference, at: int) -> int:
    """Return the phase that describes the next exercise, or the number of phases."""
    begun = plain.phases[at].state is not State.WELCOME
    index = plain.phases[at].place[0] if begun else -1
    for i, phase in enumerate(plain.phases):
        if phase.state is State.READING and phase.place[0] == index + 1:
            return i
    return len(plain.phases)
