"""What is said around the work: the greeting, the descriptions, the ways out, the end."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from voicecoach.doses.base import Dose
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT, RIGHT
from voicecoach.routine.model import Exercise, Routine
from voicecoach.track import (
    SENTENCE,
    Breath,
    Cue,
    CueKind,
    Item,
    Lengths,
    Pause,
    Track,
    fitted,
    spoken,
)
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

FULL, SHORT, BRIEF, BARE = 3, 2, 1, 0
"""Levels of talk: everything; the key cue; the same with the short way in, of an exercise that the
user knows; the counts only."""


class Greeting(Enum):
    """How much the greeting says."""

    FIRST = "first"
    """All: what the routine is, what is needed, the ground rules."""
    NEW = "new"
    """What the routine is: the ground rules were heard in another one."""
    AGAIN = "again"
    """Its name: the user did it lately."""


def welcome(routine: Routine, greeting: Greeting, say: Prompts, lengths: Lengths) -> Track:
    """Return the greeting: name, summary, equipment, and the words that matter."""
    if greeting is Greeting.AGAIN:
        back = say.say("welcome_back", name=routine.name)
        return spoken([back], lengths, lead=Ms(500), after=Ms(500))
    lines = [say.say("welcome", name=routine.name), routine.summary]
    if routine.equipment:
        lines.append(say.say("equipment", things=say.things(routine.equipment)))
    if greeting is Greeting.FIRST:
        if len(routine.equipment) > 1:
            lines.append(say.say("fetch"))
        lines += [say.say("ground_rules"), say.say("safe_word"), say.say("feel_word")]
    return spoken(lines, lengths, lead=Ms(500), after=Ms(500))


def reading(
    routine: Routine,
    index: int,
    level: int,
    talk: int,
    say: Prompts,
    lengths: Lengths,
    recalled: Iterable[str] = (),
) -> Track:
    """Return the description of an exercise at a level of difficulty and of talk.

    What is `recalled` of earlier sessions comes after its name.
    """
    exercise = routine.exercises[index]
    number, of = say.number(index + 1), say.number(len(routine.exercises))
    key = "exercise_known" if talk == BRIEF else "exercise"
    items: list[Item] = [say.say(key, n=number, of=of, name=exercise.name), *recalled]
    if talk > BARE:
        items += exercise.led_in(known=talk == BRIEF)
        items += description(exercise.at(level), talk, say)
    items += change(exercise, level)
    items += dose_lines(exercise, exercise.variant(level).dose, say, talk)
    return spoken(sided(items, LEFT, say), lengths, lead=SENTENCE)


def description(exercise: Exercise, talk: int, say: Prompts) -> list[Item]:
    """Return what is going to be done: the user listens, and moves when the `start` says so."""
    if talk == FULL:
        return [say.say("listen"), *exercise.full]
    if talk == BRIEF and exercise.rests:
        return []  # once the user lies as in a rest that they know, there is nothing to do
    return [say.say("listen"), exercise.short] if exercise.start else [exercise.short]


def sided(items: Iterable[Item], side: str, say: Prompts) -> list[Item]:
    """Return `items` with the words for a side and the other one filled in."""
    return [item if isinstance(item, Pause) else say.sided(item, side) for item in items]


def change(exercise: Exercise, level: int) -> tuple[str, ...]:
    """Return the sentences that turn the plain exercise into the one at `level`."""
    return exercise.variant(level).say


def dose_lines(exercise: Exercise, dose: Dose, say: Prompts, talk: int = FULL) -> list[str]:
    """Return how much there is to do, as sentences; how many sets and sides there are, and what is
    said as the work begins, is not told to a user who knows it.
    """
    if talk == BRIEF:
        return dose.brief_lines(say)
    lines = [dose.dose_line(say)]
    if dose.sets > 1:
        lines.append(say.count("dose_sets", dose.sets))
    if exercise.sides is Sides.EACH:
        lines.append(say.say("dose_each_side"))
    if talk == FULL and dose.breathes_out_first:
        lines.append(say.say("breath_before"))
    return lines


def closing(routine: Routine, say: Prompts, lengths: Lengths) -> Track:
    """Return the end of a session that was done whole."""
    lines = [say.say("set_done"), *way_out(routine.exercises[-1], say)]
    return spoken([*lines, *last_words(routine, say, whole=True)], lengths, lead=SENTENCE)


def last_words(routine: Routine, say: Prompts, *, whole: bool) -> list[str]:
    """Return the advice, how often, and goodbye; not `whole`: nothing was done."""
    goodbye = say.say("goodbye" if whole else "finished_early")
    return [*routine.advice, *how_often(routine, say), goodbye]


def how_often(routine: Routine, say: Prompts) -> list[str]:
    """Return how often the routine is done, if its file says so."""
    return [say.say("do_often", often=routine.frequency.say)] if routine.frequency else []


def way_out(exercise: Exercise, say: Prompts) -> list[Item]:
    """Return how to leave the position; the right side is the one worked last."""
    return sided(exercise.way_out, RIGHT, say)


def breathing(say: Prompts, lengths: Lengths) -> Track:
    """Return a minute of calm breathing, four seconds in and six out (as a hold's default)."""
    cues = [Cue(Ms(0), say.say("breathing"))]
    for at in range(3000, 63_000, 10_000):
        cues.append(Cue(Ms(at), say.say("breathe_in"), CueKind.BREATH, breath=Breath.IN))
        out = say.say("breathe_out")
        cues.append(Cue(Ms(at + 4000), out, CueKind.BREATH, breath=Breath.OUT))
    return Track(fitted(cues, lengths, Ms(63_000)), Ms(63_000))
