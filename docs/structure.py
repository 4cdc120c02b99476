"""Measures how the package is built, and prints the figures as a table in Markdown.

    python docs/structure.py                  prints them, beside those of an earlier commit
    python docs/structure.py --details        also names the places that are counted
    python docs/structure.py --write          renews the table in docs/architecture.md
    python docs/structure.py --repo DIR --config FILE    measures another checkout

It reads the source and imports nothing of the package; only the standard library is needed. What
the package calls its layers, its context and its kinds of exercise stands in docs/structure.toml;
the earlier figures, and how they were named then, in the file that it gives as `before`.
"""

from __future__ import annotations

import argparse
import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median_high
from typing import Any

from source_tree import Package, circles, upwards

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "architecture.md"
CONFIG = ROOT / "docs" / "structure.toml"
BEGIN, END = "<!-- begin structure -->", "<!-- end structure -->"
NOTE = "<!-- made by docs/structure.py: do not edit -->"


def names_in(tree: ast.AST) -> set[str]:
    """Return the identifiers that a module uses: names, attributes and imported names."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name.rpartition(".")[2])
    return found


def classes(package: Package, name: str) -> Iterator[tuple[str, ast.ClassDef]]:
    """Yield (module, class) for each class of that name."""
    for module, tree in package.trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and node.name == name:
                yield module, node


def the_class(package: Package, name: str) -> ast.ClassDef:
    """Return a class by its dotted name inside the package. Raises `ValueError` if it is gone."""
    module, _, wanted = name.rpartition(".")
    for at, node in classes(package, wanted):
        if at == module:
            return node
    raise ValueError(f"there is no class {name}: correct docs/structure.toml")


def kinds_named(package: Package, kinds: Sequence[str]) -> dict[str, set[str]]:
    """Return module -> the kinds of exercise whose class it names without defining it."""
    homes = {kind: {module for module, _ in classes(package, kind)} for kind in kinds}
    if not all(homes.values()):
        raise ValueError(f"not all of {', '.join(kinds)} are classes: correct docs/structure.toml")
    named = {
        module: {kind for kind in kinds if kind in names_in(tree) and module not in homes[kind]}
        for module, tree in package.trees.items()
    }
    return {module: found for module, found in named.items() if found}


def fields(package: Package, node: ast.ClassDef) -> list[str]:
    """Return the annotated fields of a class and of its bases in the package; no `ClassVar`s."""
    bases = [base.id for base in node.bases if isinstance(base, ast.Name)]
    inherited = [found for base in bases for _, found in classes(package, base)]
    return [name for base in inherited for name in fields(package, base)] + [
        line.target.id
        for line in node.body
        if isinstance(line, ast.AnnAssign)
        and isinstance(line.target, ast.Name)
        and "ClassVar" not in ast.unparse(line.annotation)
    ]


def voice_command_files(package: Package, enum: str, language: str) -> dict[str, set[str]]:
    """Return command -> the files that name it: modules, and files of the language with its key."""
    module, _, wanted = enum.rpartition(".")
    members = [
        target.id
        for line in the_class(package, enum).body
        if isinstance(line, ast.Assign)
        for target in line.targets
        if isinstance(target, ast.Name)
    ]
    named = {at: _members(tree, wanted) for at, tree in package.trees.items()}
    folders = tuple(f"{part}/" for part in language.split())
    data = {path: text for path, text in package.data.items() if path.startswith(folders)}
    return {
        member: {module}
        | {at for at, found in named.items() if member in found}
        | {path for path, text in data.items() if _key(member.lower(), text)}
        for member in members
    }


def _members(tree: ast.AST, enum: str) -> set[str]:
    """Return the members of an enum that a module names, under its own name or one letter."""
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in (enum, enum[0])
    }


def _key(name: str, text: str) -> bool:
    return bool(re.search(rf"^\[?{name}\b\]?\s*(=|$)", text, re.MULTILINE))


def shell_command_files(package: Package, listed: str) -> dict[str, set[str]]:
    """Return command -> its module, the module that lists the commands, and those that import it.

    `listed` is the dotted name of the tuple of all commands.
    """
    module, _, variable = listed.rpartition(".")
    folder = module.rpartition(".")[0]
    commands: Sequence[str] = ()
    for node in package.trees[module].body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == variable:
            commands = ast.literal_eval(node.value)
    edges = package.imports()
    return {
        name: {module, at} | {edge.source for edge in edges if edge.target == at}
        for name in commands
        for at in [f"{folder}.{name}"]
    }


def english_outside(package: Package, language: str) -> list[str]:
    """Return the modules outside the part `language` that name English in their code."""
    return [
        module
        for module, tree in package.trees.items()
        if module.split(".")[0] not in language.split()
        and (any("english" in name.lower() for name in names_in(tree)) or _codes(tree))
    ]


def _codes(tree: ast.AST) -> list[str]:
    """Return the codes of English, such as "en" or "en-us", among a module's texts."""
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"en(-\w+.*)?", node.value)
    ]


def spread(lengths: Sequence[int]) -> str:
    """Return median, 90th percentile and maximum."""
    ordered = sorted(lengths)
    return f"{median_high(ordered)}, {ordered[len(ordered) * 9 // 10]}, {ordered[-1]}"


def count(places: Sequence[str]) -> tuple[str, list[str]]:
    """Return how many there are, and them."""
    return str(len(places)), list(places)


def per_command(files: Mapping[str, set[str]]) -> tuple[str, list[str]]:
    """Return median and maximum of how many files each command has, and the files of each."""
    counts = sorted(len(found) for found in files.values())
    places = [f"{name}: {', '.join(sorted(found))}" for name, found in files.items()]
    return f"{median_high(counts)}, {counts[-1]}", places


def measure(package: Package, config: Mapping[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Return label -> (figure, the places that it counts)."""
    edges = package.imports()
    round_about, up = circles(edges), upwards(edges, config["layers"])
    lazy = [str(edge) for edge in edges if edge.lazy]
    foreign = [
        f"{module}: {ast.unparse(node)}"
        for module, node, inside in package.import_statements()
        if inside and package.name not in ast.unparse(node)
    ]
    kinds = kinds_named(package, config["kinds"])
    apart = [module for module, found in kinds.items() if len(found) > 1]
    context = fields(package, the_class(package, config["context"]))
    voice = voice_command_files(package, config["voice_commands"], config["language"])
    shell = shell_command_files(package, config["shell_commands"])
    english = english_outside(package, config["language"])
    functions = [(node.end_lineno or 0) - node.lineno + 1 for _, node in package.functions()]
    files = [text.count("\n") for text in package.texts.values() if text.strip()]

    return {
        "circles of modules that import each other": count([", ".join(g) for g in round_about]),
        "imports of a higher layer, or across one": count(list(map(str, up))),
        "imports of own modules inside functions": count(lazy),
        "imports of libraries inside functions": count(foreign),
        "fields of the dialog's context": count(context),
        "modules that name a kind of exercise outside its own module": count(sorted(kinds)),
        "files that a new kind of exercise touches": (str(1 + len(apart)), sorted(apart)),
        "files that name a command of the voice: median, max": per_command(voice),
        "files that name a command of the shell: median, max": per_command(shell),
        "modules outside the language that name English": count(english),
        "lines of a function: median, p90, max": (spread(functions), []),
        "lines of a file: median, p90, max": (spread(files), []),
        "files, lines": (f"{len(files)}, {sum(files)}", []),
    }


def table(now: Mapping[str, tuple[str, list[str]]], before: Mapping[str, Any]) -> str:
    """Return the figures as Markdown, beside those of an earlier commit."""
    rows = [f"| what | {before['commit']} | now |", "| --- | --- | --- |"]
    rows += [
        f"| {label} | {before['figures'].get(label, '-')} | {figure} |"
        for label, (figure, _) in now.items()
    ]
    return "\n".join(rows)


def renewed(text: str, written: str) -> str:
    """Return the text of the page with another table. Raises `ValueError` without its markers."""
    if (text.count(BEGIN), text.count(END)) != (1, 1):
        raise ValueError(f"the page needs {BEGIN} and {END}, once")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{NOTE}\n\n{written}\n\n{END}{after}"


def arguments(words: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--repo", type=Path, default=ROOT, help="the checkout to measure")
    parser.add_argument("--config", type=Path, default=CONFIG, help="what things are called there")
    parser.add_argument("--details", action="store_true", help="name the places that are counted")
    parser.add_argument("--write", action="store_true", help=f"renew the table in {PAGE.name}")
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Measure, and print or write the table."""
    options = arguments(words)
    config = tomllib.loads(options.config.read_text("utf-8"))
    before = tomllib.loads((CONFIG.parent / config["before"]).read_text("utf-8"))
    now = measure(Package(options.repo, config["package"]), config)
    written = table(now, before)
    if options.write:
        PAGE.write_text(renewed(PAGE.read_text("utf-8"), written), "utf-8")
    print(written)
    for label, (_, places) in now.items() if options.details else ():
        print(f"\n{label}", *places, sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
