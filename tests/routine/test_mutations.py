"""The shipped exercises, spoilt: each of hundreds of single faults is refused where it stands."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.english import parse_any
from tests.routine.mutators import Spoilt, mutations
from voicecoach.app.routine_library import exercise_library
from voicecoach.errors import ProblemsError

FOLDER = Path(__file__).parents[2] / "routines"
FILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("exercises/*.yaml")])
LIBRARY = exercise_library(FOLDER)


@cache
def spoilt(path: Path) -> list[Spoilt]:
    """Return every mutation of a file."""
    return list(mutations(path.read_text("utf-8")))


CASES = [
    pytest.param(path, case, id=f"{path.stem} {case.name}")
    for path in FILES
    for case in spoilt(path)
]


@pytest.mark.parametrize(("path", "case"), CASES)
def test_a_spoilt_exercise_is_refused(path: Path, case: Spoilt) -> None:
    """One fault, one rule, its line, and nothing else."""
    with pytest.raises(ProblemsError) as caught:
        parse_any(case.text, path.name, LIBRARY)
    found = {(problem.rule, problem.line) for problem in caught.value.problems}
    assert found == {(case.rule, case.line)}, str(caught.value)


def test_there_are_enough_of_them() -> None:
    """At least two hundred mutations, each another text, and several of each rule."""
    cases = [case for path in FILES for case in spoilt(path)]
    assert len({case.text for case in cases}) == len(cases) >= 200
    by_rule = Counter(case.rule for case in cases)
    assert set(by_rule) == {"S21", "S22", "S23", "S24", "S30", "S33", "S34"}
    assert min(by_rule.values()) >= 5
