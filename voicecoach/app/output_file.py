"""Files that the user asked for, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from voicecoach.atomic_write import Part
from voicecoach.errors import PlaceError


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` as UTF-8, whole or not at all. Raises `PlaceError`."""
    try:
        with Part(path) as part:
            part.write_text(text, "utf-8")
    except OSError as error:
        raise _cannot_be_written(path, error.strerror or str(error)) from error


def require_folder(path: Path) -> None:
    """Raise `PlaceError` if there is no folder for `path`: before the work, not after it."""
    if not path.parent.is_dir():
        raise _cannot_be_written(path, f"There is no folder {path.parent}")


def _cannot_be_written(path: Path, why: str) -> PlaceError:
    return PlaceError(f"The file {path} cannot be written", why, "Name another place.")
