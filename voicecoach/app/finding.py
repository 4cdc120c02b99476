"""What a look at a part of the program, or at a file of the user's, brings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from voicecoach.errors import CoachError


class Finding(NamedTuple):
    """A part: `ok` True, False (a rehearsal needs it), or None (only live sound needs it)."""

    part: str
    ok: bool | None
    fact: str
    next_step: str = ""


def look(part: str, at: Callable[[], str]) -> Finding:
    """Return what `at` says, or the error that it raises."""
    try:
        return Finding(part, True, at())
    except CoachError as error:
        between = ":\n" if "\n" in error.why else ". "
        return Finding(part, False, f"{error.what}{between}{error.why}".strip(), error.next_step)
