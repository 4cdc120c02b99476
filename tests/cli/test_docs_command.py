"""`voicecoach docs`, and the messages that send a user to a page: an installed program has it."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.test_safety_commands import Terminal, home, terminal
from voicecoach.cli.docs import PAGES

__all__ = ["home", "terminal"]

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "voicecoach"
SENT = re.compile(r"voicecoach docs ([\w-]+)")


def texts() -> Iterator[tuple[str, str]]:
    """Yield each text of the program that may reach a user, after where it stands: no docstring of
    another thing than a command, no comment.
    """
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and "command" in map(_last, node.decorator_list):
                yield f"{path}:{node.lineno}", ast.get_docstring(node) or ""
            if isinstance(node, ast.Constant) and id(node) not in bare:
                yield f"{path}:{node.lineno}", str(node.value)
    for path in sorted(PACKAGE.rglob("*.toml")):
        lines = path.read_text("utf-8").splitlines()
        yield from ((str(path), line) for line in lines if not line.startswith("#"))


def _last(decorator: ast.expr) -> str:
    return ast.unparse(decorator).split("(")[0].split(".")[-1]


def test_no_message_names_a_file_that_only_a_checkout_has() -> None:
    """Neither a page under docs/ nor one at the top."""
    astray = re.compile(r"docs/\S*\.md|README|CONTRIBUTING|CHANGELOG")
    assert not [where for where, text in texts() if astray.search(text)]


def test_each_page_that_is_named_is_there() -> None:
    """Each `voicecoach docs PAGE` shows one."""
    named = {name for _, text in texts() for name in SENT.findall(text)}
    assert {"routine-format", "scenarios", "hearing"} <= named <= PAGES.keys()


def test_the_wheel_has_each_page() -> None:
    """In the folder where the program looks for it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    pages = {f"docs/{page}.md": f"voicecoach/bundled/docs/{page}.md" for page in PAGES}
    assert {name: place for name, place in packed.items() if name.endswith(".md")} == pages


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_shown_as_it_is_written(terminal: Terminal, page: str) -> None:
    """But for the remarks to those who change it."""
    code, told = terminal("docs", page)
    assert code == 0
    assert told.startswith("# ")
    assert "<!--" not in told
    written = (ROOT / "docs" / f"{page}.md").read_text("utf-8")
    assert written.splitlines()[-1] in told or written.splitlines()[-1].startswith("<!--")


def test_the_pages_are_listed(terminal: Terminal) -> None:
    """Each with what it is about; another name is wrong use."""
    code, told = terminal("docs")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()] == list(PAGES)
    assert terminal("docs", "nothing")[0] == 2
