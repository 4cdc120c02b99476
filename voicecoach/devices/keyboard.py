"""Lines from the keyboard, read without blocking."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from typing import TextIO


def typed_lines(source: TextIO) -> Callable[[], list[str]]:
    """Return a function that gives the lines read from `source` since its last call.

    A daemon thread reads, because reading a terminal cannot be interrupted.
    """
    lines: deque[str] = deque()
    threading.Thread(target=lines.extend, args=(source,), name="keyboard", daemon=True).start()

    def take() -> list[str]:
        return [lines.popleft() for _ in range(len(lines))]

    return take
