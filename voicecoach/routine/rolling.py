"""Where a roller or a ball may go (SAFETY S21, S33), and the question between its sets (S22).

The words of a text are compared, not understood. A sentence of an exercise with a roller that names
a place where it must not be is refused, unless it says no, or names what else may be there: a hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from voicecoach.language.lint import Lint
from voicecoach.routine.instructions import instructed, instructions
from voicecoach.routine.model import Exercise, Region
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.nodes import Findings, shown
from voicecoach.yaml_reader.text_lint import sentences

NEVER_ROLLED: Final = (Region.LOW_BACK, Region.NECK)
_ONLY_THERE: Final = "only between the shoulder blades' top and the lower ribs"
_BY_HAND: Final = "the low back is massaged by hand only"


def check_rolling(fields: Fields, exercise: Exercise) -> None:
    """Note what breaks S21, S22 or S33 in one exercise."""
    rolls = exercise.rolls
    if rolls:
        _check_regions(fields, exercise)
    _check_places(fields, exercise, rolls)
    if any(dose.rolls and dose.sets > 1 for dose in exercise.doses) and "assess" not in fields.keys:
        hint = "ask how it feels between the sets"
        fields.note("assess", "missing field 'assess'", hint, "S22")
    if not rolls and Region.LOW_BACK in exercise.regions:
        _warn_of_tools(fields)


def check_beside(
    findings: Findings, exercises: Sequence[Exercise], equipment: Sequence[str], lint: Lint
) -> None:
    """S21: note exercises of a routine with a roller that may mean it without naming it."""
    if not any(map(lint.roller.search, equipment)):
        return
    for n, exercise in enumerate(exercises, start=1):
        texts = instructed(exercise)
        if exercise.rolls or any(
            lint.harmless.search(text) or lint.tool.search(text) for text in texts
        ):
            continue  # checked by itself, or massaged by hand
        for sentence in _told(texts, lint):
            if lint.place.search(sentence):
                message = f"in a routine with a roller: '{shown(sentence, 60)}'"
                findings.add(exercise.line, f"exercises[{n}]", message, _ONLY_THERE, "S21")


def _check_regions(fields: Fields, exercise: Exercise) -> None:
    for region in exercise.regions:
        if region in NEVER_ROLLED:
            message = f"a roller never goes on the {region.value}"
            fields.note("regions", message, _ONLY_THERE, "S21")


def _check_places(fields: Fields, exercise: Exercise, rolls: bool) -> None:
    """S21 and S33: low back and neck are not rolled, nor the low back massaged by a thing."""
    lint = fields.language.lint
    told = list(_told(instructed(exercise), lint))
    roller = rolls or any(map(lint.roller.search, told))
    tool = roller or any(map(lint.tool.search, told))
    for node, where, text in instructions(fields):
        for sentence in _told([text], lint):
            there = lint.low_back.search(sentence)
            place = lint.place.search(sentence)
            named = (lint.rolls if rolls else lint.tool).search(sentence)
            if named and (there or (rolls and place)):
                rule = "S21" if rolls else "S33"
            elif tool and place and not named and not lint.harmless.search(sentence):
                rule = "S21" if roller else "S33"
            else:
                continue
            message = f"a roller or ball where it must not be: '{shown(sentence, 60)}'"
            hint = _ONLY_THERE if rule == "S21" else _BY_HAND
            fields.findings.add(node, where, message, hint, rule)


def _warn_of_tools(fields: Fields) -> None:
    for node, where, text in instructions(fields):
        tool = fields.language.lint.tool.search(text)
        if tool:
            message = f"'{tool[0]}' in an exercise for the low back"
            fields.findings.add(node, where, message, _BY_HAND, "S33", warning=True)


def _told(texts: Sequence[str], lint: Lint) -> Iterator[str]:
    """Yield the sentences that do not say no."""
    for text in texts:
        yield from (one for one in sentences(text) if not lint.negation.search(one))
