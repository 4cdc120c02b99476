"""How much the suite tries: enough to notice, more (`thorough`), or all there is (`search`).

The usual run is quick, so that it is run often. CI also runs `--hypothesis-profile=thorough`: the
tests that have more to try, with more examples and more cases. `--hypothesis-profile=search`, by
hand before a release, takes every case, and other examples each time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, TypeVar

import pytest
from hypothesis import HealthCheck, is_hypothesis_test, settings

T = TypeVar("T")

QUICK: Final = 50
"""Examples of a property that names no number of its own."""
THOROUGH: Final = 2 * QUICK
"""The same in a thorough run; numbers of their own grow alike."""
SEARCH: Final = 4 * QUICK
"""The same in a search."""

COMMON: Final[dict[str, Any]] = {
    "deadline": None,  # a machine under load is no failure
    "suppress_health_check": [HealthCheck.too_slow],
}


def register() -> None:
    """Register hypothesis's profiles and load the quick one."""
    same = {"derandomize": True, "database": None}
    settings.register_profile("same", max_examples=QUICK, **same, **COMMON)
    settings.register_profile("thorough", max_examples=THOROUGH, **same, **COMMON)
    settings.register_profile("search", max_examples=SEARCH, **COMMON)
    settings.load_profile("same")


def thorough() -> bool:
    """Tell whether this run tries more than the usual one."""
    return settings().max_examples > QUICK


def search() -> bool:
    """Tell whether this run tries all there is."""
    return settings().max_examples > THOROUGH


def examples(count: int) -> settings:
    """Return settings that try `count` examples in a quick run, and more in a thorough one."""
    return settings(max_examples=count * settings().max_examples // QUICK)


def one_in(step: int, cases: Sequence[T], least: int = 1) -> Sequence[T]:
    """Return every `step`-th of `cases`, every `least`-th in a thorough run, all in a search."""
    return cases[:: 1 if search() else least if thorough() else step]


def tries_more(item: pytest.Item) -> bool:
    """Tell whether a test tries more in a thorough run than in the usual one.

    Properties do, and the tests of a file that asks this module how much to try, itself or by what
    it imports from `tests`.
    """
    return is_hypothesis_test(getattr(item, "obj", None)) or asks(item.path)


@cache
def asks(path: Path) -> bool:
    """Tell whether a test file imports this module, itself or by what it imports from `tests`."""
    reached, left = set[Path](), [path]
    while left:
        file = left.pop()
        if file == Path(__file__):
            return True
        if file not in reached and file.is_file():
            reached.add(file)
            left += _imported(file.read_text("utf-8"))
    return False


def _imported(text: str) -> Iterator[Path]:
    for module in re.findall(r"^ *from (tests[\w.]*) import", text, re.MULTILINE):
        yield Path(__file__).parents[1] / f"{module.replace('.', '/')}.py"
