"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
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
    once. A device or a pipe is written to as it stands, and never replaced or removed.
    """

    def __init__(self, place: Path) -> None:
        self._place = place
        straight = place.exists() and not place.is_file()
        self.path = place if straight else place.with_name(f".{place.name}.{os.getpid()}.part")
        self.drop()

    def put(self) -> None:
        """Put it in its place. Raises `OSError`."""
        if self.path != self._place:
            self.path.replace(self._place)

    def drop(self) -> None:
        """Remove it, as far as the folder lets."""
        if self.path != self._place:
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
    why = error.strerror or str(error)
    if not path.parent.is_dir():
        why = f"There is no folder {path.parent}"
    return PlaceError(f"The file {path} cannot be written", why, "Name another place for it.")


def write_durably(place: Path, data: bytes, mode: int = READABLE) -> None:
    """Write `data` to `place`, whole or not at all; once this returns, a power cut loses nothing.

    What processes left that were killed is removed. Raises `OSError`; then what stands there is as
    it was.
    """
    _drop_orphans(place)
    with Part(place) as part:
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            write_all(descriptor, data)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    sync_folder(place.parent)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`. Raises `OSError`."""
    while data:
        data = data[os.write(descriptor, data) :]


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the file system can do that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _drop_orphans(place: Path) -> None:
    """Remove the parts of `place` whose process is gone: they may hold what was to be private."""
    start, end = f".{place.name}.", ".part"
    with suppress(OSError):
        for entry in place.parent.iterdir():
            number = entry.name.removeprefix(start).removesuffix(end)
            ours = entry.name == f"{start}{number}{end}" and number.isdecimal()
            if ours and not _runs(int(number)):
                entry.unlink(missing_ok=True)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:  # it belongs to another user
        return True
    return True
