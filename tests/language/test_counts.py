"""One set, two sets: what the coach counts agrees with its number, for every number it can say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given

from tests.effort import examples
from tests.english import LANGUAGE, SAY
from tests.routine.strategies import routines
from voicecoach.language.prompts import LONGEST_MINUTES, MOST
from voicecoach.plan.compile import all_lines
from voicecoach.routine.model import Routine
from voicecoach.units import Ms

NOUNS = {
    "repetition": "repetitions", "roll": "rolls", "set": "sets", "second": "seconds",
    "minute": "minutes", "hour": "hours", "problem": "problems", "day": "days", "week": "weeks",
    "session": "sessions", "point": "points", "stroke": "strokes",
}  # fmt: skip
"""What is counted aloud, and its plural."""

ORDINAL = {"exercise", "where", "next_set"}
"""Lines in which a number is a place in a list: "Exercise two of five"."""

WITHOUT_NOUN = {"more", "others"}

TENS = "".join(f"(?<!{tens} )" for tens in ("twenty", "thirty", "forty", "fifty"))
ONE = re.compile(
    rf"{TENS}\bone (?:more )?({'|'.join(NOUNS.values())})\b",
    re.IGNORECASE,
)
OTHERS = "|".join(word for n, word in enumerate(SAY.numbers) if n != 1)
MANY = re.compile(
    rf"(?<!-)\b(?<!of )(?:{OTHERS}) (?:more )?({'|'.join(NOUNS)})\b(?! time)", re.IGNORECASE
)


def disagreements(line: str) -> list[str]:
    """Return what is counted in `line` and does not agree with its number."""
    return [found[0] for pattern in (ONE, MANY) for found in pattern.finditer(line)]


def counted() -> Iterator[str]:
    """Yield the keys of the lines that say how many of something there are."""
    for key, text in SAY.lines.items():
        plain = key.rpartition("_")[0] if key.rpartition("_")[2] in SAY.plurals else key
        if "{n}" in text and plain not in ORDINAL:
            yield plain if plain in SAY.lines else key


@pytest.mark.parametrize("key", sorted(set(counted())))
def test_a_counted_line_agrees_with_its_number(key: str) -> None:
    """In each of its forms, with a noun that is known here, so that no new line escapes."""
    for n in range(MOST + 1):
        line = SAY.count(key, n)
        assert not disagreements(line), line
        words = set(re.findall(r"[a-z]+", line.lower()))
        assert key in WITHOUT_NOUN or words & {*NOUNS, *NOUNS.values()}, line
        assert SAY.number(n) in line.lower()


def test_a_length_of_time_agrees_in_both_its_parts() -> None:
    """One minute and one second, two minutes and thirty seconds; nothing of nothing is said."""
    assert SAY.duration(61) == "one minute and one second"
    for seconds in range(1, 1801):
        line = SAY.duration(seconds)
        assert not disagreements(line), line
        assert "zero" not in line


def test_less_than_an_hour_is_said_in_minutes() -> None:
    """To the minute."""
    assert SAY.time_left(Ms(29_000)) == "Less than a minute left."
    for minutes in range(1, 60):
        line = SAY.time_left(Ms(minutes * 60_000))
        assert not disagreements(line), line
        assert line.lower().startswith(f"about {SAY.number(minutes)} minute")


@pytest.mark.parametrize("minutes", range(60, LONGEST_MINUTES + 60, 7))
def test_more_than_an_hour_is_said_in_half_hours(minutes: int) -> None:
    """Beyond the longest it is the longest."""
    line = SAY.time_left(Ms(minutes * 60_000))
    assert not disagreements(line), line
    found = re.fullmatch(r"About (\w+)( and a half)? hours? left\.", line)
    assert found, line
    told = 60 * SAY.numbers.index(found[1]) + (30 if found[2] else 0)
    assert abs(told - min(minutes, LONGEST_MINUTES)) <= 15


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("One repetitions.", ["One repetitions"]),
        ("Rest for one seconds.", ["one seconds"]),
        ("Five more second.", ["Five more second"]),
        ("About one and a half hours left.", []),
        ("Twenty one minutes.", []),
        ("One minute and thirty seconds.", []),
        ("Set two of two.", []),
    ],
)
def test_the_check_itself(line: str, faults: list[str]) -> None:
    """It finds what the coach used to say, and leaves good English alone."""
    assert [found.lower() for found in disagreements(line)] == [f.lower() for f in faults]


@given(routines())
@examples(5)
def test_no_line_of_any_routine_disagrees(routine: Routine) -> None:
    """All that a session can say, whatever its doses are."""
    assert not [line for line in all_lines(routine, LANGUAGE) if disagreements(line)]
