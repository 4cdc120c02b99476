"""Typed readers over the nodes of one mapping. Each notes what is wrong and returns a stand-in.

A stand-in has the right type, so that reading goes on and one bad value hides no other problem.
It never leaves the parser: with any problem noted, `parse` raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import Enum
from types import MappingProxyType
from typing import Final, TypeVar

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from voicecoach.errors import did_you_mean
from voicecoach.language.model import Language
from voicecoach.track import Item, Pause
from voicecoach.units import Ms
from voicecoach.yaml_reader.nodes import REFUSED, Findings, entries, shown
from voicecoach.yaml_reader.text_lint import Fault, Spoken, plain_faults, spoken_faults, tidy

E = TypeVar("E", bound=Enum)

_NULL: Final = "tag:yaml.org,2002:null"
NUMBER: Final = r"[0-9]{1,6}(\.[0-9]{1,3})?"
"""How a number is written."""
_NUMBER: Final = re.compile(NUMBER, re.ASCII)
_NAMES: Final = {MappingNode: "a group of fields", SequenceNode: "a list", ScalarNode: "one value"}
_COLON_HINT: Final = "a text that holds ': ' or begins with { or [ needs quotes"

SURE: Final = 0.8
"""difflib's ratio from which a guess is taken: "postion" has 0.93, "holds" for "words" 0.6."""
MAX_GUESSES: Final = 200
"""Beyond so many problems the file is no routine, and guesses would only cost time."""


@dataclass(frozen=True, slots=True)
class Range:
    """What a number may be, both ends included, and why."""

    low: float
    high: float
    why: str
    whole: bool = False
    rule: str = ""
    """Id of the safety rule that sets the range."""

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}: {self.why}"


PAUSE_S: Final = Range(0.5, 60, "seconds of silence after a text")


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one mapping: what stands under each key, and how to read it."""

    node: MappingNode
    where: str
    nodes: dict[str, Node]
    """Usable values only; a value that was refused or left empty is already noted."""
    keys: dict[str, Node]
    findings: Findings
    language: Language
    """The language of the spoken texts."""

    def at(self, key: str) -> str:
        """Return the dotted path of `key`."""
        return f"{self.where}.{shown(key)}" if self.where else shown(key)

    def note(
        self, key: str, message: str, hint: str = "", rule: str = "", warning: bool = False
    ) -> None:
        """Note a problem at `key`, or at the mapping itself if the key is not there."""
        place = self.nodes.get(key) or self.keys.get(key) or self.node
        where = self.at(key) if key else self.where
        self.findings.add(place, where, message, hint, rule, warning)

    def check_keys(
        self,
        required: Sequence[str],
        optional: Sequence[str] = (),
        rules: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        """Note unknown and missing keys; the value under a slip of the pen is read all the same.

        `rules` gives hint and safety rule for a required key that is missing.
        """
        known = (*required, *optional)
        for key in [key for key in self.keys if key not in known]:
            guesses = len(self.findings.problems) < MAX_GUESSES
            absent = [name for name in known if name not in self.keys] if guesses else []
            meant = next((name for name in absent if did_you_mean(key, absent) == _ask(name)), None)
            hint = _ask(meant) if meant else f"known: {', '.join(known)}"
            self.findings.add(self.keys[key], self.at(key), f"unknown field '{shown(key)}'", hint)
            if meant:
                self.keys[meant] = self.keys[key]
                if key in self.nodes and SequenceMatcher(None, key, meant).ratio() >= SURE:
                    self.nodes[meant] = self.nodes[key]
        for key in required:
            if key not in self.keys:
                message = f"missing field '{key}'"
                self.findings.add(self.node, self.at(key), message, *rules.get(key, ()))

    def group(self, key: str) -> Fields | None:
        """Return the fields under `key`, or None."""
        node = self.nodes.get(key)
        return (
            None if node is None else read_fields(node, self.at(key), self.findings, self.language)
        )

    def text(self, key: str, spoken: Spoken | None = None) -> str:
        """Return the text under `key` on one line, or ``""``."""
        node = self.nodes.get(key)
        return "" if node is None else self._text(node, self.at(key), spoken)

    def texts(
        self, key: str, spoken: Spoken | None = None, *, some: bool = False, rule: str = ""
    ) -> tuple[str, ...]:
        """Return the list of texts under `key`; with `some` it must not be empty (by `rule`)."""
        pairs = self.items(key, some=some, rule=rule)
        return tuple(self._text(node, where, spoken) for node, where in pairs)

    def script(
        self, key: str, spoken: Spoken, *, some: bool = False, rule: str = ""
    ) -> tuple[Item, ...]:
        """Return the list of texts and pauses (``{pause_s: 3}``) under `key`.

        A list begins with a text, and one pause follows a text at most.
        """
        read: list[Item] = []
        for node, where in self.items(key, some=some, rule=rule):
            if isinstance(node, MappingNode):
                pause = self._pause(node, where)
                if not read or isinstance(read[-1], Pause):
                    hint = "a pause follows a text; write one, as long as both"
                    self.findings.add(node, where, "a pause without a text before it", hint)
                read += [pause] if pause else []
            else:
                read.append(self._text(node, where, spoken))
        return tuple(read)

    def _pause(self, node: MappingNode, where: str) -> Pause | None:
        fields = read_fields(node, where, self.findings, self.language)
        if fields is None:
            return None
        fields.check_keys(("pause_s",))
        return Pause(Ms(round(1000 * fields.number("pause_s", PAUSE_S, 1))))

    def items(self, key: str, *, some: bool = False, rule: str = "") -> list[tuple[Node, str]]:
        """Return the nodes of the list under `key`, each with its path, counted from 1."""
        node = self.nodes.get(key)
        if node is None or not self._is(
            node, SequenceNode, self.at(key), "write each after a dash"
        ):
            return []
        if some and not node.value:
            self.note(key, "an empty list", "at least one is needed", rule)
        pairs = [(item, f"{self.at(key)}[{n}]") for n, item in enumerate(node.value, start=1)]
        return [(item, where) for item, where in pairs if usable(item, where, self.findings)]

    def number(self, key: str, valid: Range, default: float = 0) -> float:
        """Return the number under `key`, or `default` if it is missing or wrong."""
        node = self.nodes.get(key)
        if node is None or not self._is(node, ScalarNode, self.at(key)):
            return default
        if not _NUMBER.fullmatch(node.value):
            hint = "a plain number, such as 25 or 2.5, without a unit"
            self.note(key, f"'{shown(node.value)}' is not a number", hint)
            return default
        number = float(node.value)
        if not valid.low <= number <= valid.high:
            self.note(key, f"{node.value} is out of range", str(valid), valid.rule)
        elif valid.whole and number != int(number):
            self.note(key, f"{node.value} is not a whole number")
        return number

    def choice(self, key: str, options: Iterable[E]) -> E | None:
        """Return the option under `key`, or None."""
        node = self.nodes.get(key)
        return None if node is None else self._choice(node, self.at(key), options)

    def choices(self, key: str, options: Iterable[E], *, some: bool = False) -> tuple[E, ...]:
        """Return the options in the list under `key`, each once."""
        known, found = tuple(options), list[E]()
        for node, where in self.items(key, some=some):
            option = self._choice(node, where, known)
            if option is not None and option in found:
                self.findings.add(node, where, f"'{option.value}' for the second time")
            elif option is not None:
                found.append(option)
        return tuple(found)

    def _choice(self, node: Node, where: str, options: Iterable[E]) -> E | None:
        by_value = {str(option.value): option for option in options}
        if not self._is(node, ScalarNode, where):
            return None
        if node.value not in by_value:
            guess = did_you_mean(node.value, list(by_value))
            hint = f"{guess} " * bool(guess) + f"one of: {', '.join(by_value)}"
            self.findings.add(node, where, f"unknown value '{shown(node.value)}'", hint)
        return by_value.get(node.value)

    def _text(self, node: Node, where: str, spoken: Spoken | None) -> str:
        if not self._is(node, ScalarNode, where, _COLON_HINT):
            return ""
        text = tidy(node.value)
        faults = spoken_faults(text, spoken, self.language) if spoken else plain_faults(text)
        self._note_all(node, where, faults)
        return text

    def _note_all(self, node: Node, where: str, faults: Iterable[Fault]) -> None:
        for fault in faults:
            self.findings.add(node, where, fault.message, fault.hint, fault.rule)

    def _is(self, node: Node, kind: type[Node], where: str, hint: str = "") -> bool:
        if isinstance(node, kind):
            return True
        message = f"{_NAMES[kind]} is expected here, not {_NAMES[type(node)]}"
        self.findings.add(node, where, message, hint)
        return False


def _ask(name: str) -> str:
    return f"did you mean '{name}'?"


def usable(node: Node, where: str, findings: Findings) -> bool:
    """Return whether `node` holds a value; an empty one is noted."""
    if node.tag == _NULL:
        findings.add(node, where, "no value", "delete the line or fill it in")
    return node.tag not in (_NULL, REFUSED)


def read_fields(node: Node, where: str, findings: Findings, language: Language) -> Fields | None:
    """Return the fields of `node`, or None (noted) if it is no mapping."""
    if not isinstance(node, MappingNode):
        message = f"{_NAMES[MappingNode]} is expected here, not {_NAMES[type(node)]}"
        findings.add(node, where, message, "write name: value, one a line")
        return None
    fields = Fields(node, where, {}, {}, findings, language)
    for key, (key_node, value) in entries(node, where, findings).items():
        fields.keys[key] = key_node
        if usable(value, fields.at(key), findings):
            fields.nodes[key] = value
    return fields
