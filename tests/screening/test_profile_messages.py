"""What is said of a profile file that was edited by hand and cannot be read."""

from __future__ import annotations

from datetime import date

import pytest

from voicecoach.errors import ProblemsError
from voicecoach.screening.profile import Dropped
from voicecoach.screening.profile_reader import parse_profile

BONES = "[answers]\nbones = "
DROPPED = '[[dropped]]\nexercise = "cat"\non = 2026-01-01\n'
DAY = "is not a day (such as 2026-01-31)"
ANSWER = """not an answer (such as { answer = "yes", on = 2026-01-31 })"""
PARTS = "neck, shoulder, upper-back, low-back, chest, abdomen, hip, leg, knee, arm"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("answers = 3", "line 1: answers: not a table (write [answers])"),
        (f"{BONES}3", f"line 2: answers.bones: {ANSWER}"),
        (f"{BONES}{{ answer = 'yes' }}", f"line 2: answers.bones: {ANSWER}"),
        (
            f"{BONES}{{ answer = 'maybe', on = 2026-01-01 }}",
            """line 2: answers.bones: 'maybe' is not an answer (write "yes", "no" or "not sure")""",
        ),
        (f"{BONES}{{ answer = 'yes', on = 3 }}", f"line 2: answers.bones: 3 {DAY}"),
        ("blocked = 3", f"line 1: blocked: 3 {DAY}"),
        (
            "weight = 80",
            "line 1: weight: unknown name (known: version, blocked, answers, dropped, scores, "
            "exercises, routines, preferences, favourites)",
        ),
        ("dropped = 3", "line 1: dropped: not a list of tables (each begins with [[dropped]])"),
        ("scores = [3]", "line 1: scores: not a list of tables (each begins with [[scores]])"),
        (
            f"{DROPPED}pain = 3",
            "line 4: dropped[1].pain: unknown name (known: exercise, region, on, level)",
        ),
        (
            f"{DROPPED}region = 'tail'",
            f"line 4: dropped[1].region: 'tail' is not a part of the body (one of {PARTS})",
        ),
        (f"{DROPPED}level = 2", "line 4: dropped[1].level: 2 is out of range (-1 to 1)"),
        ("[[dropped]]\nexercise = 'cat'\non = 3", f"line 3: dropped[1].on: 3 {DAY}"),
        (
            "[[scores]]\non = 2026-01-01\nend = 11",
            "line 3: scores[1].end: 11 is out of range (0 to 10)",
        ),
    ],
)
def test_each_fault_has_its_message(text: str, message: str) -> None:
    """Line, place, what is wrong and what would be right."""
    with pytest.raises(ProblemsError) as caught:
        parse_profile(text, "profile.toml")
    assert [str(problem) for problem in caught.value.problems] == [message]
    assert caught.value.path == "profile.toml"


def test_what_is_not_written_has_its_usual_value() -> None:
    """An exercise that was left out comes back one level easier, unless a level is written."""
    plain, level = (parse_profile(text, "").dropped[0] for text in (DROPPED, f"{DROPPED}level = 1"))
    assert plain == Dropped("cat", "", date(2026, 1, 1), -1)
    assert level == Dropped("cat", "", date(2026, 1, 1), 1)
