"""`voicecoach new`: a routine of one's own, to fill in."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from voicecoach.app.output_file import require_folder, require_writable, write_text
from voicecoach.app.routine_library import exercise_library, routine_files
from voicecoach.atomic_write import READABLE
from voicecoach.cli import options
from voicecoach.cli.ask import Asked
from voicecoach.cli.drafts import asked_exercise, given_exercise
from voicecoach.cli.places import TEXT
from voicecoach.errors import InputError, ProblemsError
from voicecoach.language.model import Language
from voicecoach.paths import data_dir
from voicecoach.routine.parse import parse
from voicecoach.routine.schema import TITLE, schema_text
from voicecoach.routine.skeleton import SCHEMA_FILE, Draft, ExerciseDraft, skeleton, slug, texts

MOST: Final = 20
"""Exercises that are asked for: more are quicker written in the file."""


@click.command("new")
@click.argument("routine", type=TEXT)
@click.option("--name", type=TEXT, help="Name of the routine, as the coach says it.")
@click.option("--summary", type=TEXT, help="What it is, in a sentence.")
@click.option("--author", type=TEXT, help="Your name, as it shall stand in the file.")
@click.option(
    "--exercise",
    "exercises",
    multiple=True,
    type=TEXT,
    metavar="TEXT",
    help='An exercise: "NAME, POSITION, PART OF THE BODY, KIND AMOUNT", such as "Bridge, supine, '
    'hip, repetitions 8", with ", each" for one that is done on each side. For several, give it '
    "several times. With it nothing is asked.",
)
@options.language
def command(routine: str, exercises: tuple[str, ...], language: Language, **given: Any) -> None:
    """Write a routine of your own, to be filled in.

    ROUTINE is a name, for a file among your own routines, or a path. The command asks for the
    exercises, one by one, and writes a file that passes `check`: you replace its texts by your own.
    The schema is put beside it, by which editors complete and mark faults. No file is overwritten.
    """
    path = _place(routine)
    draft = _head(path, language, bool(exercises), **given)
    if exercises:
        added = tuple(given_exercise(text, language.code) for text in exercises)
        draft = replace(draft, exercises=added)
    else:
        draft = _asked(draft, language)
    text = skeleton(draft)
    parse(text, str(path), exercise_library(path.parent), language)
    _write(path, text, language)
    count = len(draft.exercises)
    click.echo(f"{path}: {count} exercise{'' if count == 1 else 's'}.")
    name = routine if path.parent == _own() else path
    click.echo(f"Put your texts in, and then check them: voicecoach check {name}")


def _own() -> Path:
    return data_dir() / "routines"


def _place(routine: str) -> Path:
    """Return the file to write. Raises `InputError` if there is one, or a routine of that name."""
    path = Path(routine)
    named = not path.suffix and "/" not in routine
    if named:
        path = _own() / f"{routine}.yaml"
        if routine in routine_files() and not path.exists():
            what = f"'{routine}' is the name of an included routine"
            raise InputError(what, "Yours would take its place", "Choose another name.")
    if path.suffix not in {".yaml", ".yml"}:
        raise InputError(f"{path} is no name of a routine file", "", "End it with .yaml.")
    if path.exists():
        step = "Choose another name, or change that file."
        raise InputError(f"{path} exists already", "No file is overwritten", step)
    if not slug(path.stem):
        step = "Use small letters, digits and hyphens, such as my-morning.yaml."
        raise InputError(f"The name '{path.stem}' gives no id for the routine", "", step)
    if named:
        require_folder(_own())
    require_writable(path)
    return path


def _head(path: Path, language: Language, quiet: bool, **given: Any) -> Draft:
    """Return the draft without exercises: what is not given is asked for, unless `quiet`."""
    name = slug(path.stem).replace("-", " ").capitalize()
    ask = Asked(language, quiet)
    return Draft(
        id=slug(path.stem),
        name=given["name"] or ask.spoken("Name of the routine, as the coach says it", name),
        summary=given["summary"]
        or ask.spoken("What it is, in a sentence", texts(language.code)["summary"]),
        author=given["author"] or ask.plain("Your name", "Unknown"),
        language=language.code,
        exercises=(),
    )


def _asked(draft: Draft, language: Language) -> Draft:
    """Return the draft with the exercises that are asked for: each is read before the next."""
    ask, found = Asked(language), list[ExerciseDraft]()
    click.echo("Now the exercises, one after the other. An empty name ends the list.")
    while len(found) < MOST:
        one = asked_exercise(ask, len(found) + 1, optional=bool(found))
        if one is None:
            break
        try:
            parse(skeleton(replace(draft, exercises=(*found, one))), "", {}, language)
        except ProblemsError as error:
            click.secho(f"That does not go together, so please once more:\n{error.why}", fg="red")
        else:
            found.append(one)
    return replace(draft, exercises=tuple(found))


def _write(path: Path, text: str, language: Language) -> None:
    """Write the routine, and the schema beside it unless something else has its name."""
    write_text(path, text, READABLE)
    schema = path.with_name(SCHEMA_FILE)
    if not schema.exists() or TITLE in schema.read_text("utf-8", "replace"):
        write_text(schema, schema_text(language.available), READABLE)
