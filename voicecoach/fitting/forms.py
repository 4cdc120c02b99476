"""The shorter forms of an exercise, and how long each part of a session takes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from voicecoach.dialog.care import Care
from voicecoach.doses.base import Dose
from voicecoach.language.model import Language
from voicecoach.plan.compile import all_lines
from voicecoach.plan.narration import BRIEF
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapted_doses import at_each_level
from voicecoach.track import TightError, spoken
from voicecoach.units import Ms

STEPS: Final = 30
"""More steps of one exercise are not looked at: a rest of half an hour has that many minutes."""

ANSWER: Final = Ms(3000)
"""For the user's answer to how the back is, before and after. Our own choice."""


TOLD: Final = Ms(7000)
"""For the sentence that says what was chosen: 17 words or so, and the pause after it."""


def shortened(exercise: Exercise) -> tuple[Exercise, ...]:
    """Return an exercise and its shorter forms, each a step shorter at every level that can be.

    The sides stay balanced, since a set has both of them.
    """
    most = min(STEPS, max(len(dose.shorter()) for dose in exercise.doses))
    return tuple(_shorter(exercise, steps) for steps in range(most + 1))


def _shorter(exercise: Exercise, steps: int) -> Exercise:
    def cut(dose: Dose) -> Dose:
        forms = (dose, *dose.shorter())
        return forms[min(steps, len(forms) - 1)]

    return at_each_level(exercise, cut) if steps else exercise


def fitting_lines(routine: Routine, language: Language, opening: tuple[str, ...]) -> frozenset[str]:
    """Return every line that any shorter form of a session of `routine` can speak."""
    forms = [shortened(exercise) for exercise in routine.exercises]
    found = {*opening}
    for steps in range(max(map(len, forms))):
        exercises = tuple(own[min(steps, len(own) - 1)] for own in forms)
        found |= all_lines(replace(routine, exercises=exercises), language)
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Form:
    """An exercise, some steps shorter than it is written, and its time."""

    exercise: Exercise
    steps: int
    length: Ms
    """From its description to its last set."""


@dataclass(frozen=True)
class Timing:
    """How long the parts of a session take, from the lengths of its lines."""

    routine: Routine
    language: Language
    lengths: Mapping[str, Ms] = field(repr=False)
    care: Care
    talk: int

    def forms(self, index: int, first: bool) -> list[Form]:
        """Return the forms of an exercise whose words fit; `first`: nothing comes before it."""
        found = []
        for steps, exercise in enumerate(shortened(self.routine.exercises[index])):
            try:
                found.append(Form(exercise, steps, self._estimate(exercise, index, first)))
            except TightError:
                continue
        return found

    def _estimate(self, exercise: Exercise, index: int, first: bool) -> Ms:
        exercises = list(self.routine.exercises)
        exercises[index] = exercise
        known = exercise.id in self.care.known
        talk = min(BRIEF, self.talk) if known else self.talk
        level = self.care.levels.get(exercise.id, 0)
        return self._plan(*exercises).estimate(index, level, talk, 100, known=not first)

    def between(self, index: int, following: int) -> Ms:
        """Return how long the way from one exercise to another takes."""
        return self._plan(*self.routine.exercises).between(index, following).length

    def around(self, last: int) -> Ms:
        """Return how long all takes that comes before the first exercise and after the last."""
        plan = self._plan(self.routine.exercises[last])
        opened = plan.welcome(self.care.greeting).then(spoken(self.care.opening, plan.spoken))
        return Ms(opened.length + TOLD + self._questions(plan) + plan.closing().length)

    def _questions(self, plan: Plan) -> Ms:
        """Return how long the two questions about the back take."""
        if not self.care.asks:
            return Ms(0)
        keys = ("ask_start_short" if self.care.instructed else "ask_start", "ask_end")
        return Ms(sum(plan.length(self.language.prompts.say(key)) + ANSWER for key in keys))

    def _plan(self, *exercises: Exercise) -> Plan:
        return Plan(replace(self.routine, exercises=exercises), self.language, self.lengths)
