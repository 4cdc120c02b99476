"""Hypothesis strategies for doses of every kind, found as the kinds are.

The strategy of a kind is `DOSES` in the test of its module: ``tests/doses/test_hold.py`` for
``voicecoach/doses/hold.py``.
"""

from __future__ import annotations

from importlib import import_module

from hypothesis import strategies as st

from voicecoach.doses.base import Dose
from voicecoach.doses.registry import KINDS

STRATEGIES: dict[type[Dose], st.SearchStrategy[Dose]] = {
    kind: import_module(f"tests.doses.test_{kind.__module__.rpartition('.')[2]}").DOSES
    for kind in KINDS.values()
}
"""Doses of each kind, as a file would give them."""


def doses() -> st.SearchStrategy[Dose]:
    """Return doses of every kind."""
    return st.one_of(*STRATEGIES.values())
