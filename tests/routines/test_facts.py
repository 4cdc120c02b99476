"""What the sources say stands in the routines: steps, doses and cautions, as a table."""

from __future__ import annotations

import re

import pytest

from tests.english import SAY
from tests.routines.facts import ADVICE, DOSES, EXERCISES, ROUTINES, WORDS, missing
from tests.routines.shelf import NAMES, exercise, load, texts
from voicecoach.doses.hold import Hold
from voicecoach.doses.relaxation import Relaxation
from voicecoach.doses.repetitions import Repetitions
from voicecoach.doses.strokes import Strokes
from voicecoach.plan.narration import how_often
from voicecoach.plan.plan import LEVELS
from voicecoach.routine.model import Exercise, Per
from voicecoach.yaml_reader.text_lint import Sides


def amount(exercise: Exercise, level: int = 0) -> tuple[str, float]:
    """Return what a dose counts, and how much."""
    match exercise.variant(level).dose:
        case Hold() as hold:
            return "seconds", hold.length / 1000
        case Relaxation() as rest:
            return "minutes", rest.length / 60_000
        case Strokes() as strokes:
            return "strokes", strokes.count
        case Repetitions() as repetitions:
            return "repetitions", repetitions.count


def test_all_fourteen_are_there() -> None:
    """The shipped routines are those of the sources, no more and no fewer."""
    assert sorted(ROUTINES) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_routine_names_its_sources(name: str) -> None:
    """Each source begins with the number of its text."""
    assert tuple(source[:3] for source in load(name).sources) == ROUTINES[name]


@pytest.mark.parametrize("name", NAMES)
def test_a_routine_is_whole(name: str) -> None:
    """It has the exercises of its source, in their order."""
    assert [exercise.id for exercise in load(name).exercises] == EXERCISES[name]


@pytest.mark.parametrize(("routine", "id_", "what", "least", "most"), DOSES)
def test_a_dose_is_the_sources(routine: str, id_: str, what: str, least: int, most: int) -> None:
    """The plain dose lies within the source's numbers."""
    counted, much = amount(exercise(routine, id_))
    assert counted == what
    assert least <= much <= most


@pytest.mark.parametrize(("routine", "id_", "words"), WORDS)
def test_steps_and_cautions_are_said(routine: str, id_: str, words: str) -> None:
    """What the source asks for is in the words of the exercise."""
    assert not missing(" ".join(texts(exercise(routine, id_))), words)


@pytest.mark.parametrize(("routine", "words"), ADVICE)
def test_advice_is_said(routine: str, words: str) -> None:
    """What the source advises is said at the end."""
    of = load(routine)
    assert not missing(" ".join([*of.advice, *how_often(of, SAY)]), words)


def test_sides_are_the_sources() -> None:
    """What the sources ask of one side, and then of the other, has sides."""
    for routine, id_ in (
        ("lower-back-pain", "leg-lift"),
        ("herniated-disc", "knee-to-chest"),
        ("upper-back-at-home", "knee-to-chest"),
        ("upper-back-at-home", "knees-to-one-side"),
        ("after-childbirth", "foot-and-opposite-arm"),
        ("desk-break", "seated-twist"),
    ):
        assert exercise(routine, id_).sides is Sides.EACH


def test_five_minutes_of_massage() -> None:
    """All the pressing of the bedtime massage lasts about five minutes (source 002)."""
    held = 0
    for each in load("bedtime-self-massage").exercises:
        if isinstance(each.dose, Hold):
            held += each.dose.length * each.dose.sets * (2 if each.sides is Sides.EACH else 1)
    assert 270_000 <= held <= 330_000


def test_shoulder_blades_are_held_five_seconds() -> None:
    """They stay together for about five seconds (source 004)."""
    dose = exercise("desk-break", "shoulder-blades-together").dose
    assert isinstance(dose, Repetitions)
    assert dose.tempo.pause_high == 5


def test_a_few_seconds_are_a_few_seconds() -> None:
    """A body lift and an arm stay for two to five seconds (source 003)."""
    for routine in ("after-childbirth", "preventive-back-strength", "back-at-home"):
        dose = exercise(routine, "body-lift").dose
        assert isinstance(dose, Repetitions)
        assert 2 <= dose.tempo.pause_high <= 5


def test_how_often() -> None:
    """Strength at most twice a week, the desk twice a day, gentle movement morning and evening."""
    for name in ("preventive-back-strength", "standing-back"):
        often = load(name).frequency
        assert often
        assert (often.times, often.per) == (2, Per.WEEK)
    for name in ("upper-back-at-home", "desk-break", "lumbago-relief", "pregnancy-back-care"):
        often = load(name).frequency
        assert often
        assert (often.times, often.per) == (2, Per.DAY)


CLAIMS = re.compile(
    r"\b(?:re-?align\w*|diagnos\w*|treat\w*|therap(?:y|ies)|cure\w*|heal(?:s|ed|ing)?|deposits?"
    r"|toxins?|slip\w* back|straightens? your spine|harmless|reliev\w*|relief)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_claimed(name: str) -> None:
    """No routine claims to diagnose, treat, relieve or realign, nor that something is harmless."""
    routine = load(name)
    said = [routine.name, routine.summary, *routine.advice]
    said += [routine.evidence.note] if routine.evidence else []
    said += [text for each in routine.exercises for text in texts(each)]
    assert not CLAIMS.findall(" ".join(said))


@pytest.mark.parametrize("name", NAMES)
def test_easier_is_no_more_and_harder_no_less(name: str) -> None:
    """Both levels are there; their counts lie on their own side of the plain one."""
    for each in load(name).exercises:
        assert each.easier
        assert each.harder
        easier, plain, harder = (amount(each, level)[1] for level in sorted(LEVELS))
        assert easier <= plain <= harder
