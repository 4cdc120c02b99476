"""Limits that a therapist sets in a plan: what no voice, step up, edit or fitting goes beyond."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Final

from voicecoach.doses.base import SETS, Data, Dose
from voicecoach.doses.registry import KINDS
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.shapes import Shape

AMOUNT: Final = Range(1, 300, "as much as the dose may have at most")
A_WEEK: Final = Range(1, 21, "sessions in seven days", whole=True)


class Highest(Enum):
    """The highest level that is offered."""

    PLAIN = "plain"
    HARDER = "harder"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a dose of an exercise may have at most, at any level."""

    highest: Highest = Highest.HARDER
    sets: int = 0
    """0: no limit."""
    amounts: Mapping[str, float] = field(default_factory=dict)
    """`Dose.NAME` -> the amount in the unit of the file; with one, no other kind is allowed."""

    def allow(self, dose: Dose) -> bool:
        """Tell whether a dose is within the limits."""
        if self.sets and dose.sets > self.sets:
            return False
        return not self.amounts or dose.amount <= self.amounts.get(dose.NAME, 0)

    def cap(self, dose: Dose) -> Dose:
        """Return the dose, or what the limits leave of it. It must be of a kind that they allow."""
        fewer = replace(dose, sets=self.sets) if self.sets and dose.sets > self.sets else dose
        return fewer.at_most(self.amounts[dose.NAME]) if dose.NAME in self.amounts else fewer

    def joined(self, other: Limits) -> Limits:
        """Return the limits of both: the lower of each."""
        both = [limit for limit in (self.sets, other.sets) if limit]
        plain = Highest.PLAIN in (self.highest, other.highest)
        amounts = {
            name: min(m[name] for m in (self.amounts, other.amounts) if name in m)
            for name in {**self.amounts, **other.amounts}
        }
        highest = Highest.PLAIN if plain else Highest.HARDER
        return Limits(highest, min(both, default=0), amounts)


NO_LIMITS: Final = Limits()


def read_limits(fields: Fields, doses: tuple[Dose, ...]) -> Limits:
    """Return the limits of an exercise with the doses `doses`, easier and plain; what is above
    them is noted.
    """
    group = fields.group("limits")
    if group is None:
        return NO_LIMITS
    group.check_keys((), ("level", "sets", *KINDS))
    if not group.keys:
        group.note("", "no limit", "write level, sets, or the name of the dose")
    amounts = {name: group.number(name, AMOUNT) for name in KINDS if name in group.nodes}
    for name in amounts.keys() - {dose.NAME for dose in doses}:
        group.note(name, f"a limit for '{name}', which the exercise has not")
    limits = Limits(*_common(group), amounts)
    sound = all(name in {dose.NAME for dose in doses} and n for name, n in amounts.items())
    above = [dose for dose in doses if sound and not limits.allow(dose)]
    if above:
        message = f"the dose in line {above[0].line} is above them"
        fields.note("limits", message, "lower the dose, or raise the limit")
    return limits


def read_routine_limits(fields: Fields) -> tuple[Limits, int]:
    """Return the limits of a whole routine, and how many sessions a week it may have (0: any)."""
    group = fields.group("limits")
    if group is None:
        return NO_LIMITS, 0
    group.check_keys((), ("level", "sets", "sessions_a_week"))
    if not group.keys:
        group.note("", "no limit", "write level, sets, sessions_a_week, or several of them")
    return Limits(*_common(group)), int(group.number("sessions_a_week", A_WEEK))


def _common(group: Fields) -> tuple[Highest, int]:
    return group.choice("level", Highest) or Highest.HARDER, int(group.number("sets", SETS))


def write_limits(limits: Limits, a_week: int = 0) -> Data:
    """Return the field that the readers read, or nothing."""
    found: Data = {} if limits.highest is Highest.HARDER else {"level": limits.highest.value}
    found |= {"sets": limits.sets} if limits.sets else {}
    found |= {"sessions_a_week": a_week} if a_week else {}
    found |= {name: int(n) if n == int(n) else n for name, n in limits.amounts.items()}
    return {"limits": found} if found else {}


def limits_shape() -> Shape:
    """Return what `read_limits` takes."""
    amounts = {name: shapes.number(f"{name} at most", AMOUNT) for name in KINDS}
    what = "what the coach never exceeds, at any level"
    return {**shapes.group(what, {**_shapes(), **amounts}), "minProperties": 1}


def routine_limits_shape() -> Shape:
    """Return what `read_routine_limits` takes."""
    week = shapes.number("how many sessions of it, at most", A_WEEK)
    what = "what the coach never exceeds in any exercise"
    return {**shapes.group(what, {**_shapes(), "sessions_a_week": week}), "minProperties": 1}


def _shapes() -> dict[str, Shape]:
    return {
        "level": shapes.choice("the highest level that is offered", Highest),
        "sets": shapes.number("how many sets at most", SETS),
    }


def told(limits: Limits, a_week: int = 0) -> Iterator[str]:
    """Yield each limit in a few words, for the reader of a plan."""
    if limits.sets:
        yield f"{limits.sets} set{'s' if limits.sets > 1 else ''}"
    for name, amount in limits.amounts.items():
        yield f"{name} {amount:g}"
    if limits.highest is Highest.PLAIN:
        yield "no harder level"
    if a_week:
        yield f"{a_week} session{'s' if a_week > 1 else ''} in seven days"
