"""The safety rules that concern what an exercise says and loads; the doses keep their own.

A rule is named by its id (docs/safety.md). The words of a text are compared, not understood: the
checks err towards a warning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode

from voicecoach.routine.fields import Fields, read_fields
from voicecoach.routine.model import (
    Exercise,
    Frequency,
    Per,
    Position,
    Region,
    Repetitions,
    Sides,
    Strokes,
)
from voicecoach.routine.nodes import Findings, shown
from voicecoach.routine.texts import has_side, sentences, tidy

HEAVY_A_WEEK: Final = 2
"""S32: heavy strength work is done at most so often a week."""

_NEVER_ROLLED: Final = (Region.LOW_BACK, Region.NECK)
_ONLY_THERE: Final = "only between the shoulder blades' top and the lower ribs"
_TOOL: Final = re.compile(
    r"\b(?:roller|(?:massage|tennis|lacrosse|golf) ball|(?:a|the) ball(?! of))\b", re.IGNORECASE
)
_ROLLS: Final = re.compile(r"\b(?:roll(?:er|ing)?|glide|stroke)\b", re.IGNORECASE)
_LOW_BACK: Final = re.compile(
    r"\b(?:low(?:er)? back|small of (?:the|your) back|lumbar)\b(?! down\b)", re.IGNORECASE
)
_NOT_THERE: Final = re.compile(
    r"\b(?:under|on|onto|to|behind|beneath|at|along|into)\s+(?:the|your)\s+(?:neck|nape|waist)\b",
    re.IGNORECASE,
)
_NEGATION: Final = re.compile(
    r"\b(?:never|not|no|nor|off|away|without|instead|above|clear of|avoid)\b|n't\b", re.IGNORECASE
)
_LOAD: Final = re.compile(
    r"(?<!without )(?<!no )\b"
    r"(?:dumb-?bells?|barbells?|kettlebells?|band|cable|a weight|weights|bottles?)\b",
    re.IGNORECASE,
)
_OWN_SIDE: Final = re.compile(
    r"\b(?:left|right)(?= (?:arm|leg|knee|foot|feet|hand|elbow|shoulder|hip|side|thigh|heel|ankle"
    r"|calf|ear|wrist|buttock|cheek)\b)|(?<=your )(?:left|right)(?=[.,;!]|$)"
    r"|(?<=to the )(?:left|right)\b",
    re.IGNORECASE,
)


def check_exercise(fields: Fields, exercise: Exercise) -> None:
    """Note what breaks a rule in one exercise."""
    _check_sides(fields, exercise)
    _check_rolling(fields, exercise)
    _check_low_back(fields, exercise)


def _check_sides(fields: Fields, exercise: Exercise) -> None:
    """S34: who only listens must be told which side, and the right one, in every detail."""
    if exercise.sides is not Sides.EACH:
        return
    for key, texts in (("full", (*exercise.way_in, *exercise.full)), ("short", (exercise.short,))):
        if key in fields.nodes and not has_side(*texts):
            hint = f"say {{side}} in {key}"
            fields.note(key, "'sides: each', but no {side}", hint, "S34")
    for node, where, text in _instructions(fields):
        own = _OWN_SIDE.search(text)
        if own:
            message = f"'{own[0]}' in an exercise for each side"
            fields.findings.add(node, where, message, "say {side} or {other_side}", "S34")


def _check_rolling(fields: Fields, exercise: Exercise) -> None:
    """S21 and S22: where the roller may go, and a question between the sets."""
    rolling = _strokes(exercise)
    if rolling or exercise.position is Position.ROLLER:
        for region in exercise.regions:
            if region in _NEVER_ROLLED:
                message = f"a roller never goes on the {region.value}"
                fields.note("regions", message, _ONLY_THERE, "S21")
    if any(dose.sets > 1 for dose in rolling) and "assess" not in fields.keys:
        hint = "ask how it feels between the sets"
        fields.note("assess", "missing field 'assess'", hint, "S22")


def _check_low_back(fields: Fields, exercise: Exercise) -> None:
    """S21 and S33: low back and neck are not rolled, nor the low back massaged by a thing."""
    rolled = bool(_strokes(exercise)) or exercise.position is Position.ROLLER
    pattern, rule = (_ROLLS, "S21") if rolled else (_TOOL, "S33")
    hint = _ONLY_THERE if rolled else "the low back is massaged by hand only"
    for node, where, text in _instructions(fields):
        for sentence in filter(pattern.search, sentences(text)):
            there = _LOW_BACK.search(sentence) or (rolled and _NOT_THERE.search(sentence))
            if there and not _NEGATION.search(sentence):
                message = f"a roller or ball where it must not be: '{shown(sentence, 60)}'"
                fields.findings.add(node, where, message, hint, rule)
    if not rolled and Region.LOW_BACK in exercise.regions:
        _warn_of_tools(fields)


def _warn_of_tools(fields: Fields) -> None:
    for node, where, text in _instructions(fields):
        tool = _TOOL.search(text)
        if tool:
            message = f"'{tool[0]}' in an exercise for the low back"
            hint = "the low back is massaged by hand only"
            fields.findings.add(node, where, message, hint, "S33", warning=True)


def _strokes(exercise: Exercise) -> list[Strokes]:
    levels = [exercise.variant(level).dose for level in (-1, 0, 1)]
    return [dose for dose in levels if isinstance(dose, Strokes)]


def _instructions(fields: Fields) -> Iterator[tuple[Node, str, str]]:
    """Yield node, path and text of everything that tells what to do; the way out is left aside."""
    places = [*fields.items("way_in"), *fields.items("full")]
    if "short" in fields.nodes:
        places.append((fields.nodes["short"], fields.at("short")))
    for key, part in (("easier", "say"), ("harder", "say"), ("dose", "cues")):
        group = fields.nodes.get(key)
        if isinstance(group, MappingNode):
            inner = read_fields(group, fields.at(key), fields.findings)
            places += inner.items(part) if inner else []
    for node, where in places:
        if isinstance(node, ScalarNode):
            yield node, where, tidy(node.value)


def check_load(
    findings: Findings, exercises: Sequence[Exercise], frequency: Frequency | None
) -> None:
    """S32: warn of repetitions with a load in a routine that may be done more than twice a week."""
    if frequency and frequency.per is Per.WEEK and frequency.times <= HEAVY_A_WEEK:
        return
    for n, exercise in enumerate(exercises, start=1):
        load = _LOAD.search(" ".join([*exercise.way_in, *exercise.full, exercise.short]))
        if load and isinstance(exercise.dose, Repetitions):
            message = f"strength work with '{load[0]}'"
            hint = "say frequency: {times: 2, per: week, say: ...}, or fewer times"
            findings.add(exercise.line, f"exercises[{n}]", message, hint, "S32", warning=True)
