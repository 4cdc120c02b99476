"""A text in TOML that people write: what it says, what is wrong with it, and in which line.

tomllib tells no lines for what it parsed, so they are found again in the text.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from typing import Any, Final

from voicecoach.errors import Problem, ProblemsError

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\"' -]+?)\s*\]\]?")
_KEY: Final = re.compile(r"\s*([\w.\"' -]+?)\s*=")
_ERROR_LINE: Final = re.compile(r"at line (\d+)")
_LAST_STEP: Final = re.compile(r"(^|\.)[^.\[]*$|\[\d+\]$")


class TomlText:
    """The text of the file `name`; `next_step` is what the reader does about its problems.

    Raises `ProblemsError` where it is no TOML at all.
    """

    def __init__(self, text: str, name: str, next_step: str) -> None:
        self._name, self._next_step = name, next_step
        self._lines = _lines(text)
        self._problems: list[Problem] = []
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            named = _ERROR_LINE.search(str(error))  # else it is the end of the text
            line = int(named[1]) if named else len(text.splitlines())
            self._problems.append(Problem(line, "", f"not TOML: {error}"))
            self.require_sound()

    def note(self, where: str, message: str, hint: str = "") -> None:
        """Note a problem at a place such as ``room.seed`` or ``says[2].text``, counted from 1."""
        place = where
        while place and place not in self._lines:
            place = _LAST_STEP.sub("", place)  # what stands around it has a line
        problem = Problem(self._lines.get(place, 0), where, message, hint)
        if problem not in self._problems:
            self._problems.append(problem)

    def require_sound(self) -> None:
        """Raise `ProblemsError` with everything that was noted."""
        if self._problems:
            raise ProblemsError(self._name, self._problems, self._next_step)


def _lines(text: str) -> dict[str, int]:
    """Return the 1-based line of each table and key, by dotted path.

    Good for what people write: a key inside a multi-line string or an inline table is not told
    apart, which only costs a line number.
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
            path = prefix + _plain(key[1])
            while path not in lines and len(path) >= len(prefix):
                lines[path] = number
                path = path.rpartition(".")[0]
    return lines


def _plain(path: str) -> str:
    return re.sub(r"[\"' ]", "", path)
