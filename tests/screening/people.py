"""People and exercises to try the rules on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.english import LANGUAGE
from voicecoach.doses.base import Dose
from voicecoach.doses.hold import Hold, HoldKind
from voicecoach.doses.relaxation import Relaxation
from voicecoach.doses.repetitions import Repetitions, Tempo
from voicecoach.doses.strokes import Strokes
from voicecoach.routine.model import Exercise, Position, Region, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questions import QUESTIONS
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

TODAY = date(2026, 11, 21)
STRETCH = Hold(Ms(20_000))
EFFORT = Hold(Ms(10_000), kind=HoldKind.EFFORT)
REST = Relaxation(Ms(300_000), cues=("Let your breath come and go.",))
REPS = Repetitions(8, Tempo(3, 0, 2, 0), sets=2, rest=Ms(20_000))
STROKES = Strokes(12, Ms(3000))


def told(*facts: Fact) -> Profile:
    """Return somebody who said yes to these questions today, and no to all others."""
    answers = let_through(TODAY).answers
    for question in QUESTIONS:
        yes = question.fact in facts
        if yes or (question.after and answers.reaches(question, TODAY)):
            answers = answers.with_answer(question.fact, yes, TODAY)
    return Profile().with_answers(answers, TODAY)


def move(
    name: str, position: Position = Position.SEATED, dose: Dose = STRETCH, **own: object
) -> Exercise:
    """Return a small exercise; further fields by name."""
    plain = Exercise(
        id=name,
        name=name.capitalize(),
        position=position,
        regions=(Region.UPPER_BACK,),
        sides=Sides.NONE,
        dose=dose,
        way_in=("Get into place.",),
        full=("Do it slowly.",),
        short="Do it slowly.",
        way_out=("Come out of it.",),
    )
    return replace(plain, **own)  # type: ignore[arg-type]


def routine(*exercises: Exercise, **own: object) -> Routine:
    """Return a routine of these exercises; further fields by name."""
    plain = Routine(
        id="trial",
        name="A trial",
        summary="A few moves.",
        language="en",
        author="Jo Bloggs",
        licence="CC0-1.0",
        sources=(),
        equipment=("a mat",),
        exercises=exercises,
    )
    return replace(plain, **own)  # type: ignore[arg-type]


def adapted(
    of: Routine, profile: Profile, library: tuple[Exercise, ...] = (), day: date = TODAY
) -> Adapted:
    """Return the routine as adapted, which must not be declined."""
    answer = adapt(of, profile, day, LANGUAGE, library)
    assert isinstance(answer, Adapted), answer
    return answer


def declined(of: Routine, profile: Profile, day: date = TODAY) -> Declined:
    """Return why the routine is declined, which it must be."""
    answer = adapt(of, profile, day, LANGUAGE)
    assert isinstance(answer, Declined), answer
    return answer


def ids(of: Adapted) -> list[str]:
    """Return the ids of the exercises that are led."""
    return [exercise.id for exercise in of.routine.exercises]
