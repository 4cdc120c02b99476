"""Each row of the table of faults names tests, and they exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")


def rows() -> list[list[str]]:
    """Return the cells of each row of the first table."""
    text = (ROOT / "docs" / "faults.md").read_text("utf-8")
    table = text[text.index("\n| ") + 1 :].split("\n\n")[0]
    lines = [line for line in table.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def test_each_fault_is_held_by_tests_that_exist() -> None:
    """No row is without a test, and no named test is missing."""
    assert len(rows()) > 5
    for row in rows():
        named = NAMED.findall(row[-1])
        assert named, f"no test holds: {row[0]}"
        for path, test in named:
            text = (ROOT / path).read_text("utf-8")
            assert not test or f"def {test}(" in text, f"{path} has no {test}"
