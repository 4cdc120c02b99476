"""How what is missing is installed here: it depends on how the program itself was.

The program is on no index, so the name of an extra alone would not do. Of a program that was
installed from a folder or a wheel that is still there, the extra is installed from it; else the
packages of the extra are named, which are on the index.
"""

from __future__ import annotations

import json
import re
import shlex
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote

from voicecoach.paths import CHECKOUT

NAME = "voicecoach"
ORIGIN = "direct_url.json"
"""Where pip notes what it installed from (PEP 610)."""


def install(extra: str, again: bool = False) -> str:
    """Return the command that installs `extra`; with `again`, also over what is damaged."""
    found = _distribution()
    source = _source(found)
    packages = [f"{_near(source)}[{extra}]"] if source else list(_packages(found, extra))
    return pip_install(*packages, again=again)


def pip_install(*packages: str, again: bool = False) -> str:
    """Return the command that installs packages where the program finds them."""
    pip = Path(sys.prefix) / "bin" / "pip"
    words = [_near(pip)] if pip.exists() else [sys.executable, "-m", "pip"]
    return shlex.join([*words, "install", *(("--force-reinstall",) if again else ()), *packages])


def _distribution() -> Distribution | None:
    try:
        return distribution(NAME)
    except PackageNotFoundError:  # it runs from a checkout, without being installed
        return None


def _source(found: Distribution | None) -> Path | None:
    """Return the folder or the wheel that the program was installed from, if it is there."""
    url = ""
    with suppress(ValueError, TypeError, KeyError):
        url = json.loads((found and found.read_text(ORIGIN)) or "")["url"]
    source = Path(unquote(url.removeprefix("file://"))) if url.startswith("file:///") else CHECKOUT
    known = source.is_file() or (source / "pyproject.toml").is_file()
    return source if known else None


def _packages(found: Distribution | None, extra: str) -> Iterator[str]:
    """Yield what the extra requires."""
    for requirement in (found and found.requires) or ():
        package, _, marker = requirement.partition(";")
        if re.search(rf"\bextra\s*==\s*[\"']{extra}[\"']", marker):
            yield package.strip()


def _near(path: Path) -> str:
    """Return a path as one would type it here: short if it lies in the current folder."""
    with suppress(OSError, ValueError):
        return str(path.relative_to(Path.cwd()))
    return str(path)
