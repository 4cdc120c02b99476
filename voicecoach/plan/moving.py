"""What is said while the user moves: settling, resting, switching sides, and between exercises."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from voicecoach.doses.base import Dose
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT, RIGHT
from voicecoach.plan.narration import BRIEF, SHORT, sided
from voicecoach.plan.stations import Station
from voicecoach.routine.model import Exercise, Routine
from voicecoach.track import SENTENCE, Item, Lengths, Track, lines_of, silence, spoken
from voicecoach.units import Ms

BREATHER: Final = Ms(2000)
"""Silence before the next exercise is described."""

WORTH_SAYING: Final = Ms(5000)
"""A shorter time to get into position is not announced."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How the time before a set is led."""

    talk: int
    side: str = LEFT
    known: bool = False
    """Whether the user has heard in this session that "ready" begins at once."""


def settle(exercise: Exercise, dose: Dose, how: Settling, say: Prompts, lengths: Lengths) -> Track:
    """Return the last words before the work, time to get into position, and what leads in."""
    lead_in = dose.lead_in(say, lengths)
    told = spoken(_last_words(exercise, how, say), lengths, lead=SENTENCE)
    wait = silence(Ms(max(0, exercise.settle - lead_in.length - SENTENCE)))
    return told.then(wait).then(lead_in)


def _last_words(exercise: Exercise, how: Settling, say: Prompts) -> list[Item]:
    """Return what is said right before the time to get into position."""
    first = how.talk >= SHORT and not how.known
    if exercise.start:
        hint = [say.say("settle_ready")] if first else []
        return [*hint, *sided(exercise.start, how.side, say)]
    if exercise.settle < WORTH_SAYING:
        return []
    key = "settle_first" if first else "settle" if how.talk >= BRIEF else "settle_short"
    return [say.say(key, time=say.duration(exercise.settle // 1000))]


def rest(exercise: Exercise, dose: Dose, station: Station, say: Prompts, lengths: Lengths) -> Track:
    """Return the rest before `station`: how long, that much silence, what comes, the lead-in."""
    done: list[Item] = [say.say("set_done")]
    done += sided(exercise.release, RIGHT, say)
    done += [exercise.assess] if exercise.assess else []
    done += [say.say("rest", time=say.duration(dose.rest // 1000))] if dose.rest else []
    following = [say.say("next_set", n=say.number(station.set), of=say.number(dose.sets))]
    if station.side:
        following += other_side(exercise, station.side, say)
    talked = spoken(done, lengths, lead=SENTENCE)
    quiet = silence(Ms(max(0, dose.rest - SENTENCE)))
    ready = spoken(following, lengths).then(_again(exercise, dose, station, say, lengths))
    return talked.then(quiet).then(ready)


def switch(exercise: Exercise, dose: Dose, side: str, say: Prompts, lengths: Lengths) -> Track:
    """Return the change of sides: back to the middle, the new side, time for it, the lead-in."""
    done = LEFT if side == RIGHT else RIGHT
    items = [*sided(exercise.release, done, say), *other_side(exercise, side, say)]
    talked = spoken(items, lengths, lead=SENTENCE)
    settled = settle(exercise, dose, Settling(SHORT, side, known=True), say, lengths)
    return talked.then(settled)


def other_side(exercise: Exercise, side: str, say: Prompts) -> list[str]:
    """Return which side works now; the key cue names the limb where `start` does not.

    Said before a `start` that names it, the key cue is an order to begin too early, given twice.
    """
    named = any("{side}" in line for line in lines_of(exercise.start))
    switch = say.say("switch", side=side)
    return [switch] if named else [switch, say.sided(exercise.short, side)]


def between(routine: Routine, index: int, after: int, say: Prompts, lengths: Lengths) -> Track:
    """Return what comes after exercise `index`: the way out, and a preview of the next."""
    following = say.say("next_exercise", name=routine.exercises[after].name)
    items = [say.say("set_done"), *way_on(routine, index, after, say), following]
    return spoken(items, lengths, lead=SENTENCE).then(silence(BREATHER))


def way_on(routine: Routine, index: int, after: int, say: Prompts, side: str = RIGHT) -> list[Item]:
    """Return how to leave the work of exercise `index` so that the way in of another can follow.

    That is the way out, or in the same position only the release: the user does not get up. `side`
    was worked last.
    """
    exercise = routine.exercises[index]
    same = routine.exercises[after].position is exercise.position
    return sided(exercise.release if same else exercise.way_out, side, say)


def _again(
    exercise: Exercise, dose: Dose, station: Station, say: Prompts, lengths: Lengths
) -> Track:
    """Return how a further set begins: with time to move where there is something to move."""
    if station.side or exercise.start:
        how = Settling(SHORT, station.side or LEFT, known=True)
        return settle(exercise, dose, how, say, lengths)
    return dose.lead_in(say, lengths)
