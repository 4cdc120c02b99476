"""`voicecoach routines`: list the routines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.cli import options
from voicecoach.errors import InputError
from voicecoach.language.model import Language
from voicecoach.routine.model import Routine


@click.command("routines")
@options.language
@options.as_json
def command(language: Language, as_json: bool) -> None:
    """List the routines by name: those shipped, and your own.

    Your own are .yaml files in ~/.local/share/voicecoach/routines. A file with problems is
    reported and not listed.
    """
    routines = dict(_readable(routine_files(), language))
    if as_json:
        rows = [{"id": r.id, "name": r.name, "summary": r.summary} for r in routines.values()]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for name, routine in routines.items():
        click.secho(name, bold=True)
        click.echo(f"    {routine.name}. {routine.summary}")
        click.echo(f"    You need: {', '.join(routine.equipment) or 'nothing'}.")


def _readable(files: Mapping[str, Path], language: Language) -> Iterator[tuple[str, Routine]]:
    for name, path in files.items():
        try:
            yield name, load_routine(path, language)
        except InputError:
            click.secho(f"{path} has problems: voicecoach check {name}", err=True, fg="red")
