"""A progress bar on the terminal for work that takes more than a second."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, Self

import click

PATIENCE_S = 1.0
"""Seconds before a bar is shown."""


class Bar:
    """A progress callback `(done, of)`, and a context manager that ends the line of the bar."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._since = time.monotonic()
        self._bar: Any = None

    def __call__(self, done: int, of: int) -> None:
        """Show that `done` of `of` steps are done."""
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
