"""A kind of exercise that only this module knows, led through the whole program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar, Self

import pytest

from tests.doses.strategies import length
from tests.english import LANGUAGE, parse
from tests.routine.files import GOOD
from tests.screening.people import adapted, declined, told
from voicecoach.app.timetable import timetable
from voicecoach.doses.base import (
    Activity,
    Data,
    Dose,
    Manner,
    read_rest,
    read_sets,
    sets_shapes,
    write_sets,
)
from voicecoach.doses.registry import KINDS, register
from voicecoach.errors import ProblemsError
from voicecoach.language.prompts import Prompts
from voicecoach.plan.compile import all_lines, compile_plan
from voicecoach.plan.narration import FULL
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine
from voicecoach.screening.facts import Fact
from voicecoach.track import Cue, CueKind, Lengths, Track, fitted
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of
from voicecoach.yaml_reader.shapes import Shape

TAPS = Range(1, 20, "taps of the foot", whole=True)


@dataclass(frozen=True, slots=True)
class Taps(Dose):
    """Taps of the foot, one every two seconds."""

    NAME: ClassVar[str] = "taps"
    REQUIRED: ClassVar[tuple[str, ...]] = ("taps",)
    OPTIONAL: ClassVar[tuple[str, ...]] = ("sets", "rest_s", "remarks")
    INSTRUCTIONS: ClassVar[tuple[str, ...]] = ("remarks",)
    TIGHT_HINT: ClassVar[str] = "a faster voice"
    activity: ClassVar[Activity] = Activity.COUNTING

    taps: int
    remarks: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many taps a set has."""
        return self.taps

    @property
    def instructions(self) -> tuple[str, ...]:
        """The remarks."""
        return self.remarks

    @classmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Taps:
        """Return the taps in `fields`."""
        base = plain if isinstance(plain, Taps) else Taps(1)
        return Taps(
            int(fields.number("taps", TAPS, base.taps)),
            fields.texts("remarks") or base.remarks,
            sets=read_sets(fields, base.sets),
            rest=read_rest(fields, base.rest),
            line=line_of(fields.node),
            path=path_of(fields.node),
        )

    @classmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field may be."""
        remarks = shapes.listed("said in between", shapes.plain("a remark"))
        return {"taps": shapes.number("how many", TAPS), **sets_shapes(), "remarks": remarks}

    def write(self) -> Data:
        """Return the fields of a routine file."""
        return {"taps": self.taps, **write_sets(self), "remarks": list(self.remarks)}

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the counts, two seconds apart."""
        beat = how.stretched(Ms(2000))
        cues = [
            Cue(Ms((n - first) * beat), f"tap {say.number(n)}", CueKind.COUNT, n, self.taps)
            for n in range(first, self.taps + 1)
        ]
        end = Ms(len(cues) * beat)
        return Track(fitted(cues, lengths, end), end)

    def dose_line(self, say: Prompts) -> str:
        """Return how many taps there are."""
        return f"{say.number(self.taps)} taps.".capitalize()

    def at_most(self, amount: float) -> Self:
        """Return so many taps at most."""
        return replace(self, taps=min(self.taps, int(amount)))

    def less(self) -> Self | None:
        """Return one tap less."""
        return replace(self, taps=self.taps - 1) if self.taps > 1 else None


@pytest.fixture(autouse=True)
def _registered() -> Iterator[None]:
    """Register the kind for one test."""
    register(Taps)
    yield
    del KINDS[Taps.NAME]


TEXT = GOOD.replace(
    "{hold_s: 25, breath: {in_s: 4, out_s: 6}}",
    "{taps: 3, sets: 2, rest_s: 10, remarks: [Keep your knees still.]}",
)


def routine() -> Routine:
    """Return the good routine with taps as its second exercise."""
    return parse(TEXT, "x.yaml")


def test_it_is_read_and_written() -> None:
    """The file gives the dose with its line, and gives it again after it was written."""
    dose = routine().exercises[1].dose
    assert isinstance(dose, Taps)
    assert (dose.taps, dose.sets, dose.rest) == (3, 2, 10_000)
    assert dose.line == next(n for n, line in enumerate(TEXT.split("\n"), 1) if "taps" in line)
    again = parse(dump(routine()), "x.yaml").exercises[1].dose
    assert replace(again, line=0) == replace(dose, line=0)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("taps: 3", "taps: 30", "30 is out of range"),
        ("taps: 3, ", "", "missing field 'taps'"),
        ("taps: 3", "tops: 3", "unknown field 'tops'"),
        ("Keep your knees still", "Turn your left leg out", "'left' in an exercise for each side"),
    ],
)
def test_its_faults_are_found(old: str, new: str, message: str) -> None:
    """Range, missing name, misspelling, and what its own sentences say (S34)."""
    with pytest.raises(ProblemsError) as caught:
        parse(TEXT.replace(old, new), "x.yaml")
    assert message in [problem.message for problem in caught.value.problems]


def test_it_is_led() -> None:
    """Its lines are rendered, its sets are on the timetable, and it is described."""
    read = routine()
    lengths = {line: length(line) for line in all_lines(read, LANGUAGE)}
    entries = list(timetable(compile_plan(read, LANGUAGE, lengths), FULL))
    counts = [entry.text for entry in entries if entry.text.startswith("tap ")]
    assert counts == ["tap one", "tap two", "tap three"] * 4  # two sets on each side
    assert "Three taps." in [entry.text for entry in entries]


def test_what_does_not_fit_is_a_problem_with_its_own_hint() -> None:
    """A voice too slow for the beat is told at the line of the dose."""
    read = routine()
    lengths = {line: length(line) for line in all_lines(read, LANGUAGE)} | {"tap two": Ms(2100)}
    with pytest.raises(ProblemsError) as caught:
        compile_plan(read, LANGUAGE, lengths)
    assert [problem.hint for problem in caught.value.problems] == ["a faster voice"]


def test_it_is_adapted_to_a_person() -> None:
    """S19 leaves its dose as it is; S31 leaves it out, since it is no rest."""
    older = adapted(routine(), told(Fact.OLDER))
    assert [type(e.dose).__name__ for e in older.routine.exercises][1] == "Taps"
    assert declined(routine(), told(Fact.INJURY, Fact.TWO_DAYS)).rule == "S31"
    lighter = Taps(3, sets=2).lighter()
    assert lighter == Taps(3)
    assert Taps(3).lighter() == Taps(2)
