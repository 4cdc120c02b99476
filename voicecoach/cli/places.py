"""What the user names on the command line: files, folders, and texts that must not be empty.

An empty text is mostly a variable of a script that was not set: it names nothing. (Of an empty path
Python would make the folder in which the program runs.)
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from voicecoach.app.output_file import require_writable

STDOUT: Final = Path("-")
"""What stands for standard output where an option says so."""


class Place(click.Path):
    """A path. With `endings`, the file that is written is of one kind, and its name must not say
    that it is of another; a name without an ending says nothing.
    """

    def __init__(self, kind: str = "", endings: Sequence[str] = (), **attributes: Any) -> None:
        super().__init__(path_type=Path, **attributes)
        self._kind, self._endings = kind, endings

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path. Raises `click.BadParameter`."""
        _require_text(self, os.fspath(value), param, ctx)
        path = Path(os.fsdecode(super().convert(value, param, ctx)))
        ending = path.suffix.lower()
        if self._endings and ending and ending not in self._endings and path != STDOUT:
            ends = " or ".join(self._endings)
            fault = f"'{path}': what is written there is {self._kind}. End the name with {ends}."
            self.fail(fault, param, ctx)
        return path


class Output(Place):
    """A file that is written. Where it cannot be is told before the work, for all commands alike:
    also where its folder is missing, which is mostly a slip of the keyboard.
    """

    def convert(
        self,
        value: str | os.PathLike[str],
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Path:
        """Return the path. Raises `click.BadParameter`, and `PlaceError`."""
        path = super().convert(value, param, ctx)
        if not (self.allow_dash and path == STDOUT):
            require_writable(path)
        return path


class Text(click.types.StringParamType):
    """A text that is not empty."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return it. Raises `click.BadParameter`."""
        text = super().convert(value, param, ctx)
        _require_text(self, text, param, ctx)
        return text


def _require_text(
    kind: click.ParamType[Any], value: str, param: click.Parameter | None, ctx: click.Context | None
) -> None:
    if not value:
        kind.fail("The text is empty, so it names nothing.", param, ctx)
    if "\0" in value:
        kind.fail("It holds a character that no name has.", param, ctx)


ANY: Final = Place()
FILE: Final = Place(dir_okay=False)
FOLDER: Final = Place(file_okay=False)
"""To be filled with files: the command makes it, by `require_files`."""
OUT: Final = Output(dir_okay=False)
WAV: Final = Output("WAV", (".wav", ".wave"), dir_okay=False)
SVG: Final = Output("SVG", (".svg",), dir_okay=False)
SVG_OR_STDOUT: Final = Output("SVG", (".svg",), dir_okay=False, allow_dash=True)
CALENDAR: Final = Output("iCalendar", (".ics",), dir_okay=False)
JSON: Final = Output("JSON", (".json",), dir_okay=False)
LOG: Final = Output("JSON lines", (".jsonl", ".json", ".log", ".txt"), dir_okay=False)
TEXT: Final = Text()
