"""Files that the user asked for, written whole or not at all."""

from __future__ import annotations

import os
from errno import EACCES, ENOTDIR
from pathlib import Path

from voicecoach.atomic_write import OWN, cannot_be_written, nearest, write_whole
from voicecoach.errors import PlaceError


def write_text(path: Path, text: str, mode: int = OWN) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all, for its user alone unless `mode` says
    otherwise. Folders that are missing are made. Raises `PlaceError`.
    """
    write_whole(path, text.encode(), mode)


def require_writable(path: Path) -> None:
    """Raise `PlaceError` if `path` cannot be written: before the work, not after it."""
    if path.is_dir():
        raise PlaceError(f"{path} is a folder", "A file is to be written", "Name a file in it.")
    above = path if path.exists() else nearest(path.parent)
    if above != path and not above.is_dir():
        raise cannot_be_written(path, NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR)))
    if not os.access(above, os.W_OK):
        raise cannot_be_written(path, PermissionError(EACCES, os.strerror(EACCES)))
