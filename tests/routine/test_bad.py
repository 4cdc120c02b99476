"""A folder of bad routines, each with one fault; and one of routines that are only warned of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.english import LANGUAGE, parse
from tests.plan.test_compile import compiled
from voicecoach.app.routine_library import load_routine
from voicecoach.errors import Problem, ProblemsError
from voicecoach.plan.supine_time import flat_warnings
from voicecoach.routine.model import Routine

HERE = Path(__file__).parent
BAD = sorted((HERE / "bad").glob("*.yaml"))
WARNED = sorted((HERE / "warned").glob("*.yaml"))
EXPECTED = re.compile(r"# expect: (S\d+) line (\d+)(?: of (\S+))?\n")


MESSAGES = HERE / "messages.golden"


def problems_of(path: Path) -> Sequence[Problem]:
    """Return what a file is refused for, or warned of."""
    try:
        routine = load_routine(path, LANGUAGE)
    except ProblemsError as error:
        return error.problems
    return routine.warnings


def expected(path: Path) -> tuple[str, int, str]:
    """Return rule, line and other file that the first line of a file names."""
    found = EXPECTED.match(path.read_text("utf-8"))
    assert found, path
    return found[1], int(found[2]), str(path.parent / found[3]) if found[3] else ""


def told(problem: Problem) -> tuple[str, int, str]:
    """Return rule, line and other file of a problem."""
    return problem.rule, problem.line, problem.path


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_routine_is_refused(path: Path) -> None:
    """It has the one fault after which it is named: the right rule, at the right line."""
    with pytest.raises(ProblemsError) as caught:
        load_routine(path, LANGUAGE)
    (problem,) = caught.value.problems
    assert told(problem) == expected(path)
    assert f"({problem.rule}" in str(caught.value)
    assert problem.hint


@pytest.mark.parametrize("path", WARNED, ids=lambda path: path.stem)
def test_a_doubtful_routine_is_warned_of(path: Path) -> None:
    """It is good, and the warning names rule and line."""
    routine = load_routine(path, LANGUAGE)
    (warning,) = [*routine.warnings, *flat_warnings(compiled(routine))]
    assert warning.warning
    assert told(warning) == expected(path)


def test_the_messages_are_as_written(request: pytest.FixtureRequest) -> None:
    """What each problem says, where and with which hint stands in messages.golden."""
    said = {path.stem: problems_of(path) for path in (*BAD, *WARNED)}
    lines = [f"{name}: {problem}" for name, problems in said.items() for problem in problems]
    text = "".join(f"{line.replace(str(HERE), '.')}\n" for line in lines)
    if request.config.getoption("update_golden"):
        MESSAGES.write_text(text, "utf-8")
    assert text == MESSAGES.read_text("utf-8")


def test_each_rule_has_its_bad_routine() -> None:
    """No rule about what a routine may contain is left without an example."""
    refused = {expected(path)[0] for path in BAD}
    assert refused == {"S21", "S22", "S23", "S24", "S30", "S33", "S34", "S37"}
    assert {expected(path)[0] for path in WARNED} == {"S32", "S33", "S35"}


def test_a_limit_a_week_ends_the_warning() -> None:
    """S32: with load, twice a week is fine; three times a week and twice a day are not."""
    path = HERE / "warned" / "load-without-a-limit.yaml"
    for often, rules in (("2, per: week", []), ("3, per: week", ["S32"]), ("2, per: day", ["S32"])):
        routine = _with(path, f"frequency: {{times: {often}, say: now and then}}\nexercises:")
        assert [warning.rule for warning in routine.warnings] == rules


@pytest.mark.parametrize(
    "sentence",
    [
        "Never stay on your low back.",
        "Keep off your lumbar spine.",
        "Lay both hands behind your neck.",
        "Feel the mat, and keep your neck long.",
        "Breathe into your low back.",
        "Stay a hand's width above your waist.",
        "Lower back down between the shoulder blades.",
    ],
)
def test_the_low_back_and_the_neck_may_be_named(sentence: str) -> None:
    """S21: what says no, what lies in the hands, and what is no place is fine on the roller."""
    text = (HERE / "bad" / "staying-on-the-lumbar-spine.yaml").read_text("utf-8")
    bad = "Let your feet rock you slowly, then stay on your lumbar spine."
    assert bad in text
    assert not parse(text.replace(bad, sentence), "x.yaml").warnings


def _with(path: Path, exercises: str) -> Routine:
    return parse(path.read_text("utf-8").replace("exercises:", exercises, 1), "x.yaml")
