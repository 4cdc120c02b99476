"""The profile on disk: one file for its user alone, written whole or not at all."""

from __future__ import annotations

import os
from errno import EACCES
from pathlib import Path

from voicecoach.atomic_write import Part
from voicecoach.errors import InputError, PlaceError
from voicecoach.screening.profile import Profile
from voicecoach.screening.profile_reader import NEXT_STEP, parse_profile
from voicecoach.screening.profile_writer import dump_profile

OWN = 0o600
"""Health is nobody else's business: only its user reads and writes the file."""


def load_profile(path: Path) -> Profile:
    """Return the profile in `path`; an empty one if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Profile()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The profile {path} cannot be read", str(error), NEXT_STEP) from error
    return parse_profile(text, str(path))


def require_place(path: Path) -> None:
    """Raise `PlaceError` if no profile can be kept in `path`: before anybody answers questions."""
    try:
        _make_folder(path)
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise _cannot_be_written(path, error) from error


def save_profile(path: Path, profile: Profile) -> None:
    """Write `profile` to `path`.

    What stands there must be readable: a damaged file is reported (as by `load_profile`) and kept.
    Raises `PlaceError` if the file cannot be written; then the old one is as it was.
    """
    load_profile(path)
    try:
        _make_folder(path)
        with Part(path) as part:
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWN)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(dump_profile(profile))
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise _cannot_be_written(path, error) from error


def _make_folder(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)


def _cannot_be_written(path: Path, error: OSError) -> PlaceError:
    why = error.strerror or str(error)
    step = "Make room there, or set XDG_DATA_HOME to another folder."
    return PlaceError(f"The profile {path} cannot be written", why, step)


def delete_profile(path: Path) -> None:
    """Delete the file, damaged or not. Raises `PlaceError`."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        why = error.strerror or str(error)
        raise PlaceError(f"The profile {path} cannot be deleted", why) from error
