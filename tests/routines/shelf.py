"""The shipped routines, compiled and rehearsed with a voice of tones as quick as the coach's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests.app.rehearsals import Event
from tests.english import BOOK, LANGUAGE
from tests.fakes.voice import FakeVoice
from voicecoach.app.dependencies import Parts
from voicecoach.app.rehearsal import rehearse
from voicecoach.app.routine_library import load_routine
from voicecoach.audio.cancellers import NoCanceller
from voicecoach.audio.clip import Clip
from voicecoach.audio.echo_pipeline import Duplex
from voicecoach.dialog.session import Session
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Exercise, Routine
from voicecoach.simulation.room import SimulatedRoom
from voicecoach.simulation.scenario import RoomSettings
from voicecoach.stt.typed import TypedRecogniser
from voicecoach.units import Ms

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


def rehearsed(name: str) -> tuple[str, list[Event]]:
    """Rehearse a shipped routine with a user who says nothing; return the outcome and the log."""
    plan, clips = compiled(name)
    duplex = Duplex(NoCanceller, gated=False)
    parts = Parts(Session(plan), clips, BOOK, TypedRecogniser(list), duplex)
    events: list[Event] = []
    room = SimulatedRoom(RoomSettings(floor_db=float("-inf")))
    return rehearse(parts, room, (), events.append), events


def exercise(routine: str, id_: str) -> Exercise:
    """Return an exercise of a shipped routine by its id."""
    return {exercise.id: exercise for exercise in load(routine).exercises}[id_]


def texts(exercise: Exercise) -> list[str]:
    """Return every text of an exercise's own, the name left out."""
    levels = [level.say for level in (exercise.easier, exercise.harder) if level]
    own = [*exercise.way_in, *exercise.full, exercise.short, exercise.assess, *exercise.way_out]
    own += getattr(exercise.dose, "cues", ())
    return [text for text in (*own, *(line for say in levels for line in say)) if text]
