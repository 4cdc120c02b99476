"""Files that the user asked for, written whole or not at all."""

from __future__ import annotations

import os
from errno import EACCES
from pathlib import Path

from voicecoach.atomic_write import Part, cannot_be_written


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all. Raises `PlaceError`."""
    try:
        with Part(path) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise cannot_be_written(path, error) from error


def require_writable(path: Path) -> None:
    """Raise `PlaceError` if `path` cannot be written: before the work, not after it."""
    if not path.parent.is_dir() or not os.access(path if path.exists() else path.parent, os.W_OK):
        raise cannot_be_written(path, PermissionError(EACCES, os.strerror(EACCES)))
