"""The safety rules that concern what an exercise says and loads; the doses keep their own.

A rule is named by its id (docs/safety.md). The words of a text are compared, not understood: the
checks err towards a warning.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from voicecoach.doses.base import Activity
from voicecoach.language.lint import Lint
from voicecoach.language.sides import has_side
from voicecoach.routine.instructions import instructions
from voicecoach.routine.model import Exercise, Frequency, Per
from voicecoach.routine.moves import check_moves
from voicecoach.routine.rolling import check_rolling
from voicecoach.track import lines_of
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.nodes import Findings
from voicecoach.yaml_reader.text_lint import Sides

HEAVY_A_WEEK: Final = 2
"""S32: heavy strength work is done at most so often a week."""


def check_exercise(fields: Fields, exercise: Exercise) -> None:
    """Note what breaks a rule in one exercise."""
    _check_sides(fields, exercise)
    check_rolling(fields, exercise)
    check_moves(fields)


def _check_sides(fields: Fields, exercise: Exercise) -> None:
    """S34: who only listens must be told which side, and the right one, in every detail."""
    if exercise.sides is not Sides.EACH:
        return
    told = lines_of([*exercise.way_in, *exercise.full, *exercise.start])
    for key, texts in (("full", told), ("short", [exercise.short])):
        if key in fields.nodes and not has_side(*texts):
            hint = f"say {{side}} in {key}"
            fields.note(key, "'sides: each', but no {side}", hint, "S34")
    for node, where, text in instructions(fields):
        own = fields.language.lint.own_side.search(text)
        if own:
            message = f"'{own[0]}' in an exercise for each side"
            fields.findings.add(node, where, message, "say {side} or {other_side}", "S34")


def check_load(
    findings: Findings, exercises: Sequence[Exercise], frequency: Frequency | None, lint: Lint
) -> None:
    """S32: warn of repetitions with a load in a routine that may be done more than twice a week."""
    if frequency and frequency.per is Per.WEEK and frequency.times <= HEAVY_A_WEEK:
        return
    for n, exercise in enumerate(exercises, start=1):
        told = lines_of([*exercise.way_in, *exercise.full, *exercise.start, exercise.short])
        load = lint.load.search(" ".join(told))
        if load and exercise.dose.activity is Activity.COUNTING:
            message = f"strength work with '{load[0]}'"
            hint = "say frequency: {times: 2, per: week, say: ...}, or fewer times"
            findings.add(exercise.line, f"exercises[{n}]", message, hint, "S32", warning=True)
