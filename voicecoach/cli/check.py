"""`voicecoach check`: find all problems of routine files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voicecoach.app.checked_plan import checked_plan
from voicecoach.app.routine_library import EXERCISES
from voicecoach.app.wiring import Choices
from voicecoach.cli import options
from voicecoach.cli.places import TEXT
from voicecoach.cli.progress import Bar
from voicecoach.errors import InputError, Problem, ProblemsError
from voicecoach.plan.supine_time import flat_warnings
from voicecoach.routine.schema import schema_text


@click.command("check")
@click.argument("files", nargs=-1, type=TEXT)
@click.option(
    "--schema",
    is_flag=True,
    help="Print the JSON Schema of routine files instead, by which editors complete and check.",
)
@options.language
@options.voiced
def command(files: tuple[str, ...], schema: bool, **flags: Any) -> None:
    """Check routine FILES, and report all problems at once.

    A file may also hold one shared exercise. A folder stands for the .yaml files in it and in its
    folder "exercises". Each file is read, rendered and compiled, so that a line that does not fit
    its time is found too. A file with warnings only is good. The exit code is 0 if all files are
    good, and 3 otherwise.
    """
    choices = options.choices(**flags)
    if schema:
        click.echo(schema_text(choices.language.available), nl=False)
        return
    names = [name for named in files for name in _files(named)]
    if not names:
        raise click.UsageError("Name files, or a folder: voicecoach check my-routine.yaml")
    faulty = _faulty(names, choices)
    if faulty:
        step = "`voicecoach docs routine-format` describes the format."
        what = "The file has" if len(names) == 1 else f"{faulty} of {len(names)} files have"
        raise InputError(f"{what} problems", "", step)


def _faulty(names: list[str], choices: Choices) -> int:
    """Report on each file, and return how many have problems."""
    faulty = 0
    for name in names:
        try:
            warnings = _warnings(name, choices)
        except ProblemsError as error:
            faulty += 1
            click.secho(error.what, fg="red", bold=True)
            click.echo(error.why)
        except InputError as error:
            if len(names) == 1:
                raise
            faulty += 1
            click.secho(str(error), fg="red")
        else:
            click.echo(f"{name}: {_count(warnings)}")
            for warning in warnings:
                click.secho(f"  {warning}", fg="yellow")
    return faulty


def _files(named: str) -> list[str]:
    """Return the files of a folder, or what was named itself. Raises `InputError` for no file."""
    folder = Path(named)
    if not folder.is_dir():
        return [named]
    found = [*sorted(folder.glob("*.yaml")), *sorted(folder.glob(f"{EXERCISES}/*.yaml"))]
    if not found:
        step = "A routine's name ends in .yaml. `voicecoach check NAME` checks a shipped one."
        raise InputError(f"There is no routine file in {folder.absolute()}", "", step)
    return [str(path) for path in found]


def _warnings(name: str, choices: Choices) -> list[Problem]:
    with Bar(f"Checking {Path(name).name}") as bar:
        plan = checked_plan(options.find_routine(name), choices, bar)
    return sorted([*plan.routine.warnings, *flat_warnings(plan)])


def _count(warnings: list[Problem]) -> str:
    if not warnings:
        return "no problems"
    return f"no problems, {len(warnings)} warning{'s' if len(warnings) > 1 else ''}"
