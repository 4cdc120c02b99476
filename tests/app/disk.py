"""A disk that can be full, or lose its power, at any call that changes it."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

View = dict[str, bytes]
"""What a folder holds: content by name."""


class Disk:
    """Stands between the program and a folder: each call that changes it goes through `before`.

    A write is cut in two, so that a crash can come between the halves. What would be left by a
    power cut is what was synced: the content of files by fsync on them, and their names by fsync
    on the folder. Names that were not synced may be there or not.
    """

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.folder = folder
        self.calls = 0
        self.before: Callable[[str, Path], None] = lambda _call, _path: None
        self._paths: dict[int, Path] = {}
        self._half_done = False
        self._content: dict[int, bytes] = {}
        self._names: dict[str, int] = {}
        self._real: dict[str, Any] = {}
        for name in ("open", "write", "fsync", "close", "replace", "unlink"):
            self._real[name] = getattr(os, name)
            patch.setattr(os, name, getattr(self, f"_{name}"))

    def now(self) -> View:
        """Return what the folder holds: what is left when the program is killed."""
        return {entry.name: entry.read_bytes() for entry in self.folder.iterdir()}

    def after_power_cut(self) -> list[View]:
        """Return what the folder may hold after a power cut."""
        inodes = {entry.name: entry.stat().st_ino for entry in self.folder.iterdir()}
        return [
            {name: self._content.get(inode, b"") for name, inode in names.items()}
            for names in (self._names, inodes)
        ]

    def _call(self, name: str, path: Path) -> bool:
        """Count a call; tell whether it is one for this folder."""
        if path.parent != self.folder and path != self.folder:
            return False
        self.calls += 1
        self.before(name, path)
        return True

    def _open(self, path: Any, flags: int, mode: int = 0o777, **more: Any) -> int:
        place = Path(os.fsdecode(path)) if not isinstance(path, int) else Path()
        if flags & os.O_CREAT:
            self._call("open", place)
        descriptor: int = self._real["open"](path, flags, mode, **more)
        self._paths[descriptor] = place
        return descriptor

    def _write(self, descriptor: int, data: bytes) -> int:
        if self._call("write", self._paths.get(descriptor, Path())):
            self._half_done = not self._half_done
            data = data[: len(data) // 2] if self._half_done else data
        written: int = self._real["write"](descriptor, data)
        return written

    def _fsync(self, descriptor: int) -> None:
        if not self._call("fsync", self._paths.get(descriptor, Path())):
            self._real["fsync"](descriptor)
            return
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            self._names = {e.name: e.stat().st_ino for e in self.folder.iterdir()}
        else:
            self._content[status.st_ino] = self._paths[descriptor].read_bytes()

    def _close(self, descriptor: int) -> None:
        self._paths.pop(descriptor, None)
        self._real["close"](descriptor)

    def _replace(self, old: Any, new: Any, **more: Any) -> None:
        self._call("replace", Path(new))
        self._real["replace"](old, new, **more)

    def _unlink(self, path: Any, **more: Any) -> None:
        if os.path.exists(path):  # noqa: PTH110
            self._call("unlink", Path(path))
        self._real["unlink"](path, **more)


def full(at: int, for_ever: bool) -> Callable[[Disk], None]:
    """Return what makes a disk full from its call number `at` on, or at that call alone."""

    def prepare(disk: Disk) -> None:
        def fail(call: str, _: Path) -> None:
            reached = disk.calls >= at if for_ever else disk.calls == at
            if reached and call != "unlink":
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        disk.before = fail

    return prepare
