"""What is live while a recording is heard."""

from __future__ import annotations

from functools import cache

from bench.english import BOOK
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State

ALL = "all"
"""Every phrase."""

COUNTING = "counting"
"""Those of a counting exercise, a `State`."""

USUAL = (COUNTING, "welcome", "ask_stop", "ask_start")


@cache
def closed_set(phrase: str) -> str:
    """Return the first state, of a usual order, in which `phrase` is live."""
    order = [*map(State, USUAL), *State]
    return next(str(s.value) for s in order if phrase in BOOK.forms(SESSION.live(s)))
