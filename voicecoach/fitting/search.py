"""The best choice of exercises of one routine, and of their forms, for a length of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from voicecoach.fitting.forms import Form, Timing
from voicecoach.fitting.wish import TOLERANCE, Wish
from voicecoach.routine.model import Exercise
from voicecoach.units import Ms

LEFT_OUT: Final = 4.0
"""What leaving out an exercise costs, in steps of a dose; our own choice, as the other costs."""
WANTED: Final = 4.0
"""What it costs besides where it is for the part of the body that was named."""
MINUTE: Final = 0.5
"""A minute less of a rest: a step of one minute is less than a set."""
OFF: Final = 1.0
"""A minute more or less than was asked for."""
BUCKET: Final = 5_000
"""Choices whose lengths differ by less than so many milliseconds count as one: the cheapest."""
MARGIN: Final = Ms(TOLERANCE - 10_000)
"""What a choice may be off: the words of the number of an exercise are not known yet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Forms of some exercises of a routine, in order."""

    forms: tuple[tuple[int, Form], ...]
    """Each with the index of its exercise."""
    length: Ms
    cost: float

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        """The exercises as they are led."""
        return tuple(form.exercise for _, form in self.forms)

    def off(self, wish: Wish) -> Ms:
        """Return by how much it is longer or shorter than was asked for."""
        return Ms(abs(self.length - wish.length))


def choices(timing: Timing, wish: Wish) -> list[Choice]:
    """Return choices from the best to the worst; the first exercise, which warms up, is in all.

    Those that end in time come first, by what they cost; then the others, by how near they are.
    """
    whole = [choice for last in _ends(timing, wish) for choice in last]
    fit = [choice for choice in whole if choice.off(wish) <= MARGIN]
    others = [choice for choice in whole if choice.off(wish) > MARGIN]
    fit.sort(key=lambda choice: choice.cost + OFF * choice.off(wish) / 60_000)
    others.sort(key=lambda choice: choice.off(wish))
    return [*fit, *others]


def _ends(timing: Timing, wish: Wish) -> Iterator[list[Choice]]:
    """Yield, for each exercise that may be the last, the choices that end with it."""
    exercises = timing.routine.exercises
    begun: list[list[Choice]] = []
    for index in range(len(exercises)):
        begun.append(_until(timing, index, begun, wish))
        after = sum(_worth(exercise, wish) for exercise in exercises[index + 1 :])
        around = timing.around(index)
        yield [Choice(one.forms, Ms(one.length + around), one.cost + after) for one in begun[index]]


def _until(timing: Timing, index: int, begun: list[list[Choice]], wish: Wish) -> list[Choice]:
    """Return the choices up to an exercise, the cheapest of each length."""
    if not index:
        return [_with(None, Ms(0), 0, form) for form in timing.forms(0, first=True)]
    forms, found = timing.forms(index, first=False), dict[int, Choice]()
    for last, before in enumerate(begun):
        way = timing.between(last, index)
        out = sum(_worth(e, wish) for e in timing.routine.exercises[last + 1 : index])
        for one in before:
            for form in forms:
                new = _with(one, way, out, form, index)
                key = new.length // BUCKET
                if key not in found or new.cost < found[key].cost:
                    found[key] = new
    return list(found.values())


def _with(before: Choice | None, way: Ms, out: float, form: Form, index: int = 0) -> Choice:
    """Return a choice with a form after it, when those in between are left out."""
    step = MINUTE if form.exercise.rests else 1.0
    cost = out + step * form.steps
    if before is None:
        return Choice(((index, form),), form.length, cost)
    length = Ms(before.length + way + form.length)
    return Choice((*before.forms, (index, form)), length, before.cost + cost)


def _worth(exercise: Exercise, wish: Wish) -> float:
    """Return what it costs to leave out an exercise."""
    return LEFT_OUT + WANTED * (wish.region in exercise.regions)
