"""The modules of the package and what they import, read from their source."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "voicecoach"
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return a module's dotted name inside the package: ``app.live``."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts) or "voicecoach"


NAMES = {name_of(path): path for path in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    """Return a file's syntax tree."""
    return ast.parse(path.read_text("utf-8"))


def names_in(node: ast.AST) -> Iterator[str]:
    """Yield the dotted names that an import statement names."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"a relative import: {ast.unparse(node)}"
        yield node.module or ""
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the dotted names of everything that a file imports, wherever in it that stands."""
    return frozenset(name for node in ast.walk(tree(path)) for name in names_in(node))


def roots(path: Path) -> set[str]:
    """Return the top names of everything that a file imports."""
    return {name.split(".")[0] for name in imported(path)}


def within(name: str, places: set[str]) -> bool:
    """Tell whether a module is one of `places` or inside one."""
    return any(name == place or name.startswith(f"{place}.") for place in places)


@cache
def imports() -> list[tuple[str, str]]:
    """Return each pair of modules of the package of which one imports the other."""
    inside = {
        name: sorted(other.removeprefix("voicecoach.") for other in imported(path))
        for name, path in NAMES.items()
    }
    return [(name, other) for name, found in inside.items() for other in found if other in NAMES]


def hidden() -> Iterator[tuple[str, str]]:
    """Yield each module and name that it imports inside a function."""
    for name, path in NAMES.items():
        functions = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef)]
        nodes = {node for function in functions for node in ast.walk(function)}
        yield from sorted((name, other) for node in nodes for other in names_in(node))


def functions() -> Iterator[tuple[str, int]]:
    """Yield each function of the package with its length in lines."""
    for name, path in NAMES.items():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                yield f"{name}.{node.name}", node.end_lineno - node.lineno + 1


def circles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the sets of modules that import each other, by Tarjan's algorithm (1972)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = lowest[node] = len(order)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in order:
                visit(other)
                lowest[node] = min(lowest[node], lowest[other])
            elif other in stack:
                lowest[node] = min(lowest[node], order[other])
        if lowest[node] == order[node]:
            at = stack.index(node)
            found.append(sorted(stack[at:]))
            del stack[at:]

    for node in graph:
        if node not in order:
            visit(node)
    return [circle for circle in found if len(circle) > 1 or circle[0] in graph[circle[0]]]
