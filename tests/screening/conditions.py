"""Everybody who gives at most two answers besides "no", as docs/outcomes.py lists them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from tests.screening.people import TODAY
from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import Profile

sys.path.insert(0, str(Path(__file__).parents[2] / "docs"))  # its scripts are no package
outcomes = importlib.import_module("outcomes")

Condition = Mapping[Fact, bool]
"""A yes to a question that everybody is asked, and the answers to what follows from it."""


def conditions() -> list[Condition]:
    """Return every way through each question and its follow-ups, from a yes to the first."""
    return list(outcomes.conditions())


def profile_of(condition: Condition) -> Profile:
    """Return a profile of which that holds today, with "no" to all other questions."""
    profile: Profile = outcomes.profile_of(condition, TODAY)
    return profile


PAIRS: Final[list[Condition]] = [
    *conditions(),
    *({**one, **two} for one, two in outcomes.pairs()),
]
"""Each condition, and every two of different questions."""
