"""Files that appear whole or not at all. Their folder must be there: whose it is makes it."""

from __future__ import annotations

import os
from contextlib import suppress
from errno import EACCES, ENOTDIR
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from types import TracebackType
from typing import Final

from voicecoach.errors import PlaceError

READABLE: Final = 0o666
"""Mode of a file that anyone may read, as far as the user's umask allows."""

OWN: Final = 0o600
"""Mode of what is known of the user: health is private, and only they read and write it."""


class Part:
    """What belongs to `place`, while it is made: a hidden file beside it.

    As a context it gives the path to write to, and puts the file in its place; an exception removes
    it and leaves what stands there as it is. What an earlier one left by a crash is removed at
    once. A device or a pipe is written to as it stands, and never replaced or removed. Raises
    `OSError`, also where there is no folder.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        straight = place.exists() and not place.is_file()
        self.path = place if straight else place.with_name(f".{place.name}.{os.getpid()}.part")
        self.drop()

    @property
    def straight(self) -> bool:
        """Whether the place itself is written to."""
        return self.path == self._place

    def put(self) -> None:
        """Put it in its place. Raises `OSError`."""
        if not self.straight:
            self.path.replace(self._place)

    def drop(self) -> None:
        """Remove it, as far as the folder lets."""
        if not self.straight:
            with suppress(OSError):
                self.path.unlink(missing_ok=True)

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self.put()
        finally:
            self.drop()


def cannot_be_written(path: Path, error: OSError) -> PlaceError:
    """Return the error for a file that the user asked for and `error` prevents."""
    why, step = error.strerror or str(error), "Name another place for it."
    if isinstance(error, NotADirectoryError):
        why = f"'{nearest(path.parent)}' is not a folder"
    elif isinstance(error, FileNotFoundError) and not path.parent.exists():
        why, step = f"There is no folder '{path.parent}'", "Make it, or name another place."
    return PlaceError(f"The file {path} cannot be written", why, step)


def nearest(folder: Path) -> Path:
    """Return `folder`, or the one above it that is there."""
    return next((place for place in (folder, *folder.parents) if place.exists()), folder)


def make_folder(folder: Path, mode: int = READABLE) -> None:
    """Make `folder` and those above it, where they are missing. Raises `OSError`.

    `mode` is that of the files in it: the folder of a private file is the user's alone.
    """
    try:
        folder.mkdir(mode=0o700 if mode == OWN else 0o777, parents=True, exist_ok=True)
    except FileExistsError as error:  # of the file that stands there instead
        raise _no_folder() from error


def require_room(folder: Path) -> None:
    """Raise `OSError` where nothing can be put into `folder`: it is missing, no folder, or locked.

    Without it the error would come from the file that is written after the work.
    """
    if not S_ISDIR(folder.stat().st_mode):
        raise _no_folder()
    require_access(folder, os.W_OK | os.X_OK)


def require_access(path: Path, mode: int) -> None:
    """Raise `OSError` where this user may not do with `path` what `mode` says."""
    if not os.access(path, mode):
        raise PermissionError(EACCES, os.strerror(EACCES))


def write_whole(path: Path, data: bytes, mode: int = READABLE) -> None:
    """Write a file that the user asked for, whole or not at all, into a folder that is there.

    Raises `PlaceError`.
    """
    try:
        write_durably(path, data, mode)
    except OSError as error:
        raise cannot_be_written(path, error) from error


def write_durably(place: Path, data: bytes, mode: int = READABLE) -> None:
    """Write `data` to `place`, whole or not at all; once this returns, a power cut loses nothing.

    What processes left that were killed is removed. Raises `OSError`; then what stands there is as
    it was.
    """
    _drop_orphans(place)
    whole = Part(place)
    with whole as part:
        new = 0 if whole.straight else os.O_CREAT | os.O_EXCL
        descriptor = os.open(part, os.O_WRONLY | new, mode)
        try:
            write_all(descriptor, data)
            sync_file(descriptor)
        finally:
            os.close(descriptor)
    sync_folder(place.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`. Raises `OSError`."""
    while data:
        data = data[os.write(descriptor, data) :]


def sync_file(descriptor: int) -> None:
    """Bring a file to the disk; a pipe or a device has none. Raises `OSError`."""
    if S_ISREG(os.fstat(descriptor).st_mode):
        os.fsync(descriptor)


def make_private(descriptor: int) -> None:
    """Let only the user read a file that was there before. Raises `OSError`."""
    if S_ISREG(os.fstat(descriptor).st_mode):
        os.fchmod(descriptor, OWN)


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def remains(place: Path) -> list[Path]:
    """Return the files that hold, or held, what belongs in `place`: parts that were left, copies
    from before an update, files that were moved away as damaged, and those that SQLite keeps.
    """
    begins = (f"{place.name}.", f"{place.name}-", f".{place.name}.")
    try:
        entries = sorted(place.parent.iterdir())
    except OSError:
        return []
    return [entry for entry in entries if entry.name.startswith(begins)]


def _no_folder() -> NotADirectoryError:
    return NotADirectoryError(ENOTDIR, os.strerror(ENOTDIR))


def _drop_orphans(place: Path) -> None:
    """Remove the parts of `place` whose process is gone: they may hold what was to be private."""
    start, end = f".{place.name}.", ".part"
    with suppress(OSError):
        for entry in place.parent.iterdir():
            number = entry.name.removeprefix(start).removesuffix(end)
            ours = entry.name == f"{start}{number}{end}" and number.isdecimal()
            if ours and not runs(int(number)):
                entry.unlink(missing_ok=True)


def runs(process: int) -> bool:
    """Tell whether there is a process of this number."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it belongs to another user
        return True
    return True
