"""People of the review, on three days: what they are asked, what they hear, and what is led.

``pytest tests/screening/test_personas.py --update-golden`` writes the file again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest

from tests.english import LANGUAGE, SAY
from tests.routines.shelf import NAMES, load
from tests.screening.people import TODAY
from voicecoach.app.routine_library import shipped_exercises
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.facts import Fact
from voicecoach.screening.outlook import open_to, outlook
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Reply, Screening, intro
from voicecoach.screening.summary import meaning
from voicecoach.screening.verdicts import Adapted

GOLDEN = Path(__file__).parent / "golden" / "personas.golden"
DAYS = (0, 1, 32)
F = Fact

PEOPLE: dict[str, tuple[tuple[Fact, ...], str]] = {
    "healthy, 30": ((), "foam-roll-upper-back"),
    "pregnant, week 20": ((F.PREGNANT, F.PREGNANT_LONG), "preventive-back-strength"),
    "pregnant, week 8, agreed": ((F.PREGNANT, F.PREGNANT_AGREED), "back-at-home"),
    "a disc problem, agreed": ((F.DISC, F.DISC_AGREED), "herniated-disc"),
    "a disc problem, not agreed": ((F.DISC,), "back-at-home"),
    "blood thinners": ((F.BLOOD,), "foam-roll-upper-back"),
    "70, osteoporosis": ((F.BONES, F.OLDER), "lumbago-relief"),
    "70, healthy": ((F.OLDER,), "herniated-disc"),
    "a caesarean ten days ago": ((F.OPERATION,), "after-childbirth"),
    "a caesarean, agreed, the wound still open": (
        (F.OPERATION, F.OPERATION_AGREED, F.WOUND),
        "after-childbirth",
    ),
    "injured yesterday": ((F.INJURY, F.TWO_DAYS), "lumbago-relief"),
    "cancer twenty years ago, agreed": ((F.CANCER, F.CANCER_AGREED), "back-at-home"),
    "cancer twenty years ago, not agreed": ((F.CANCER,), "back-at-home"),
    "wakes at night, turning over helps": ((F.NIGHT, F.NIGHT_EASES), "back-at-home"),
    "wakes at night, nothing helps": ((F.NIGHT,), "back-at-home"),
    "a weak leg, seen the next day": ((F.WEAK, F.SEEN, F.CLEARED), "back-at-home"),
    "a glass of wine": ((F.DROWSY,), "back-at-home"),
}
"""What each says yes to whenever it is asked, but not to what is new since a doctor's visit; and
the routine that is chosen."""


@cache
def shelf() -> tuple[list[Routine], list[Exercise]]:
    """Return the shipped routines, and what may take a place in them."""
    return [load(name) for name in NAMES], shipped_exercises(LANGUAGE)


def told(yes: tuple[Fact, ...], routine: str) -> Iterator[str]:
    """Yield the lines of one person's three days."""
    profile = Profile()
    for days in DAYS:
        day = TODAY + timedelta(days=days)
        screening = Screening.start(profile, day)
        yield f"  day {days}: {intro(screening, SAY)}"
        while screening.current:
            word = Reply.YES if screening.key in {fact.value for fact in yes} else Reply.NO
            yield f"    {SAY.screen[screening.key]} {word.value}"
            screening = screening.answer(word)
        assert screening.outcome is not None
        profile = screening.outcome
        routines, library = shelf()
        left = open_to(profile, day, LANGUAGE, routines, library)
        yield from (f"    > {s}" for s in meaning(profile, day, SAY, outlook(left, routines, SAY)))
        answer = adapt(load(routine), profile, day, LANGUAGE, library)
        led = [e.id for e in answer.routine.exercises] if isinstance(answer, Adapted) else []
        yield f"    {routine}: {', '.join(led) or 'not led'}"
        yield from (f"    > {sentence}" for sentence in answer.sentences)


def test_the_days_of_people_are_told() -> None:
    """Nobody is locked out for good who has a doctor's yes, and everybody hears what is open."""
    for name, (yes, routine) in PEOPLE.items():
        lines = list(told(yes, routine))
        agreed = any(fact.value.endswith(("_agreed", "_eases")) for fact in yes)
        if agreed or not yes:
            assert any(line.rstrip(".").endswith(("open to you", "are not")) for line in lines), (
                name
            )


def test_the_stories_of_people(request: pytest.FixtureRequest) -> None:
    """The whole of it, as a file to read."""
    text = "\n".join(
        f"{name}\n" + "\n".join(told(yes, routine)) + "\n"
        for name, (yes, routine) in PEOPLE.items()
    )
    if request.config.getoption("--update-golden"):
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")
