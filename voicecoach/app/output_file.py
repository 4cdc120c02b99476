"""What the user wants written: a file in a folder that is there, or a folder to be filled.

A file in a folder that is missing is an error: a path that is mistyped would otherwise make a
folder that nobody looks into. A folder that a command fills is made, with those above it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from voicecoach.atomic_write import (
    OWN,
    READABLE,
    cannot_be_written,
    make_folder,
    nearest,
    require_access,
    require_room,
    write_whole,
)
from voicecoach.errors import PlaceError


def write_text(path: Path, text: str, mode: int = OWN) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all, for its user alone unless `mode` says
    otherwise. Raises `PlaceError`.
    """
    write_whole(path, text.encode(), mode)


def require_writable(path: Path) -> None:
    """Raise `PlaceError` if `path` cannot be written: before the work, not after it."""
    try:
        if path.is_dir():
            raise PlaceError(f"{path} is a folder", "A file is to be written", "Name a file in it.")
        if path.exists():  # a device in a folder of the system can be written, too
            require_access(path, os.W_OK)
        else:
            require_room(path.parent)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def require_files(folder: Path, names: Iterable[str], mode: int = READABLE) -> list[Path]:
    """Make a folder that is to be filled with files of `mode`, and return each of them by its name.

    Raises `PlaceError` if one cannot be written: before the work, and before the others are.
    """
    require_folder(folder, mode)
    files = [folder / name for name in names]
    for file in files:
        require_writable(file)
    return files


def require_folder(folder: Path, mode: int = READABLE) -> None:
    """Make a folder that is to be filled with files of `mode`. Raises `PlaceError`."""
    try:
        make_folder(folder, mode)
        require_room(folder)
    except OSError as error:
        above = nearest(folder)
        why = error.strerror or str(error) if above.is_dir() else f"'{above}' is not a folder"
        what = f"Nothing can be written into the folder {folder}"
        raise PlaceError(what, why, "Name another folder.") from error
