"""Where the rules about a routine end: what is just not refused, or refused in the second place."""

from __future__ import annotations

from pathlib import Path

from tests.english import parse
from voicecoach.errors import ProblemsError

HERE = Path(__file__).parent


def told(name: str, *changes: tuple[str, str]) -> list[str]:
    """Return rule and place of what is wrong with an example after some changes to its text."""
    text = (HERE / f"{name}.yaml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    try:
        problems = parse(text, name).warnings
    except ProblemsError as error:
        problems = error.problems
    return [f"{problem.rule} {problem.where}" for problem in problems]


def test_s33_a_ball_is_no_matter_away_from_the_low_back() -> None:
    """S33 warns of a ball in an exercise for the low back, and in no other."""
    low_back = ("regions: [hip, low-back]", "regions: [hip]")
    assert told("warned/ball-near-the-low-back")
    assert told("warned/ball-near-the-low-back", low_back) == []


def test_s22_a_single_set_needs_no_question() -> None:
    """S22 asks for a question between sets: where there is one set, there is nothing between."""
    assert told("bad/no-question-between-sets") == ["S22 exercises[1].assess"]
    assert told("bad/no-question-between-sets", ("sets: 2, rest_s: 20, ", "")) == []


def test_s21_each_exercise_beside_a_roller_is_looked_at() -> None:
    """S21: one that is done by hand does not end the search."""
    by_hand = (
        "exercises:\n",
        """exercises:
  - id: neck
    name: Neck
    position: seated
    regions: [neck]
    sides: none
    dose: {hold_s: 20, breath: {in_s: 4, out_s: 6}}
    way_in: [Lay both hands on your neck.]
    full: [Press your fingers into it.]
    short: Press with your fingers.
    way_out: [Let your hands sink.]
""",
    )
    name = "bad/roller-among-the-equipment"
    assert told(name) == ["S21 exercises[1]"]
    assert told(name, by_hand) == ["S21 exercises[2]"]


def test_s34_the_description_names_the_side_too() -> None:
    """S34: it is not enough that the short form does."""
    full = ("Draw your {side} knee", "Draw your knee")
    other = ("Your {other_side} foot", "The other foot")
    short = ("short: Draw your knee", 'short: "Draw your {side} knee')
    end = ("your chest.\n    way_out", 'your chest."\n    way_out')
    assert told("bad/missing-side", full, other, short, end) == ["S34 exercises[1].full"]
