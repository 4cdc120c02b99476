"""Reading the text files of people and of the program: one way, one wording of what is wrong."""

from __future__ import annotations

from codecs import getincrementaldecoder
from pathlib import Path
from typing import Final

from voicecoach.errors import InputError

MAX_BYTES: Final = 1024**2
"""More than any file that people write; a device without an end is not read on."""


def read_text(
    path: Path, what: str, next_step: str, most: int = MAX_BYTES, cut: bool = False
) -> str:
    """Return the text in `path`, UTF-8 with or without a byte order mark; lines end as in Unix.

    Args:
        path: The file.
        what: What it is, such as "The profile", for the error.
        next_step: What to do about it, for the error.
        most: Bytes above which it is refused.
        cut: Whether the text may end inside a character, as a file does that was being written.

    Raises:
        InputError: It is missing, cannot be read, is too large or is not UTF-8.

    """
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise InputError(_unreadable(what, path), _too_large(most), next_step)
        text = getincrementaldecoder("utf-8-sig")().decode(data, final=not cut)
    except OSError as error:
        why = error.strerror or str(error)
        raise InputError(_unreadable(what, path), why, next_step) from error
    except UnicodeDecodeError as error:
        raise InputError(_unreadable(what, path), "It is not UTF-8 text", next_step) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text_if_there(path: Path, what: str, next_step: str) -> str | None:
    """Return the text in `path`, or None if there is no such file. Raises `InputError`."""
    try:
        return read_text(path, what, next_step)
    except InputError as error:
        if isinstance(error.__cause__, FileNotFoundError):
            return None
        raise


def _unreadable(what: str, path: Path) -> str:
    return f"{what} {path} cannot be read"


def _too_large(most: int) -> str:
    size = f"{most // 1024**2} MB" if most >= 1024**2 else f"{most // 1024} KB"
    return f"It is larger than {size}"
