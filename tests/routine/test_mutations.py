"""The shipped exercises, spoilt: each of hundreds of single faults is refused where it stands."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.effort import one_in
from tests.english import parse_any
from tests.routine.mutators import Spoilt, mutations
from voicecoach.app.routine_library import exercise_library
from voicecoach.errors import ProblemsError

FOLDER = Path(__file__).parents[2] / "routines"
FILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("exercises/*.yaml")])
RULES = ["S21", "S22", "S23", "S24", "S30", "S33", "S34"]
LIBRARY = exercise_library(FOLDER)


@cache
def spoilt(path: Path) -> list[Spoilt]:
    """Return every mutation of a file."""
    return list(mutations(path.read_text("utf-8")))


def found(path: Path, case: Spoilt) -> set[tuple[str, int]]:
    """Return rule and line of each problem of a spoilt file."""
    try:
        parse_any(case.text, path.name, LIBRARY)
    except ProblemsError as error:
        return {(problem.rule, problem.line) for problem in error.problems}
    return set()


@cache
def tried(rule: str) -> list[tuple[Path, Spoilt]]:
    """Return the faults against a rule that this run tries: of each kind every eighth."""
    kinds: dict[str, list[tuple[Path, Spoilt]]] = {}
    for path in FILES:
        for case in spoilt(path):
            if case.rule == rule:
                kinds.setdefault(case.name.partition(" ")[2], []).append((path, case))
    return [one for kind in kinds.values() for one in one_in(8, kind)]


@pytest.mark.parametrize("rule", RULES)
def test_a_spoilt_exercise_is_refused(rule: str) -> None:
    """One fault, one rule, its line, and nothing else: each kind of fault in several files."""
    wrong = [
        (path.stem, case.name, problems)
        for path, case in tried(rule)
        if (problems := found(path, case)) != {(case.rule, case.line)}
    ]
    assert not wrong


def test_there_are_enough_of_them() -> None:
    """At least two hundred mutations, each another text, and several of each rule."""
    cases = [case for path in FILES for case in spoilt(path)]
    assert len({case.text for case in cases}) == len(cases) >= 200
    by_rule = Counter(case.rule for case in cases)
    assert sorted(by_rule) == RULES
    assert min(by_rule.values()) >= 5
    assert min(len(tried(rule)) for rule in RULES) >= 5
