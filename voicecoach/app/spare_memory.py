"""Gives the system the memory back that the program has freed."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Final


def _trim() -> Callable[[int], int] | None:
    try:
        return ctypes.CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):  # another C library than glibc, or another system
        return None


_TRIM: Final = _trim()


def give_back() -> None:
    """Give back what is free.

    glibc keeps an arena for each thread that allocates while others do, and gives back only the end
    of one. A session, its recogniser and each attempt to open a lost device leave free memory in
    other arenas; without this they add up.
    """
    if _TRIM is not None:
        _TRIM(0)
