"""Everything in an exercise that tells what to do; the way out is left aside."""

from __future__ import annotations

from collections.abc import Iterator

from yaml.nodes import MappingNode, Node, ScalarNode

from voicecoach.doses.registry import KINDS
from voicecoach.routine.model import Exercise
from voicecoach.track import lines_of
from voicecoach.yaml_reader.fields import Fields, read_fields
from voicecoach.yaml_reader.text_lint import tidy


def instructions(fields: Fields) -> Iterator[tuple[Node, str, str]]:
    """Yield node, path and text of each, as they stand in the file."""
    places = [
        pair for key in ("way_in", "way_in_short", "full", "start") for pair in fields.items(key)
    ]
    if "short" in fields.nodes:
        places.append((fields.nodes["short"], fields.at("short")))
    of_doses = [("dose", key) for kind in KINDS.values() for key in kind.INSTRUCTIONS]
    levels = [(key, part) for key in ("easier", "harder") for part in ("say", "start")]
    for key, part in (*levels, *of_doses):
        group = fields.nodes.get(key)
        if isinstance(group, MappingNode):
            inner = read_fields(group, fields.at(key), fields.findings, fields.language)
            places += inner.items(part) if inner else []
            if inner and part == "say" and "short" in inner.nodes:
                places.append((inner.nodes["short"], inner.at("short")))
    for node, where in places:
        if isinstance(node, ScalarNode):
            yield node, where, tidy(node.value)


def instructed(exercise: Exercise) -> list[str]:
    """Return the same texts of an exercise that was read."""
    variants = [exercise.variant(level) for level in (-1, 1)]
    says = lines_of(
        [text for variant in variants for text in (*variant.say, *variant.start, variant.short)]
    )
    own = exercise.dose.instructions
    ways_in = (*exercise.way_in, *exercise.way_in_short)
    scripts = lines_of([*ways_in, *exercise.full, *exercise.start])
    return [*scripts, exercise.short, *says, *own]
