"""One fault at a time for good exercises: each mutator spoils a text at one node, and says which
safety rule that breaks and in which line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


@dataclass(frozen=True)
class Spoilt:
    """A text with one fault."""

    name: str
    text: str
    rule: str
    line: int


@dataclass(frozen=True)
class Good:
    """An exercise in a good file."""

    text: str
    """The whole file."""
    node: MappingNode

    def pair(self, *path: str) -> tuple[Node, Node] | None:
        """Return key and value at a path of keys, or None."""
        node: Node = self.node
        found = None
        for name in path:
            pairs = node.value if isinstance(node, MappingNode) else []
            found = next(((k, v) for k, v in pairs if k.value == name), None)
            if found is None:
                return None
            node = found[1]
        return found

    def value(self, *path: str) -> Node | None:
        """Return the value at a path of keys, or None."""
        pair = self.pair(*path)
        return pair[1] if pair else None

    def word(self, *path: str) -> str:
        """Return the scalar at a path as it is written, or an empty text."""
        node = self.value(*path)
        return str(node.value) if isinstance(node, ScalarNode) else ""

    def put(self, node: Node, new: str) -> str:
        """Return the text with `new` in the place of `node`."""
        old = self.text[node.start_mark.index : node.end_mark.index]
        tail = old[len(old.rstrip()) :] if "\n" in old else ""
        return self.text[: node.start_mark.index] + new + tail + self.text[node.end_mark.index :]

    def without(self, pair: tuple[Node, Node]) -> str:
        """Return the text without a key and its value, in a block or between braces."""
        start, end = pair[0].start_mark.index, pair[1].end_mark.index
        if isinstance(pair[1], ScalarNode) or pair[1].flow_style:
            line = self.text.rfind("\n", 0, start) + 1
            if self.text[line:start].strip():  # between braces
                start = self.text.rfind(",", 0, start)
                return self.text[:start] + self.text[end:]
            return self.text[:line] + self.text[self.text.find("\n", end) + 1 :]
        line = self.text.rfind("\n", 0, start) + 1
        kept = self.text[:end].rstrip()
        return self.text[:line] + self.text[len(kept) + 1 :]


def line(node: Node) -> int:
    """Return the 1-based line of a node."""
    return int(node.start_mark.line) + 1


Mutator = Callable[[Good], Iterator[Spoilt]]


def put(rule: str, path: tuple[str, ...], new: str, good: Good) -> Iterator[Spoilt]:
    """Put another value where there is one."""
    node = good.value(*path)
    if node is not None:
        yield Spoilt(f"{'.'.join(path)}={new}", good.put(node, new), rule, line(node))


def drop(rule: str, path: tuple[str, ...], good: Good) -> Iterator[Spoilt]:
    """Leave a field out: the fault is told at what it is missing from."""
    pair, parent = good.pair(*path), good.value(*path[:-1]) if path[:-1] else good.node
    if pair is not None and parent is not None:
        yield Spoilt(f"no {'.'.join(path)}", good.without(pair), rule, line(parent))


def saying(rule: str, sentence: str, good: Good) -> Iterator[Spoilt]:
    """Add a sentence to a text of each kind: ways in, full, short, way out, a level."""
    for path in (
        ("way_in",),
        ("way_in_short",),
        ("full",),
        ("short",),
        ("way_out",),
        ("easier", "say"),
    ):
        node = good.value(*path)
        if isinstance(node, SequenceNode) and node.value:
            node = node.value[-1]
        if isinstance(node, ScalarNode):
            text = " ".join(node.value.split())
            new = good.put(node, json.dumps(f"{text} {sentence}"))
            yield Spoilt(f"{'.'.join(path)}: {sentence}", new, rule, line(node))


def told(rule: str, sentence: str, good: Good) -> Iterator[Spoilt]:
    """Add a sentence to what the exercise is."""
    yield from (s for s in saying(rule, sentence, good) if s.name.startswith("full"))


def strokes(*mutators: Mutator) -> Mutator:
    """Keep to exercises with strokes."""
    return partial(_where, lambda good: good.value("dose", "strokes") is not None, mutators)


def holds(*mutators: Mutator) -> Mutator:
    """Keep to stretches."""

    def stretch(good: Good) -> bool:
        return good.value("dose", "hold_s") is not None and good.value("dose", "as") is None

    return partial(_where, stretch, mutators)


def others(*mutators: Mutator) -> Mutator:
    """Keep to exercises off the roller."""
    return partial(_where, lambda good: good.word("position") != "roller", mutators)


def sided(yes: bool, *mutators: Mutator) -> Mutator:
    """Keep to exercises with sides, or to those without."""
    return partial(_where, lambda good: (good.word("sides") == "each") is yes, mutators)


def _where(
    holding: Callable[[Good], bool], mutators: tuple[Mutator, ...], good: Good
) -> Iterator[Spoilt]:
    for mutator in mutators if holding(good) else ():
        yield from mutator(good)


def sets_without_question(good: Good) -> Iterator[Spoilt]:
    """S22: several sets of strokes and no question between them."""
    if good.word("dose", "sets") not in ("", "1"):
        yield from drop("S22", ("assess",), good)


def untold_breath(good: Good) -> Iterator[Spoilt]:
    """S24: a hold of more than ten seconds does not say how to breathe."""
    if int(good.word("dose", "hold_s")) > 10:
        yield from drop("S24", ("dose", "breath"), good)


def onto_the_roller(good: Good) -> Iterator[Spoilt]:
    """S21: an exercise for the low back or the neck is done on the roller."""
    position, regions = good.value("position"), good.value("regions")
    assert position is not None
    assert regions is not None
    named = {node.value for node in regions.value} & {"low-back", "neck"}
    if len(named) == 1 and good.word("position") != "roller":
        yield Spoilt("roller", good.put(position, "roller"), "S21", line(regions))


def sideless(good: Good) -> Iterator[Spoilt]:
    """S34: the short text no longer names the side."""
    node = good.value("short")
    assert node is not None
    text = json.dumps(node.value.replace("{side} ", "").replace("{side}", "side"))
    yield Spoilt("short without side", good.put(node, text), "S34", line(node))


def _put(rule: str, path: str, new: str) -> Mutator:
    return partial(put, rule, tuple(path.split(".")), new)


MUTATORS: tuple[Mutator, ...] = (
    strokes(
        _put("S21", "regions", "[low-back]"),
        _put("S21", "regions", "[upper-back, neck]"),
        partial(told, "S21", "Roll over your low back too."),
        partial(told, "S21", "Glide down to the lower back."),
        partial(told, "S21", "Stay on your lumbar spine."),
        partial(told, "S21", "Let it rest at the side of your neck."),
        partial(told, "S21", "Press against the small of your back."),
        _put("S22", "dose.strokes", "16"),
        _put("S22", "dose.stroke_s", "1"),
        _put("S22", "dose.stroke_s", "4.5"),
        _put("S22", "dose.stroke_s", "9"),
        _put("S22", "dose.strokes", "3"),
        _put("S22", "easier.dose.strokes", "3"),
        _put("S22", "easier.dose.strokes", "40"),
        _put("S22", "harder.dose.strokes", "16"),
        sets_without_question,
    ),
    others(
        onto_the_roller,
        partial(told, "S33", "Lay a ball under your low back."),
        partial(told, "S33", "Put the roller under your lower back."),
    ),
    holds(
        _put("S23", "dose.hold_s", "45"),
        _put("S23", "dose.hold_s", "5"),
        untold_breath,
        _put("S24", "dose.breath", "{}"),
    ),
    _put("S23", "dose.hold_s", "301"),
    _put("S23", "easier.dose.hold_s", "4"),
    _put("S23", "harder.dose.hold_s", "301"),
    _put("S23", "dose.tempo", '"0111"'),
    _put("S23", "dose.tempo", '"3100"'),
    _put("S23", "harder.dose.tempo", '"0120"'),
    _put("S24", "dose.breath.in_s", "11"),
    _put("S24", "dose.breath.out_s", "12"),
    partial(told, "S24", "Hold your breath for a moment."),
    partial(drop, "S30", ("way_out",)),
    _put("S30", "way_out", "[]"),
    partial(saying, "S34", "Do it like this."),
    partial(told, "S34", "Bend as shown."),
    partial(told, "S34", "Look at the screen."),
    partial(saying, "S34", "Stop there."),
    partial(told, "S34", "Go on until it hurts."),
    partial(told, "S34", "You may feel some burning."),
    sided(True, partial(told, "S34", "Move your left knee."), sideless),
    sided(False, partial(told, "S34", "Move your {side} knee.")),
)


def exercises(text: str) -> list[Good]:
    """Return the exercises that stand in a file, of a routine or shared; each of a routine's in a
    file of it alone, which is read in a fraction of the time.
    """
    root = composed(text)
    listed = Good(text, root).value("exercises")
    if listed is None:
        return [Good(text, root)]
    starts = [node.start_mark.index for node in listed.value]
    head = text[: text.rfind("\n", 0, starts[0]) + 1]
    alone = [
        head + text[text.rfind("\n", 0, node.start_mark.index) + 1 : node.end_mark.index]
        for node in listed.value
        if Good(text, node).value("use") is None
    ]
    return [Good(one, composed(one).value[-1][1].value[0]) for one in alone]


def composed(text: str) -> MappingNode:
    """Return the nodes of a text."""
    root = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(root, MappingNode)
    return root


def mutations(text: str) -> Iterator[Spoilt]:
    """Yield every way to spoil a file, one fault each."""
    for n, good in enumerate(exercises(text), start=1):
        for mutator in MUTATORS:
            for spoilt in mutator(good):
                yield Spoilt(f"{n} {spoilt.name}", spoilt.text, spoilt.rule, spoilt.line)
