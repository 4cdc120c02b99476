"""The keyboard, or a pipe in its place, as a source of lines, read without blocking."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TextIO


def read_lines(source: TextIO, take: Callable[[str], None]) -> None:
    """Hand each line of `source` to `take` as it comes, in a daemon thread, because reading
    a terminal cannot be interrupted.

    A terminal is left alone by a program in its background, which would be stopped for reading it.
    """
    if not _in_background(source):
        threading.Thread(target=_read, args=(source, take), name="keyboard", daemon=True).start()


def _read(source: TextIO, take: Callable[[str], None]) -> None:
    for line in source:
        take(line)


def _in_background(source: TextIO) -> bool:
    return source.isatty() and os.tcgetpgrp(source.fileno()) != os.getpgrp()
