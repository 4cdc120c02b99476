"""The event log as a file of JSON lines."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from voicecoach.app.output_file import require_writable, write_text
from voicecoach.atomic_write import (
    OWN,
    cannot_be_written,
    make_private,
    sync_file,
    sync_folder,
)
from voicecoach.eventlog.fields import LogEvent
from voicecoach.eventlog.kinds import Event
from voicecoach.eventlog.lines import NEXT_STEP, parse_log, to_line, to_text
from voicecoach.text_file import read_text

MAX_BYTES: Final = 32 * 1024 * 1024
"""More than any log: a minute of a session takes about 6 KB (`voicecoach demo`)."""


def write_log(path: Path, events: Iterable[LogEvent]) -> None:
    """Write one event a line, in the order of their times. Raises `PlaceError`."""
    write_text(path, to_text(events))


def write_as_it_came(path: Path, events: Iterable[LogEvent]) -> None:
    """Write one event a line, of dialogs each of which begins at second 0. Raises `PlaceError`."""
    write_text(path, "".join(to_line(event) + "\n" for event in events))


class LogStore:
    """A log that grows on disk while things happen; `post` lets it write.

    The file is begun with the first event. A program that is killed leaves whole lines, and at most
    one that is cut.
    """

    def __init__(self, path: Path, post: Callable[[LogStore], None]) -> None:
        require_writable(path)
        self._path, self._post = path, post
        self._lines: deque[str] = deque()
        self._rest = b""
        self._file: int | None = None

    def __call__(self, event: LogEvent) -> None:
        """Have the next event written."""
        self._lines.append(to_line(event) + "\n")
        self._post(self)

    def write(self) -> None:
        """Write the lines that are not on disk. Raises `PlaceError`."""
        while self._lines:
            self._rest += self._lines.popleft().encode()
        try:
            while self._rest:
                self._rest = self._rest[os.write(self._opened(), self._rest) :]
            if self._file is not None:
                sync_file(self._file)
        except OSError as error:
            raise cannot_be_written(self._path, error) from error

    def _opened(self) -> int:
        if self._file is None:
            self._file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWN)
            make_private(self._file)
            sync_folder(self._path.parent)
        return self._file


def read_log(path: Path) -> list[Event]:
    """Return the events in a log file; a last line that was cut off is left out.

    Raises `ProblemsError` with the numbers of the lines that are no events, and `InputError` if the
    file cannot be read, is not text or is larger than `MAX_BYTES`.
    """
    text = read_text(path, "The event log", NEXT_STEP, MAX_BYTES, cut=True)
    return parse_log(text, str(path))
