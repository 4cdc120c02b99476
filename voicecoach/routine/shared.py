"""Exercises that several routines share: files of their own, named in a routine by ``use``.

The files' texts come in as an argument (`Library`), read by the caller. What a routine says beside
``use`` takes the place of the shared exercise's own; every node keeps the file it came from, so a
problem is told where it can be corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from yaml.nodes import MappingNode, Node, ScalarNode

from voicecoach.doses.registry import KINDS
from voicecoach.errors import did_you_mean
from voicecoach.language.model import Language
from voicecoach.routine.exercise import read_exercise
from voicecoach.routine.model import SCHEMA, Exercise
from voicecoach.yaml_reader.fields import Fields, read_fields
from voicecoach.yaml_reader.nodes import Findings, compose, entries, shown

Library = Mapping[str, tuple[str, str]]
"""Shared exercises: id -> (path, text). The id is the name of the file without ``.yaml``."""

EMPTY: Final[Library] = {}
KIND: Final = "exercise"
"""What stands under ``kind`` in such a file."""
HEADER: Final = ("schema", "kind")
GUESSED: Final = 12
"""So many ids are listed when none is near what was written."""


@dataclass(slots=True)
class Shelf:
    """The shared exercises of one reading: each is read once, and its problems noted once."""

    library: Library
    findings: Findings
    language: Language
    read: dict[str, MappingNode | None] = field(default_factory=dict)

    def exercise(self, node: Node, where: str) -> Exercise | None:
        """Return the exercise at an entry of a routine; whatever is wrong is noted."""
        fields = read_fields(node, where, self.findings, self.language)
        if fields is None:
            return None
        if "use" not in fields.keys:
            return read_exercise(fields)
        merged = self._merged(fields)
        if merged is None:
            return None
        own = read_fields(merged, where, self.findings, self.language)
        return None if own is None else read_exercise(own)

    def _merged(self, fields: Fields) -> MappingNode | None:
        """Return the shared exercise with the fields of the entry in place of its own."""
        name = fields.text("use")
        if not name:
            return None
        if name not in self.library:
            fields.note("use", f"unknown exercise '{shown(name)}'", self._hint(name))
            return None
        if name not in self.read:
            self.read[name] = self._shared(name)
        shared = self.read[name]
        return None if shared is None else _over(shared, fields)

    def _hint(self, name: str) -> str:
        known = sorted(self.library)
        listed = f"known: {', '.join(known)}" if 0 < len(known) <= GUESSED else ""
        guess = did_you_mean(name, known)
        return guess or listed or f"no file {shown(name)}.yaml in a folder 'exercises'"

    def _shared(self, name: str) -> MappingNode | None:
        path, text = self.library[name]
        own = Findings(path)
        fields = _exercise_fields(text, own, self.language)
        if fields is not None:
            given = read_exercise(fields).id
            if given and given != name:
                fields.note("id", f"'{shown(given)}' is not the name of the file", f"id: {name}")
        self.findings.problems += [problem for problem in own.problems if not problem.warning]
        return None if own.refused or fields is None else fields.node


def read_shared(text: str, findings: Findings, language: Language) -> Exercise | None:
    """Return the exercise in the file of a shared one, or None (noted)."""
    fields = _exercise_fields(text, findings, language)
    return None if fields is None else read_exercise(fields)


def is_exercise(text: str) -> bool:
    """Tell whether `text` is a file of one exercise, by its ``kind``."""
    root = compose(text, Findings())
    pairs = root.value if isinstance(root, MappingNode) else []
    values = [v for k, v in pairs if isinstance(k, ScalarNode) and k.value == "kind"]
    return any(isinstance(value, ScalarNode) and value.value == KIND for value in values)


def _exercise_fields(text: str, findings: Findings, language: Language) -> Fields | None:
    """Return the exercise's fields in a file of one, the header checked and left out."""
    root = compose(text, findings)
    fields = None if root is None else read_fields(root, "", findings, language)
    if fields is None:
        return None
    _check_header(fields)
    pairs = [pair for pair in fields.node.value if getattr(pair[0], "value", "") not in HEADER]
    nodes = {key: value for key, value in fields.nodes.items() if key not in HEADER}
    keys = {key: value for key, value in fields.keys.items() if key not in HEADER}
    return replace(fields, node=_mapping(fields.node, pairs), nodes=nodes, keys=keys)


def _check_header(fields: Fields) -> None:
    for key, wanted in (("schema", SCHEMA), ("kind", KIND)):
        if key not in fields.keys:
            fields.note(key, f"missing field '{key}'", f"{key}: {wanted}")
        elif key in fields.nodes and (given := fields.text(key)) != wanted:
            fields.note(key, f"'{shown(given)}' cannot be read", f"{key}: {wanted}")


def _over(shared: MappingNode, fields: Fields) -> MappingNode:
    """Return `shared` with the entry's fields over it; of a dose of the same kind only those."""
    quiet = Findings()
    pairs, own = entries(shared, "", quiet), entries(fields.node, "", quiet)
    if "way_in" in own:
        pairs.pop("way_in_short", None)  # it leads in otherwise
    for key, pair in own.items():
        if key == "use":
            continue
        value = pair[1]
        if key == "dose" and key in pairs:
            value = _dose_over(pairs[key][1], value)
        pairs[key] = (pair[0], value)
    return _mapping(fields.node, list(pairs.values()))


def _dose_over(shared: Node, own: Node) -> Node:
    if not (isinstance(shared, MappingNode) and isinstance(own, MappingNode)):
        return own
    before, after = entries(shared, "", Findings()), entries(own, "", Findings())
    other_kind = any(kind in after and kind not in before for kind in KINDS)
    return own if other_kind else _mapping(own, list((before | after).values()))


def _mapping(like: MappingNode, pairs: list[tuple[Node, Node]]) -> MappingNode:
    return MappingNode(like.tag, pairs, like.start_mark, like.end_mark)
