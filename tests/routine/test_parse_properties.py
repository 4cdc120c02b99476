"""Round trip, and: whatever the text, a routine or its problems, never another exception."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from tests.english import parse
from tests.routine.files import GOOD
from tests.routine.strategies import routines, without_lines
from voicecoach.errors import ProblemsError
from voicecoach.routine.dump import dump
from voicecoach.routine.model import Routine

KEYS = ("id", "name", "dose", "sides", "tempo", "hold_s", "strokes", "easier", "regions", "words")
VALUES = ("", "~", "[]", "{}", "x", "-1", "99999999", "1e9", "[{a: b}]", "*a", "&a b", "!!x y", "{")
LINES = GOOD.splitlines()

Mutation = tuple[str, int, int, str, str]
mutations: st.SearchStrategy[Mutation] = st.tuples(
    st.sampled_from(["drop", "double", "swap", "key", "value", "indent"]),
    st.integers(0, len(LINES) - 1),
    st.integers(0, len(LINES) - 1),
    st.sampled_from(KEYS),
    st.sampled_from(VALUES),
)


def mutate(lines: list[str], mutation: Mutation) -> list[str]:
    """Return `lines` with one of them dropped, doubled, swapped, renamed, revalued or moved."""
    kind, at, other, key, value = mutation
    at, other, lines = at % len(lines), other % len(lines), list(lines)
    line = lines[at]
    match kind:
        case "drop":
            return lines[:at] + lines[at + 1 :] or [""]
        case "double":
            return [*lines[:at], line, *lines[at:]]
        case "swap":
            lines[at], lines[other] = lines[other], line
        case "key":
            indent = line[: len(line) - len(line.lstrip(" -"))]
            lines[at] = f"{indent}{key}:{line.partition(':')[2]}"
        case "value":
            lines[at] = f"{line.partition(':')[0]}: {value}"
        case _:
            lines[at] = "  " + line
    return lines


def routine_or_problems(text: str) -> Routine | None:
    """Return the routine, or None if there are problems; they are told with lines, each once."""
    try:
        return parse(text, "x.yaml")
    except ProblemsError as error:
        found = error.problems
    lines = text.count("\n") + text.count("\r") + 2
    assert found
    assert all(0 <= problem.line <= lines and problem.message for problem in found)
    assert len(set(found)) == len(found)
    return None


@examples(15)
@given(routines())
def test_dump_and_parse_give_the_routine_again(routine: Routine) -> None:
    """Every valid routine survives being written and read."""
    assert without_lines(parse(dump(routine), "")) == without_lines(routine)


@examples(80)
@given(st.text() | st.text(alphabet="ab:-[]{}&*!|>%@`'\"\\?,# \n\t"))
def test_any_text_gives_a_routine_or_problems(text: str) -> None:
    """Arbitrary text never raises anything but ProblemsError."""
    assert routine_or_problems(text) is None


@examples(40)
@given(st.lists(mutations, min_size=1, max_size=4))
def test_a_spoilt_file_gives_a_routine_or_problems(changes: list[Mutation]) -> None:
    """Whatever happens to its lines, a good file gives a routine or problems."""
    lines = LINES
    for change in changes:
        lines = mutate(lines, change)
    routine = routine_or_problems("\n".join(lines))
    assert routine is None or routine.exercises


@examples(40)
@given(st.integers(0, len(GOOD)), st.text(max_size=3) | st.sampled_from(["\\", '"', "\t", "---"]))
def test_a_file_with_something_typed_into_it(at: int, typed: str) -> None:
    """A slip of the fingers anywhere never raises anything else."""
    routine = routine_or_problems(GOOD[:at] + typed + GOOD[at:])
    assert routine is None or routine.exercises


@examples(40)
@given(st.integers(0, len(GOOD) - 1))
def test_a_file_cut_short(at: int) -> None:
    """The half of a file is never taken for a whole one before its exercises begin."""
    routine = routine_or_problems(GOOD[:at])
    assert routine is None or at > GOOD.index("exercises:")
