"""Doses for somebody who needs less of something (S22, S27), down to what is still a dose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.screening.people import REPS, REST, move
from voicecoach.doses.base import Dose
from voicecoach.doses.hold import Hold
from voicecoach.doses.repetitions import Repetitions, Tempo
from voicecoach.doses.strokes import Strokes
from voicecoach.routine.model import Variant
from voicecoach.screening.adapted_doses import once, unhurried, with_easier
from voicecoach.units import Ms

TEMPO = Tempo(3, 0, 2, 0)


@pytest.mark.parametrize(
    ("dose", "less"),
    [
        (REPS, Repetitions(8, TEMPO, sets=1, rest=Ms(20_000))),
        (Hold(Ms(30_000), sets=3), Hold(Ms(30_000), sets=2)),
        (Hold(Ms(20_000)), Hold(Ms(13_000))),
        (Hold(Ms(15_000)), Hold(Ms(10_000))),
        (Hold(Ms(14_000)), None),
        (Repetitions(6, TEMPO), Repetitions(4, TEMPO)),
        (Repetitions(2, TEMPO), Repetitions(1, TEMPO)),
        (Repetitions(1, TEMPO), None),
        (REST, None),
    ],
)
def test_s27_a_lighter_dose_is_one_set_or_a_third_less(dose: Dose, less: Dose | None) -> None:
    """One set less where there are several; else a third less, of a hold in whole seconds and not
    under ten; a rest cannot be less.
    """
    assert dose.lighter() == less


@pytest.mark.rule("S22")
@pytest.mark.parametrize(
    ("count", "one_way", "fewer"),
    [
        (15, 1000, 10),  # ten strokes are a set however quick they are
        (14, 1000, None),  # nine of 2 s last 18 s
        (14, 1666, None),  # nine that last 29,988 ms
        (14, 1667, 9),  # nine that last 30,006 ms
        (12, 2000, 8),  # eight that last 32 s
        (8, 3000, 5),  # five that last 30 s, the least there is
        (8, 2999, None),
    ],
)
def test_s22_fewer_strokes_are_still_a_set(count: int, one_way: int, fewer: int | None) -> None:
    """S22: a lighter set has ten strokes or lasts 30 s, or there is none."""
    less = Strokes(count, Ms(one_way)).lighter()
    assert less == (Strokes(fewer, Ms(one_way)) if fewer else None)


def test_an_easier_level_of_its_own_is_kept() -> None:
    """What the file says is easier is not replaced; without it the lighter dose is the easier."""
    own = move("own", dose=REPS, easier=Variant(("Less.",), Hold(Ms(10_000))))
    assert with_easier(own) is own
    plain = move("plain", dose=REPS)
    assert with_easier(plain).easier == Variant((), REPS.lighter())  # type: ignore[arg-type]
    rest = move("rest", dose=REST)
    assert with_easier(rest) is rest


@pytest.mark.parametrize(
    ("settle", "longer"),
    [(8000, 12_000), (9000, 14_000), (10_000, 15_000), (30_000, 45_000), (50_000, 60_000)],
)
def test_s19_more_time_to_get_into_place(settle: int, longer: int) -> None:
    """S19: half as long again, rounded up to whole seconds, from 12 to 60 s."""
    assert unhurried(move("one", settle=Ms(settle))).settle == longer


def test_every_level_is_adapted() -> None:
    """One set at each level, and each level keeps its words."""
    harder, easier = Variant(("More.",), REPS), Variant(("Less.",), REPS)
    single = once(move("one", dose=REPS, harder=harder, easier=easier))
    assert single.dose == replace(REPS, sets=1)
    assert single.harder == Variant(("More.",), replace(REPS, sets=1))
    assert single.easier == Variant(("Less.",), replace(REPS, sets=1))
