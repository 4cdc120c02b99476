"""Prints a pip constraints file that pins each requirement of pyproject.toml to its lower bound.

    python .ci/lowest.py [EXTRA...] >lowest.txt
    pip install -c lowest.txt -e '.[EXTRA]'

The package's own dependencies are always among them; an extra adds its own.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

PROJECT = Path(__file__).parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]*\])?>=(?P<bound>[\d.]+)")


def constraint(requirement: str) -> str:
    """Return ``name==bound`` for ``name>=bound``. Raises `ValueError` without a lower bound."""
    match = REQUIREMENT.match(requirement)
    if match is None:
        raise ValueError(f"{requirement!r} in {PROJECT.name} has no lower bound: add one with >=")
    return f"{match['name']}=={match['bound']}"


def main(extras: list[str]) -> None:
    """Print the constraints."""
    project = tomllib.loads(PROJECT.read_text("utf-8"))["project"]
    wanted = list(project["dependencies"])
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    print("\n".join(map(constraint, wanted)))


if __name__ == "__main__":
    main(sys.argv[1:])
