"""The modules of the package and what they import, as docs/source_tree.py reads them."""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "docs"))  # its scripts are no package
source_tree = importlib.import_module("source_tree")

Import, circles, part_of = source_tree.Import, source_tree.circles, source_tree.part_of
SOURCE = source_tree.Package(ROOT, "voicecoach")
NAMES = [name for name in SOURCE.trees if name]
"""Every module but the package's own ``__init__``, which holds the version."""


def names_in(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"a relative import: {ast.unparse(node)}"
        yield node.module or ""
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imported(name: str) -> frozenset[str]:
    """Return the dotted names of everything that a module imports, wherever in it that stands."""
    return frozenset(other for node in ast.walk(SOURCE.trees[name]) for other in names_in(node))


def roots(name: str) -> set[str]:
    """Return the top names of everything that a module imports."""
    return {other.split(".")[0] for other in imported(name)}


def within(name: str, places: set[str]) -> bool:
    """Tell whether a module is one of `places` or inside one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


@cache
def imports() -> list[tuple[str, str]]:
    """Return each pair of modules of which one imports the other, or a package that it is in."""
    inside = {
        name: sorted(other.removeprefix("voicecoach.") for other in imported(name))
        for name in SOURCE.trees
    }
    return [(name, other) for name, found in inside.items() for other in found if other in NAMES]


def hidden() -> Iterator[tuple[str, str]]:
    """Yield each module and name that it imports inside a function."""
    for name, node, lazy in SOURCE.import_statements():
        if lazy:
            yield from ((name, other) for other in names_in(node))


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the package with its length in lines."""
    for name, node in SOURCE.functions():
        yield f"{name}.{node.name}", node.end_lineno - node.lineno + 1
