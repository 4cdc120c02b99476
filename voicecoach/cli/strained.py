"""Telling on the terminal that a routine which is led keeps a strain for too long."""

from __future__ import annotations

from collections.abc import Sequence

import click

from voicecoach.errors import Problem

NEXT_STEP = "Correct it before you lie down to it; `voicecoach check` measures again."


def warn_of(path: str, strains: Sequence[Problem]) -> None:
    """Print what breaks rule S36 in a routine file, on standard error."""
    if not strains:
        return
    click.secho(f"{path}: a strain is kept too long before the count", fg="yellow", err=True)
    for strain in strains:
        click.secho(f"  {strain}", fg="yellow", err=True)
    click.secho(f"  {NEXT_STEP}", fg="yellow", err=True)
