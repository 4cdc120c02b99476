"""The source of a package as syntax trees, and the graph of its imports; for docs/structure.py."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One module of the package imports another. `lazy` if that happens inside a function."""

    source: str
    target: str
    lazy: bool

    def __str__(self) -> str:
        return f"{self.source} -> {self.target}"


class Package:
    """The source of a package: its modules, as syntax trees, and its data files, as text."""

    def __init__(self, repo: Path, name: str) -> None:
        """Read the package `name` of a checkout. Raises `FileNotFoundError` if it has none."""
        self.folder = repo / name
        if not (self.folder / "__init__.py").is_file():
            raise FileNotFoundError(f"{self.folder} is not a Python package")
        self.name = name
        self.texts = {self._module(p): p.read_text("utf-8") for p in self.folder.rglob("*.py")}
        self.trees = {module: ast.parse(text) for module, text in sorted(self.texts.items())}
        self.data = {
            str(p.relative_to(self.folder)): p.read_text("utf-8")
            for p in sorted(self.folder.rglob("*.toml"))
        }

    def _module(self, path: Path) -> str:
        """Return the dotted name of a file inside the package; the package itself is empty."""
        parts = path.relative_to(self.folder).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    def functions(self) -> Iterator[tuple[str, Function]]:
        """Yield (module, function) for each function and method."""
        for module, tree in self.trees.items():
            for node in ast.walk(tree):
                if isinstance(node, Function):
                    yield module, node

    def imports(self) -> list[Import]:
        """Return the imports between modules of the package."""
        found = {
            Import(module, target, lazy)
            for module, node, lazy in self.import_statements()
            for target in self._targets(node)
            if target != module
        }
        return sorted(found, key=str)

    def import_statements(self) -> Iterator[tuple[str, ast.Import | ast.ImportFrom, bool]]:
        """Yield (module, statement, whether it stands in a function)."""
        for module, tree in self.trees.items():
            inside = {
                id(node)
                for function in ast.walk(tree)
                if isinstance(function, Function)
                for node in ast.walk(function)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    yield module, node, id(node) in inside

    def _targets(self, node: ast.Import | ast.ImportFrom) -> Iterator[str]:
        """Yield the modules of the package that a statement imports (absolute imports only)."""
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = node.module or ""
            names = [self._deepest(base, alias.name) for alias in node.names]
        for name in names:
            first, _, rest = name.partition(".")
            if first == self.name and rest in self.trees:
                yield rest

    def _deepest(self, base: str, name: str) -> str:
        """Return `base.name` if that is a module of the package, else `base`."""
        inside = f"{base}.{name}".removeprefix(f"{self.name}.")
        return f"{base}.{name}" if inside in self.trees else base


def circles(edges: Sequence[Import]) -> list[list[str]]:
    """Return the groups of modules that import each other in a circle (Tarjan 1972)."""
    graph: dict[str, list[str]] = {}
    for edge in edges:
        graph.setdefault(edge.source, []).append(edge.target)
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for target in graph.get(node, []):
            if target not in order:
                visit(target)
                low[node] = min(low[node], low[target])
            elif target in stack:
                low[node] = min(low[node], order[target])
        if low[node] == order[node]:
            at = stack.index(node)
            group = stack[at:]
            del stack[at:]
            if len(group) > 1 or node in graph.get(node, []):
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found


def part_of(module: str, layers: Sequence[str]) -> tuple[int, str]:
    """Return (layer, part) of a module: the longest name in `layers` that it is, or is inside.

    Raises `ValueError` for a module that stands in no layer.
    """
    places = [(level, part) for level, line in enumerate(layers) for part in line.split()]
    fits = [(n, p) for n, p in places if module == p or module.startswith(f"{p}.")]
    if not fits:
        raise ValueError(f"{module} is in no layer: add its part to docs/structure.toml")
    return max(fits, key=lambda place: len(place[1]))


def upwards(edges: Sequence[Import], layers: Sequence[str]) -> list[Import]:
    """Return the imports of a higher layer, or of another part of the same layer."""
    wrong = []
    for edge in edges:
        if edge.target == "" or edge.source == "":
            continue  # the package's own __init__ holds the version and belongs to no layer
        (low, mine), (high, other) = part_of(edge.source, layers), part_of(edge.target, layers)
        if high > low or (high == low and mine != other):
            wrong.append(edge)
    return wrong
