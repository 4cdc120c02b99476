"""Where things stand in a TOML text: tomllib tells no line numbers for what it parsed."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?")
_KEY: Final = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_ERROR_LINE: Final = re.compile(r"at line (\d+)")


def find_lines(text: str) -> dict[str, int]:
    """Return the 1-based line of each table and key, by dotted path.

    Entries of an array of tables count from 1: ``says[2].text``. Good for what people write: a
    key inside a multi-line string or an inline table is not told apart, which only costs a line
    number.
    """
    lines: dict[str, int] = {}
    entries: Counter[str] = Counter()
    prefix = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            path = _plain(header[2])
            if header[1] == "[[":
                entries[path] += 1
                lines.setdefault(path, number)
                path = f"{path}[{entries[path]}]"
            prefix = f"{path}."
            lines.setdefault(path, number)
        elif key := _KEY.match(line):
            lines.setdefault(prefix + _plain(key[1]), number)
    return lines


def line_of_error(text: str, message: str) -> int:
    """Return the line that a message of tomllib names; the last one for "end of document"."""
    named = _ERROR_LINE.search(message)
    return int(named[1]) if named else len(text.splitlines())


def _plain(path: str) -> str:
    return re.sub(r"[\"' ]", "", path)
