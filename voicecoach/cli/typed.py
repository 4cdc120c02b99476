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


def confirmed(question: str) -> bool:
    """Return whether the answer is yes. Raises `click.UsageError` at the end of the input."""
    answer = read_line(f"{question} [y/N]: ")
    if answer is None:
        raise click.UsageError("Nothing is deleted: there was no answer. Add --yes to confirm.")
    return answer.strip().lower() in ("y", "yes")
