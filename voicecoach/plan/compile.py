"""From a routine to a plan: which lines it needs, and whether each fits its time.

`all_lines` -> (a voice renders them) -> `compile_plan`. A line that does not fit is a problem with
the line number of its dose, before anybody lies down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import product

from voicecoach.doses.base import Manner
from voicecoach.doses.lead_in import count_in
from voicecoach.errors import Problem, ProblemsError
from voicecoach.language.model import Language
from voicecoach.language.prompts import LONGEST_MINUTES, MOST, Prompts
from voicecoach.language.sides import SIDES
from voicecoach.plan.narration import Greeting
from voicecoach.plan.plan import LEVELS, TALKS, Plan
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Exercise, Region, Routine
from voicecoach.track import TightError, lines_of, on_time
from voicecoach.units import Ms

MOST_HOURS = 3
"""The longest routine: four times the longest one that is included. Our own choice; what is longer
is a slip, such as twenty sets in each of fifty exercises."""

MOST_ASKED = 20
"""The most repetitions that can be asked for by voice."""

MS_PER_HOUR = 3_600_000


def all_lines(routine: Routine, language: Language) -> frozenset[str]:
    """Return every line that a session of `routine` can speak in `language`.

    Raises `ProblemsError` if it takes more than `MOST_HOURS`.
    """
    asked = Asked()
    plan = Plan(routine, language, asked)
    _require_length(plan)
    for _ in _tracks(plan):
        pass
    for line in _answers(routine, language.prompts):
        plan.length(line)
    return frozenset(asked.lines)


def compile_plan(
    routine: Routine,
    language: Language,
    lengths: Mapping[str, Ms],
    centre: Callable[[str], Ms] = on_time,
) -> Plan:
    """Return the plan; `centre` tells where in a line its beat is heard.

    Raises `ProblemsError` with every line that does not fit its time.
    """
    plan = Plan(routine, language, lengths, centre)
    problems = [problem for problem in _tracks(plan) if problem]
    if problems:
        raise ProblemsError(routine.path or routine.id, sorted(set(problems)))
    return plan


def _require_length(plan: Plan) -> None:
    """Raise `ProblemsError` if the work, rests and pauses alone take too long."""
    routine = plan.routine
    hours = sum(plan.time(i, 0) for i in range(len(routine.exercises))) / MS_PER_HOUR
    if hours > MOST_HOURS:
        message = f"the routine takes about {hours:.0f} hours"
        hint = f"at most {MOST_HOURS}: with fewer sets or exercises"
        raise ProblemsError(routine.path or routine.id, [Problem(0, "", message, hint)])


class Asked(dict[str, Ms]):
    """Lengths that note what was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: set[str] = set()

    def __missing__(self, text: str) -> Ms:
        self.lines.add(text)
        return Ms(0)


def _tracks(plan: Plan) -> Iterator[Problem | None]:
    """Build every track of a plan; yield what does not fit."""
    try:
        for greeting in Greeting:
            plan.welcome(greeting)
        for always in (plan.closing, plan.breathing):
            always()
        count_in(plan.prompts, plan.spoken)
    except TightError as error:
        yield Problem(0, "", str(error), "a faster voice, with --rate")
        return
    count = len(plan.routine.exercises)
    for index in range(count):
        yield from _exercise(plan, index)
        for following in range(count):
            if following != index:
                plan.between(index, following)


def _exercise(plan: Plan, index: int) -> Iterator[Problem | None]:
    for level in LEVELS:
        for talk in TALKS:
            plan.reading(index, level, talk)
            for side, known in product(SIDES, (False, True)):
                plan.settle(index, level, talk, side, known)
        stations = plan.stations(index, level)
        for before, station in zip([None, *stations[:-1]], stations, strict=True):
            if before:
                plan.bridge(before, station, level)
            yield from _work(plan, index, level, station)


def _work(plan: Plan, index: int, level: int, station: Station) -> Iterator[Problem | None]:
    exercise = plan.exercise(index)
    for wordy, counting in product((True, False), repeat=2):
        how = Manner(wordy=wordy, counting=counting)
        try:
            plan.work(station, level, how)
        except TightError as error:
            dose = exercise.variant(level).dose
            line, where = dose.line or exercise.line, f"exercises[{index + 1}].dose"
            yield Problem(line, where, str(error), dose.TIGHT_HINT, path=dose.path)


def _answers(routine: Routine, say: Prompts) -> Iterator[str]:
    """Yield what the dialog can say."""
    for key, text in say.lines.items():
        if "{" not in text:
            yield say.say(key)
    of = say.number(len(routine.exercises))
    for i, exercise in enumerate(routine.exercises):
        yield from _about(exercise, say)
        yield say.say("where", n=say.number(i + 1), of=of, name=exercise.name)
    yield from (say.time_left(Ms(m * 60_000)) for m in range(LONGEST_MINUTES + 1))
    yield from (say.say("side_is", side=side) for side in SIDES)
    yield from (say.left_alone([region.value]) for region in Region)
    seconds = range(5, MOST + 1, 5)
    yield from (say.count("more_seconds", n) for n in seconds)
    counted = {exercise.dose.count for exercise in routine.exercises} - {0}
    yield from (say.say("so_already", times=say.number(n)) for n in sorted(counted))
    yield from (say.say("from_next_time", times=say.number(n)) for n in range(1, MOST_ASKED + 1))


def _about(exercise: Exercise, say: Prompts) -> Iterator[str]:
    ways = [*exercise.way_in, *exercise.way_in_short, *exercise.release, *exercise.way_out]
    lines = lines_of([*ways, *exercise.start, *exercise.full, exercise.short])
    for level in LEVELS:
        lines += [*exercise.variant(level).say, exercise.at(level).short]
        for n in range(exercise.variant(level).dose.count + 1):
            yield say.more(n)
    for side in SIDES:
        yield from (say.sided(line, side) for line in lines)
    yield say.say("next_exercise", name=exercise.name)
    yield say.say("offer_next", name=exercise.name)
    yield say.left_alone([region.value for region in exercise.regions])
