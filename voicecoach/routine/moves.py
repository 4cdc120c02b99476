"""Ways in and out leave the seconds that a body needs for its moves (SAFETY S37)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode

from voicecoach.language.lint import Lint
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.nodes import shown
from voicecoach.yaml_reader.text_lint import tidy

SCRIPTS: Final = ("way_in", "way_in_short", "release", "way_out")


@dataclass(frozen=True, slots=True)
class Move:
    """A kind of move, and how long it takes."""

    name: str
    seconds: float
    """For most users; with the pauses of S19 there is time for the older ones."""
    older: float
    what: str


@cache
def moves() -> tuple[Move, ...]:
    """Return the moves of ``moves.toml``."""
    text = files("voicecoach.routine").joinpath("moves.toml").read_text("utf-8")
    return tuple(Move(name=name, **entry) for name, entry in tomllib.loads(text).items())


def check_moves(fields: Fields) -> None:
    """S37: note each text of a way in or out that is followed by less time than it needs."""
    _check_short(fields)
    for key in SCRIPTS:
        nodes = fields.items(key)
        for i, (node, where) in enumerate(nodes):
            if not isinstance(node, ScalarNode):
                continue
            needed = seconds_needed(tidy(node.value), fields.language.lint)
            left = _pause(nodes[i + 1][0]) if i + 1 < len(nodes) else 0
            if left < needed:
                message = f"{left:g} s after '{shown(node.value, 60)}', which takes {needed:g} s"
                hint = f"write - {{pause_s: {needed:g}}}, or more, after it"
                fields.findings.add(node, where, message, hint, "S37")


def _check_short(fields: Fields) -> None:
    """S37: note a short way in that leaves less time than the moves of the whole one take.

    Said in fewer words, it moves the body as far.
    """
    short = [node for node, _ in fields.items("way_in_short")]
    whole = [node for node, _ in fields.items("way_in") if isinstance(node, ScalarNode)]
    needed = sum(seconds_needed(tidy(node.value), fields.language.lint) for node in whole)
    left = sum(map(_pause, short))
    if short and left < needed:
        message = f"{left:g} s of pauses for moves that take {needed:g} s in way_in"
        fields.note(
            "way_in_short", message, "the same moves in fewer words, with their time", "S37"
        )


def seconds_needed(text: str, lint: Lint) -> float:
    """Return how long the moves and breaths of `text` take, one after the other."""
    return sum(_times(move.name, text, lint) * move.seconds for move in moves())


def _times(name: str, text: str, lint: Lint) -> int:
    """Return how often a move is named; of breaths, how many there are."""
    found = list(lint.moves[name].finditer(text))
    if name != "breath":
        return len(found)
    return sum(_count(match.lastgroup) for match in found)


def _count(group: str | None) -> int:
    """Return the number in the name of a group: "n3" is three breaths."""
    return int(group[1:]) if group else 1


def _pause(node: Node) -> float:
    for key, value in _pairs(node):
        if key == "pause_s" and isinstance(value, ScalarNode):
            return float(value.value) if value.value.replace(".", "", 1).isdigit() else 0
    return 0


def _pairs(node: Node) -> Iterator[tuple[str, Node]]:
    if isinstance(node, MappingNode):
        yield from ((key.value, value) for key, value in node.value if key.value)
