"""The profile on disk: one file for its user alone, written whole or not at all."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voicecoach.app.private_file import delete_private, not_written, write_private
from voicecoach.atomic_write import OWN, make_folder, nearest, require_room
from voicecoach.errors import InputError, PlaceError
from voicecoach.screening.profile import Profile
from voicecoach.screening.profile_merge import merged
from voicecoach.screening.profile_reader import NEXT_STEP, parse_profile
from voicecoach.screening.profile_writer import dump_profile
from voicecoach.text_file import read_text_if_there

WHAT = "The profile"


def load_profile(path: Path) -> Profile:
    """Return the profile in `path`; an empty one if there is no such file.

    Raises `ProblemsError` with everything that is wrong, or `InputError` if it cannot be read.
    """
    text = read_text_if_there(path, WHAT, NEXT_STEP)
    return Profile() if text is None else parse_profile(text, str(path))


def require_place(path: Path) -> None:
    """Raise `PlaceError` if no profile can be kept in `path`: before anybody answers questions."""
    try:
        make_folder(path.parent, OWN)
        require_room(path.parent)
    except OSError as error:
        raise not_written(path, WHAT, error) from error


def require_place_above(path: Path) -> None:
    """Raise `PlaceError` if no profile could be kept in `path`, and make nothing."""
    try:
        require_room(nearest(path.parent))
    except OSError as error:
        raise not_written(path, WHAT, error) from error


def save_profile(path: Path, profile: Profile) -> None:
    """Write `profile` to `path`.

    What stands there must be readable: a damaged file is reported (as by `load_profile`) and kept.
    Raises `PlaceError` if the file cannot be written; then the old one is as it was.
    """
    load_profile(path)
    write_private(path, WHAT, dump_profile(profile).encode())


def keep_changes(path: Path, before: Profile, after: Profile) -> None:
    """Bring what changed from `before` to `after` into the profile in `path`.

    Another program may have written it meanwhile: nothing of either is lost. Raises as
    `save_profile` does.
    """
    try:
        make_folder(path.parent, OWN)
        with _alone(path.parent):
            save_profile(path, merged(before, after, load_profile(path)))
    except OSError as error:
        raise not_written(path, WHAT, error) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let other programs wait that want to change what lies in `folder`."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


class ProfileStore:
    """Keeps the changes of a profile, which was `before`, in `path`; `post` lets it write."""

    def __init__(self, path: Path, before: Profile, post: Callable[[ProfileStore], None]) -> None:
        self._path, self._post = path, post
        self._latest = self._written = before

    def keep(self, profile: Profile) -> None:
        """Have `profile` written."""
        self._latest = profile
        self._post(self)

    def write(self) -> None:
        """Write what changed since the last time. Raises `PlaceError`."""
        latest = self._latest
        try:
            keep_changes(self._path, self._written, latest)
        except InputError as error:
            raise PlaceError(error.what, error.why, error.next_step) from error
        self._written = latest


def delete_profile(path: Path) -> None:
    """Delete the file, damaged or not. Raises `PlaceError`."""
    delete_private(path)
