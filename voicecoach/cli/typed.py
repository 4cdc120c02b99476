"""Answers that are typed."""

from __future__ import annotations

import sys

import click


def read_line(prompt: str) -> str | None:
    """Return the next line, or None at the end of the input. Ctrl-C raises `KeyboardInterrupt`."""
    if sys.stdin is None or sys.stdout is None:  # closed before the start
        return None
    try:
        return input(prompt)
    except EOFError:
        click.echo()  # the prompt stands on a line of its own
        return None
