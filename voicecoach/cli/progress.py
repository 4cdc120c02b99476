"""Progress of long work: a bar on the terminal once it has taken a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

import click

PATIENCE_S = 1.0
"""Work that is done sooner shows no bar."""


class Bar:
    """A progress callback `(done, all)`; a context manager, so that the bar's line is ended."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._since = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int, of: int) -> None:
        """Say that `done` of `of` are done."""
        if self._bar is None and time.monotonic() - self._since < PATIENCE_S:
            return
        if self._bar is None:
            self._bar = click.progressbar(
                length=of, label=self._label, file=sys.stderr, item_show_func=None
            )
            self._bar.__enter__()
        self._bar.update(done - self._bar.pos)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.__exit__(kind, error, at)
