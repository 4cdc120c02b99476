"""A plan: a routine with the length of every line, laid out as stations, before the start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from voicecoach.doses.base import Manner
from voicecoach.language.model import Language
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT, RIGHT, SIDES
from voicecoach.plan import moving, narration
from voicecoach.plan.narration import Greeting
from voicecoach.plan.silences import alive
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Exercise, Routine
from voicecoach.track import Item, Lengths, TightError, Track, on_time
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

LEVELS = (0, -1, 1)
TALKS = (narration.FULL, narration.SHORT, narration.BRIEF, narration.BARE)
PACES = (80, 90, 100, 115, 130, 150)
"""Paces that "slower" and "faster" step through, per cent of the written length."""


@dataclass(frozen=True)
class Plan:
    """Everything the session needs to know about a routine before it starts."""

    routine: Routine
    language: Language
    """What the coach speaks in it."""
    lengths: Mapping[str, Ms] = field(repr=False)
    centre: Callable[[str], Ms] = field(default=on_time, repr=False, compare=False)
    """Where in a line its beat is heard."""

    @property
    def prompts(self) -> Prompts:
        """The coach's own lines."""
        return self.language.prompts

    @property
    def spoken(self) -> Lengths:
        """What is known of each line before the start."""
        return Lengths(self.lengths.__getitem__, self.centre)

    def length(self, text: str) -> Ms:
        """Return the length of a line; a silent cue's is 0."""
        return self.spoken(text)

    def exercise(self, index: int) -> Exercise:
        """Return an exercise by its index."""
        return self.routine.exercises[index]

    def stations(self, index: int, level: int = 0) -> list[Station]:
        """Return the stations of an exercise: each set, left and then right."""
        exercise = self.exercise(index)
        each = exercise.sides is Sides.EACH
        sides = SIDES if each else (None,)
        sets = exercise.variant(level).dose.sets
        return [Station(index, n + 1, side) for n in range(sets) for side in sides]

    def welcome(self, greeting: Greeting = Greeting.FIRST) -> Track:
        """Return the greeting."""
        return narration.welcome(self.routine, greeting, self.prompts, self.spoken)

    def reading(self, index: int, level: int, talk: int, recalled: Iterable[str] = ()) -> Track:
        """Return the description of an exercise, with what is `recalled` of earlier sessions."""
        say, spoken = self.prompts, self.spoken
        told = narration.reading(self.routine, index, level, talk, say, spoken, recalled)
        return alive(told, spoken)

    def settle(
        self, index: int, level: int, talk: int, side: str | None = None, known: bool = False
    ) -> Track:
        """Return the last words before the work of a side, time to do them, and what leads in.

        `known`: the user has heard in this session that "ready" begins at once.
        """
        how = moving.Settling(talk, side or LEFT, known)
        exercise = self.exercise(index).at(level)
        dose = exercise.variant(level).dose
        return alive(moving.settle(exercise, dose, how, self.prompts, self.spoken), self.spoken)

    def lead_in(self, index: int, level: int) -> Track:
        """Return what leads into a set, alone: "three, two, one, go", or a word."""
        return self.exercise(index).variant(level).dose.lead_in(self.prompts, self.spoken)

    def work(self, station: Station, level: int, how: Manner, first: int = 1) -> Track:
        """Return the work of a station. Raises `TightError` where it does not fit the pace."""
        dose = self.exercise(station.exercise).variant(level).dose
        return alive(dose.track(self.prompts, self.spoken, how, first), self.spoken)

    def led(self, station: Station, level: int, how: Manner, first: int = 1) -> Track:
        """Return the work of a station at the pace of `how`, or the next slower one that fits.

        The written pace always does: that was checked when the plan was compiled.
        """
        for pace in (p for p in PACES if how.pace <= p < 100):
            try:
                return self.work(station, level, replace(how, pace=pace), first)
            except TightError:
                continue
        return self.work(station, level, replace(how, pace=max(100, how.pace)), first)

    def rest(self, station: Station, level: int) -> Track:
        """Return the rest before a station's set."""
        exercise = self.exercise(station.exercise).at(level)
        dose = exercise.variant(level).dose
        made = moving.rest(exercise, dose, station, self.prompts, self.spoken)
        return alive(made, self.spoken)

    def switch(self, station: Station, level: int) -> Track:
        """Return the change to a station's side."""
        exercise = self.exercise(station.exercise).at(level)
        dose = exercise.variant(level).dose
        made = moving.switch(exercise, dose, station.side or LEFT, self.prompts, self.spoken)
        return alive(made, self.spoken)

    def between(self, index: int, following: int) -> Track:
        """Return the way from one exercise to another."""
        made = moving.between(self.routine, index, following, self.prompts, self.spoken)
        return alive(made, self.spoken)

    def way_on(self, station: Station, following: int) -> list[Item]:
        """Return how to leave the work of a station, so that another way in can follow."""
        index, side = station.exercise, station.side or RIGHT
        return moving.way_on(self.routine, index, following, self.prompts, side)

    def way_out(self, index: int) -> list[Item]:
        """Return how to leave the position of an exercise, as sentences and pauses."""
        return narration.way_out(self.exercise(index), self.prompts)

    def breathing(self) -> Track:
        """Return a minute of calm breathing."""
        return narration.breathing(self.prompts, self.spoken)

    def closing(self) -> Track:
        """Return the end of a whole session."""
        return narration.closing(self.routine, self.prompts, self.spoken)

    def estimate(self, index: int, level: int, talk: int, pace: int, known: bool = False) -> Ms:
        """Return how long an exercise takes from its description to its last set.

        `known`: as for `settle`.
        """
        how = Manner(pace=pace)
        work = sum(self.led(station, level, how).length for station in self.stations(index, level))
        return Ms(self._around(index, level, talk, known) + work)

    def time(self, index: int, level: int) -> Ms:
        """Return what `estimate` does for the written pace and the full text.

        Whether the words fit their beats is not asked, so that the lengths may be guesses.
        """
        dose = self.exercise(index).variant(level).dose
        work = dose.track(self.prompts, Lengths(_no_time), Manner()).length
        sets = len(self.stations(index, level))
        return Ms(self._around(index, level, narration.FULL) + sets * work)

    def _around(self, index: int, level: int, talk: int, known: bool = False) -> Ms:
        """Return how long everything but the work of an exercise takes."""
        told = self.reading(index, level, talk).length
        told = Ms(told + self.settle(index, level, talk, known=known).length)
        ways = pairwise(self.stations(index, level))
        return Ms(told + sum(self.bridge(*way, level).length for way in ways))

    def bridge(self, before: Station, after: Station, level: int) -> Track:
        """Return what lies between two stations of an exercise: a rest or a change of sides."""
        return self.switch(after, level) if after.set == before.set else self.rest(after, level)


def _no_time(_: str) -> Ms:
    return Ms(0)
