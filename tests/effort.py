"""How much the suite tries: enough to notice, or all there is (``--hypothesis-profile=thorough``).

The usual run is quick, so that it is run often. CI also runs `thorough`: the same tests with more
examples and with every case; `search` does the same with other examples each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, TypeVar

from hypothesis import HealthCheck, settings

T = TypeVar("T")

QUICK: Final = 50
"""Examples of a property that names no number of its own."""
THOROUGH: Final = 3 * QUICK
"""The same in a thorough run; numbers of their own grow alike."""

COMMON: Final[dict[str, Any]] = {
    "deadline": None,  # a machine under load is no failure
    "suppress_health_check": [HealthCheck.too_slow],
}


def register() -> None:
    """Register hypothesis's profiles and load the quick one."""
    same = {"derandomize": True, "database": None}
    settings.register_profile("same", max_examples=QUICK, **same, **COMMON)
    settings.register_profile("thorough", max_examples=THOROUGH, **same, **COMMON)
    settings.register_profile("search", max_examples=THOROUGH, **COMMON)
    settings.load_profile("same")


def thorough() -> bool:
    """Tell whether this run tries all there is."""
    return settings().max_examples > QUICK


def examples(count: int) -> settings:
    """Return settings that try `count` examples in a quick run, and more in a thorough one."""
    return settings(max_examples=count * settings().max_examples // QUICK)


def one_in(step: int, cases: Sequence[T], least: int = 1) -> Sequence[T]:
    """Return every `step`-th of `cases`, or in a thorough run every `least`-th."""
    return cases[:: least if thorough() else step]
