"""Which tests a thorough run takes: those that have more to try than in the usual run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.effort import asks

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("file", "more"),
    [
        ("dialog/test_walks.py", True),
        ("dialog/test_moments.py", True),  # by what it imports
        ("test_docs.py", False),
    ],
)
def test_a_file_that_asks_how_much_to_try_has_more(file: str, more: bool) -> None:
    """Also where it asks by a module that it imports."""
    assert asks(HERE / file) == more
