"""Files with what is known of the user: for them alone, written whole or not at all."""

from __future__ import annotations

from pathlib import Path

from voicecoach.atomic_write import OWN, make_folder, remains, write_durably
from voicecoach.errors import PlaceError


def write_private(path: Path, what: str, data: bytes) -> None:
    """Write `data` to `path`; `what` it is, such as "The profile", is for the error.

    Its folder is made where it is missing. Raises `PlaceError`; then the old file is as it was.
    """
    try:
        make_folder(path.parent, OWN)
        write_durably(path, data, OWN)
    except OSError as error:
        raise not_written(path, what, error) from error


def delete_private(path: Path) -> bool:
    """Delete the file, damaged or not, and what is left of it beside it; return whether there was
    one. Raises `PlaceError`.
    """
    gone = [delete_file(each) for each in (path, *remains(path))]
    return any(gone)


def delete_file(path: Path) -> bool:
    """Delete a file; return whether there was one. Raises `PlaceError`."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        why = error.strerror or str(error)
        step = "It may hold what is known of you: delete it yourself."
        raise PlaceError(f"The file {path} cannot be deleted", why, step) from error
    return True


def not_written(path: Path, what: str, error: OSError) -> PlaceError:
    """Return the error for people."""
    why = error.strerror or str(error)
    step = "Make room there, or set XDG_DATA_HOME to another folder."
    return PlaceError(f"{what} {path} cannot be written", why, step)
