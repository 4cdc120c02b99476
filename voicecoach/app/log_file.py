"""The event log as a file of JSON lines."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from voicecoach.app.output_file import write_text
from voicecoach.errors import InputError
from voicecoach.eventlog.kinds import Event, LogEvent
from voicecoach.eventlog.lines import NEXT_STEP, parse_log, to_text

MAX_CHARS: Final = 32 * 1024 * 1024
"""More than any log: a minute of a session takes about 6 KB (`voicecoach demo`)."""


def write_log(path: Path, events: Iterable[LogEvent]) -> None:
    """Write one event a line, in the order of their times. Raises `PlaceError`."""
    write_text(path, to_text(events))


def read_log(path: Path) -> list[Event]:
    """Return the events in a log file.

    Raises `ProblemsError` with the numbers of the lines that are no events, and `InputError` if the
    file cannot be read, is not text or is larger than `MAX_CHARS`.
    """
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MAX_CHARS + 1)
    except OSError as error:
        raise _cannot_be_read(path, error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        raise _cannot_be_read(path, "It is not UTF-8 text") from error
    if len(text) > MAX_CHARS:
        raise _cannot_be_read(path, f"It is larger than {MAX_CHARS // 1024**2} MB")
    return parse_log(text, str(path))


def _cannot_be_read(path: Path, why: str) -> InputError:
    return InputError(f"The event log {path} cannot be read", why, NEXT_STEP)
