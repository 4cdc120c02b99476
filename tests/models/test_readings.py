"""How numbers in a transcript may have been read."""

from __future__ import annotations

import pytest

from models.recipe.readings import plain, readings


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("[digits] 3041", "3 0 4 1"),
        ("[spelled] Ann Lee ", "a n n l e e"),
        ("84 River Road 814", "84 river road 814"),
        ("7204, O'Neill Drive", "7204 o'neill drive"),
    ],
)
def test_a_label_becomes_words(label: str, words: str) -> None:
    """Digits one by one, letters one by one, or a line as it stands."""
    assert plain(label) == words


@pytest.mark.parametrize(
    ("token", "way"),
    [
        ("7", "seven"),
        ("0", "oh"),
        ("84", "eighty four"),
        ("84", "eight four"),
        ("107", "one hundred and seven"),
        ("107", "one oh seven"),
        ("568", "five sixty eight"),
        ("1300", "thirteen hundred"),
        ("1945", "nineteen forty five"),
        ("1905", "nineteen oh five"),
    ],
)
def test_a_number_has_the_readings_that_people_use(token: str, way: str) -> None:
    """Each is among the ways that are tried."""
    assert way.split() in readings(token)


def test_every_reading_has_words_and_none_comes_twice() -> None:
    """For numbers of up to four digits."""
    found = {number: readings(str(number)) for number in range(0, 10_000, 37)}
    assert not {number: ways for number, ways in found.items() if not all(ways)}
    assert not {n: ways for n, ways in found.items() if len(set(map(tuple, ways))) < len(ways)}
