"""The keyboard as a source of lines that nobody waits for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TextIO


def typed_lines(source: TextIO) -> Callable[[], list[str]]:
    """Return what gives the lines read from `source` since it was last called.

    A daemon thread reads, for reading a terminal cannot be broken off.
    """
    lines: deque[str] = deque()
    threading.Thread(target=lines.extend, args=(source,), name="keyboard", daemon=True).start()

    def take() -> list[str]:
        return [lines.popleft() for _ in range(len(lines))]

    return take
