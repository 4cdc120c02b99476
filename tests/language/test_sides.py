"""The words for the sides, in the form that a text asks for."""

from __future__ import annotations

import pytest

from tests.english import SAY
from tests.language.toy import german
from voicecoach.language.sides import LEFT, RIGHT, has_side


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("Dein {side:neuter} Knie.", "Dein linkes Knie.", "Dein rechtes Knie."),
        ("Den {side:accusative} Arm.", "Den linken Arm.", "Den rechten Arm."),
        ("Nach {other_side}.", "Nach rechts.", "Nach links."),
        ("{name}, {other_side:weak} Seite", "{name}, rechte Seite", "{name}, linke Seite"),
        ("Beide.", "Beide.", "Beide."),
    ],
)
def test_a_side_inflects(text: str, left: str, right: str) -> None:
    """Each placeholder takes the word of its form; the others stay."""
    say = german().prompts
    assert (say.sided(text, LEFT), say.sided(text, RIGHT)) == (left, right)


def test_an_unknown_form_is_an_error() -> None:
    """A form that the language lacks is not passed over: the parser refuses it before."""
    with pytest.raises(KeyError):
        SAY.sided("{side:dative}", LEFT)


def test_a_side_is_named_in_any_form() -> None:
    """Only the present side counts, with a form or without one."""
    assert has_side("Both.", "Your {side} knee.")
    assert has_side("Dein {side:neuter} Knie.")
    assert not has_side("Your {other_side} knee.", "{sides}")
