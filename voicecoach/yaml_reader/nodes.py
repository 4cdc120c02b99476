"""From a text to one tree of YAML nodes, each with its line, and the collected problems.

Only structure is read here: scalars stay the text that was written, so a tempo such as 0210 or a
bare ``no`` is never turned into a number or a truth value. What other YAML readers allow and a
routine does not need (anchors, tags, several documents) is refused: it hides what is spoken.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from voicecoach.errors import Problem

MAX_BYTES: Final = 256 * 1024
"""Three times what fifty exercises as long as the shipped ones (1.7 KB each) need."""

MAX_DEPTH: Final = 12
"""The format nests seven deep; beyond that the composer would only use up the stack."""

KEPT: Final = 64
"""So many texts are kept as trees: the shipped routines and exercises are 27."""

REFUSED: Final = "!refused"
"""Tag of the node that stands for an alias, so that nothing more is said about it."""

_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_SYNTAX_HINT: Final = (
    "check the indentation; a text that holds ': ' or ' #', or begins with one of "
    "{ [ & * ! | > % @ `, needs quotes"
)


@dataclass(slots=True)
class Findings:
    """The problems found so far in one file and the shared exercises it uses."""

    path: str = ""
    """Of a shared exercise; empty for the file that was asked for."""
    problems: list[Problem] = field(default_factory=list)

    def add(
        self,
        place: Node | int,
        where: str,
        message: str,
        hint: str = "",
        rule: str = "",
        warning: bool = False,
    ) -> None:
        """Note a problem at a node, or at a 1-based line (0: the whole file)."""
        line = place if isinstance(place, int) else line_of(place)
        path = self.path if isinstance(place, int) else path_of(place)
        self.problems.append(Problem(line, where, message, hint, rule, path, warning))

    @property
    def refused(self) -> bool:
        """Whether anything is worse than a warning."""
        return not all(problem.warning for problem in self.problems)


def line_of(node: Node) -> int:
    """Return the 1-based line where `node` begins."""
    return int(node.start_mark.line) + 1


def path_of(node: Node) -> str:
    """Return the shared exercise's file in which `node` stands, or "" for the main file."""
    return str(node.start_mark.name)


def hidden(text: str) -> str:
    """Return the first character of `text` that cannot be seen or spoken, or an empty string."""
    return next((char for char in text if unicodedata.category(char) in _HIDDEN), "")


def shown(text: str, most: int = 40) -> str:
    """Return `text` fit for a message: clipped, and with nothing a terminal would obey."""
    clean = "".join("?" if hidden(char) else char for char in text[:most])
    return clean + "..." * (len(text) > most)


def compose(text: str, findings: Findings) -> Node | None:
    """Return the root node of `text`, or None if its structure cannot be read.

    Never raises: whatever is wrong is noted in `findings`, one or more whenever None is returned.
    """
    root, problems = _composed(text, findings.path)
    findings.problems += problems
    return root


@lru_cache(maxsize=KEPT)
def _composed(text: str, path: str) -> tuple[Node | None, list[Problem]]:
    """Return the root and the problems; routines that share an exercise read it again and again."""
    findings = Findings(path)
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        findings.add(0, "", "the file is larger than 256 KB", "a routine is a few kilobytes")
        return None, findings.problems
    clean = _readable(text, findings)
    root = None if clean is None else _compose(clean, findings)
    return root, findings.problems


def _readable(text: str, findings: Findings) -> str | None:
    """Return `text` with line ends made alike and unreadable characters, once noted, replaced."""
    lines = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))
    for number, line in enumerate(lines, start=1):
        _note_characters(line, number, findings)
    if any("\t" in line[: len(line) - len(line.lstrip())] for line in lines):
        return None  # with tabs in the indentation no one can tell what belongs to what
    if not findings.problems:
        return "\n".join(lines)
    return "\n".join(
        "".join("_" if hidden(char) else char for char in line.replace("\t", " ")) for line in lines
    )


def _note_characters(line: str, number: int, findings: Findings) -> None:
    if "\t" in line:
        findings.add(number, "", "a tab", "use spaces: tabs have no fixed width")
    char = hidden(line.replace("\t", ""))
    if char:
        hint = "delete it: it cannot be seen or spoken"
        findings.add(number, "", f"a non-printable character, U+{ord(char):04X}", hint)


def _compose(text: str, findings: Findings) -> Node | None:
    readable = not findings.problems
    try:
        root = _Loader(text, findings).get_single_node()
    except yaml.MarkedYAMLError as error:
        if readable:  # else the replaced characters may be to blame, and they are noted
            findings.add(_error_line(error), "", *_explain(error))
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # an escape such as "\UFFFFFFFF" makes PyYAML call chr() out of its range
        findings.add(
            0, "", f"this is not YAML: {shown(str(error), 80)}", "look for an escape such as \\U"
        )
        return None
    if root is None:
        findings.add(0, "", "the file is empty", "`voicecoach docs routine-format` has an example")
    return root


def _error_line(error: yaml.MarkedYAMLError) -> int:
    mark = error.problem_mark or error.context_mark
    return mark.line + 1 if mark else 0


def _explain(error: yaml.MarkedYAMLError) -> tuple[str, str]:
    if error.context == "expected a single document in the stream":
        return "a second document begins here", "one routine a file: delete the line ---"
    if isinstance(error, _TooDeepError):
        return f"nested more than {MAX_DEPTH} deep", "a routine nests seven deep at most"
    return f"this is not YAML: {error.problem or error.context}", _SYNTAX_HINT


class _TooDeepError(yaml.MarkedYAMLError):
    """The nesting passed MAX_DEPTH."""


class _Loader(yaml.SafeLoader):
    """A composer that notes anchors, aliases and tags, goes on, and gives up when too deep."""

    def __init__(self, text: str, findings: Findings) -> None:
        super().__init__(text)
        self.name = findings.path  # which each mark, and so each node, carries
        self._findings = findings
        self._depth = 0

    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event: yaml.NodeEvent = self.peek_event()  # type: ignore[no-untyped-call]
        mark = event.start_mark
        line = mark.line + 1 if mark else 0
        if isinstance(event, yaml.AliasEvent):
            self.get_event()  # type: ignore[no-untyped-call]
            hint = "write the value out: whoever reads a line must see what is spoken"
            self._findings.add(line, "", f"an alias, *{shown(event.anchor or '')}", hint)
            return ScalarNode(REFUSED, "", mark, mark)  # type: ignore[arg-type]
        if self._depth == MAX_DEPTH:
            raise _TooDeepError(problem_mark=mark)  # type: ignore[arg-type]
        self._refuse_extras(event, line)
        self._depth += 1
        node: Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _refuse_extras(self, event: yaml.NodeEvent, line: int) -> None:
        if event.anchor is not None:
            hint = "delete it: values are not shared between fields"
            self._findings.add(line, "", f"an anchor, &{shown(event.anchor)}", hint)
            event.anchor = None
        if (
            isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            and event.tag is not None
        ):
            hint = "delete it: each field has its type"
            self._findings.add(line, "", f"a tag, {shown(event.tag)}", hint)
            event.tag = None


def entries(node: MappingNode, where: str, findings: Findings) -> dict[str, tuple[Node, Node]]:
    """Return key -> (key node, value node), the first of duplicates; odd keys are noted."""
    found: dict[str, tuple[Node, Node]] = {}
    for key, value in node.value:
        if not isinstance(key, ScalarNode):
            findings.add(key, where, "a field name that is not a word", "write name: value")
        elif key.value in found:
            first = line_of(found[key.value][0])
            findings.add(
                key, where, f"'{shown(key.value)}' for the second time", f"first in line {first}"
            )
        elif key.tag != REFUSED:
            found[key.value] = (key, value)
    return found
