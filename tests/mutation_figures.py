"""Print what became of the mutants, by module, as a table for docs/testing.md (`make mutants`)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

SURVIVED, UNTESTED = 0, 33
"""mutmut's exit codes of a mutant that no test noticed, and of one that no test runs; None is one
that was not tried. Every other code is a test that failed, or one that no longer ended."""

AT_IMPORT = (
    "dialog.before_session.x_shared_rows",
    "dialog.reprompts.x_",
    "dialog.session_table.x__all",
    "dialog.shared_rows.x_follows",
    "dialog.shared_rows.x_halts",
    "dialog.transitions.x_here",
    "dialog.transitions.x_row",
    "dialog.transitions.xǁConversationǁ__init__",
)
"""What builds the tables while the modules are imported. mutmut imports them once and switches a
mutant on after that, so that these never take effect; the tables are held by the tests of
``tests/dialog`` that go through every row."""


def figures(folder: Path) -> dict[str, Counter[int | None]]:
    """Return how often each exit code came, by module, from mutmut's folder of results."""
    found = {}
    for path in sorted(folder.rglob("*.meta")):
        mutants = json.loads(path.read_text("utf-8"))["exit_code_by_key"]
        codes = [code for name, code in mutants.items() if not _at_import(name)]
        if codes:
            found[str(path.relative_to(folder)).removesuffix(".py.meta")] = Counter(codes)
    return found


def _at_import(name: str) -> bool:
    return name.removeprefix("voicecoach.").startswith(AT_IMPORT)


def row(name: str, codes: Counter[int | None]) -> str:
    """Return a row of the table."""
    every, left = codes.total(), codes[SURVIVED] + codes[UNTESTED] + codes[None]
    share = 100 * (every - left) / every
    return f"| {name} | {every} | {every - left} | {left} | {share:.0f} |"


def main() -> None:
    """Print the table."""
    found = figures(Path("mutants"))
    print("| module | mutants | killed | survived | killed in % |", "| --- " * 5 + "|", sep="\n")
    for name, codes in found.items():
        print(row(f"`{name}`", codes))
    print(row("all", sum(found.values(), Counter())))


if __name__ == "__main__":
    main()
