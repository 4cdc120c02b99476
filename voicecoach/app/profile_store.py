"""The profile on disk: one file for its user alone, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from errno import EACCES
from pathlib import Path

from voicecoach.atomic_write import write_durably
from voicecoach.errors import InputError, PlaceError
from voicecoach.screening.profile import Profile
from voicecoach.screening.profile_reader import NEXT_STEP, parse_profile
from voicecoach.screening.profile_writer import dump_profile
from voicecoach.text_file import read_text_if_there

OWN = 0o600
"""Health is private: only its user reads and writes the file."""


def load_profile(path: Path) -> Profile:
    """Return the profile in `path`; an empty one if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    text = read_text_if_there(path, "The profile", NEXT_STEP)
    return Profile() if text is None else parse_profile(text, str(path))


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
        write_durably(path, dump_profile(profile).encode(), OWN)
    except OSError as error:
        raise _cannot_be_written(path, error) from error


class ProfileStore:
    """Keeps the latest profile in `path`; `post` lets it write."""

    def __init__(self, path: Path, post: Callable[[ProfileStore], None]) -> None:
        self._path, self._post = path, post
        self._latest: Profile | None = None

    def keep(self, profile: Profile) -> None:
        """Have `profile` written."""
        self._latest = profile
        self._post(self)

    def write(self) -> None:
        """Write the profile that was kept last. Raises `PlaceError`."""
        profile = self._latest
        try:
            if profile is not None:
                save_profile(self._path, profile)
        except InputError as error:
            raise PlaceError(error.what, error.why, error.next_step) from error


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
