"""The shipped routines, compiled and led with a voice of tones as quick as the coach's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.app.rehearsals import Event, plain
from tests.english import BOOK, LANGUAGE
from tests.fakes.voice import FakeVoice
from voicecoach.app.conductor import Conductor
from voicecoach.app.output import Output
from voicecoach.app.rehearsal import LONGEST
from voicecoach.app.routine_library import load_routine
from voicecoach.audio.clip import Clip
from voicecoach.audio.mixer import Mixer, Report
from voicecoach.dialog.events import Started
from voicecoach.dialog.session import Session
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Exercise, Routine
from voicecoach.track import lines_of
from voicecoach.units import BLOCK, Frame, Ms, to_ms

FOLDER = Path(__file__).parents[2] / "routines"
NAMES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
SHARED = sorted(path.stem for path in (FOLDER / "exercises").glob("*.yaml"))

WORD = Ms(350)
"""A word as the coach's usual voice says it; the whole sessions come out 1 to 4 % too long."""


@cache
def load(name: str) -> Routine:
    """Return a shipped routine; of a shared exercise, by "exercises/NAME", one of it alone."""
    return load_routine(FOLDER / f"{name}.yaml", LANGUAGE)


@cache
def compiled(name: str) -> tuple[Plan, dict[str, Clip]]:
    """Return the plan of a shipped routine, and its clips."""
    clips = FakeVoice(WORD).render(sorted(all_lines(load(name), LANGUAGE)))
    return compile_plan(load(name), LANGUAGE, {text: c.length for text, c in clips.items()}), clips


def led(name: str) -> tuple[str | None, list[Event]]:
    """Lead a shipped routine with a user who says nothing; return the outcome and the log.

    Nothing is heard, so no room is needed, and the mixer may take ten blocks at once: a tenth of
    a second is less than the lead by which cues are handed over.
    """
    plan, clips = compiled(name)
    events: list[Event] = []
    reports: list[Report] = []
    mixer = Mixer(reports.append)
    conductor = Conductor(
        Session(plan),
        Output(mixer, Frame(0)),
        clips,
        BOOK,
        lambda _: None,
        lambda event: events.append(plain(event)),
        lambda _: None,
    )
    conductor.handle(Started(Ms(0)))
    while conductor.outcome is None and mixer.frame < LONGEST:
        mixer.fill(10 * BLOCK)
        conductor.note(reports)
        reports.clear()
        conductor.tick(to_ms(mixer.frame))
    return conductor.outcome, events


def exercise(routine: str, id_: str) -> Exercise:
    """Return an exercise of a shipped routine by its id."""
    return {exercise.id: exercise for exercise in load(routine).exercises}[id_]


def texts(exercise: Exercise) -> list[str]:
    """Return every text of an exercise's own, the name left out."""
    levels = [level.say for level in (exercise.easier, exercise.harder) if level]
    ways = (*exercise.way_in, *exercise.way_in_short, *exercise.release, *exercise.way_out)
    own = lines_of((*ways, *exercise.full, *exercise.start))
    own += [exercise.short, exercise.assess]
    own += getattr(exercise.dose, "cues", ())
    return [text for text in (*own, *(line for say in levels for line in say)) if text]
