"""What was read back is compared by its sounds, not by its spelling."""

from __future__ import annotations

import pytest

from tests.english import SAY
from voicecoach.language.loader import load_alike
from voicecoach.tts.reading import Spelling, errors, likeness

SPELLING = Spelling(SAY.number, load_alike("en"))


@pytest.mark.parametrize(
    ("wanted", "found", "count"),
    [
        ("Twenty one, and rest.", "21 and rest", 0),
        ("If you feel light-headed, sit.", "If you feel lightheaded sit.", 0),
        ("Don’t hold your breath.", "Don't hold your breath.", 0),
        ("Yes or no.", "Yes or number.", 1),
        ("Your hand's width, in.", "You're hands with n", 0),
        ("Go.", "", 1),
        ("three", "I'm not a fan of the game.", 7),
        ("Rest, then lift.", "Then lift", 1),
    ],
)
def test_words_are_counted(wanted: str, found: str, count: int) -> None:
    """Digits are words, hyphens and blanks are nothing; each other difference counts."""
    assert errors(SPELLING.words(wanted), SPELLING.words(found)) == count


def test_likeness_is_of_letters() -> None:
    """A word that is nearly right is nearly alike."""
    one, near, far = ["breathe", "in"], ["breathing"], ["the", "game"]
    assert likeness(one, one) == 1.0
    assert likeness(one, near) > 0.8 > 0.5 > likeness(one, far)
