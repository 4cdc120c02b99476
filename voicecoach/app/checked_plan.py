"""A routine file compiled, with all that makes `check` refuse it."""

from __future__ import annotations

from pathlib import Path

from voicecoach.app.routine_library import load_routine
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.errors import ProblemsError
from voicecoach.plan.plan import Plan
from voicecoach.plan.strain_time import too_long
from voicecoach.ports import Progress
from voicecoach.routine.parse import NEXT_STEP


def checked_plan(path: Path, choices: Choices, progress: Progress | None = None) -> Plan:
    """Return the plan of the routine in a file, by the chosen voice.

    Raises `InputError`, or `ProblemsError` with all problems; a strain that is kept too long before
    the count is one (S36).
    """
    plan, _ = make_plan(load_routine(path, choices.language), choices, progress)
    if strained := too_long(plan):
        raise ProblemsError(str(path), strained, NEXT_STEP)
    return plan
