"""Files that appear whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType


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
