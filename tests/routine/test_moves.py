"""Ways in and out leave the time that a body needs (S37)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.english import LANGUAGE
from voicecoach.routine.moves import moves, seconds_needed

PAGE = (Path(__file__).parents[2] / "docs" / "routine-format.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("Roll onto your side.", 4),
        ("Roll slowly onto your side, and rest there for three calm breaths.", 22),
        ("Keep your knees bent, and roll onto your back.", 4),
        ("Then push yourself to sitting with both hands.", 5),
        ("Roll onto your side, and push yourself to sitting.", 9),
        ("Set one foot forward, and stand slowly.", 4),
        ("Bend your knees, and come slowly to standing.", 4),
        ("Lie down, and roll onto your belly.", 8),
        ("Come down to the floor.", 4),
        ("Bring your knees in, one after the other.", 4),
        ("Put one lower leg on the seat, and then the other.", 4),
        ("Wait for one calm breath.", 6),
        ("Rest for a few slow breaths.", 12),
        ("Stand tall, with a hand on the chair.", 0),
        ("Stay on your back, and let it spread on the floor.", 0),
        ("Lift on each breath out.", 0),
    ],
)
def test_s37_moves_and_breaths_are_counted(text: str, seconds: float) -> None:
    """Each move that is named takes its time, and each breath; standing still takes none."""
    assert seconds_needed(text, LANGUAGE.lint) == seconds


def test_s37_s19_the_pauses_of_older_users_are_long_enough() -> None:
    """Half as long again is what each move takes at 65 and over."""
    assert all(move.older <= 1.5 * move.seconds for move in moves())
    assert all(move.older >= move.seconds >= 4 for move in moves())


def test_every_move_has_its_words_and_its_row() -> None:
    """The patterns of a language are those of the data, and the page has the same seconds."""
    assert set(LANGUAGE.lint.moves) == {move.name for move in moves()}
    rows = re.findall(r"^\| (.+?) \| ([\d.]+) \| ([\d.]+) \|$", PAGE, re.MULTILINE)
    assert [(m.what, f"{m.seconds:g}", f"{m.older:g}") for m in moves()] == rows
