"""`voicecoach data`: take along what is remembered, bring it in, or forget it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import click

from voicecoach.app.forgetting import Forgotten, changed_on, forget_all, forget_since
from voicecoach.app.mixes import mix_files, own_mixes, take_mixes
from voicecoach.app.output_file import require_files, write_text
from voicecoach.app.profile_store import load_profile, save_profile
from voicecoach.atomic_write import OWN
from voicecoach.cli import options
from voicecoach.cli.exchanges import write_fhir, write_fit
from voicecoach.cli.places import FILE, FOLDER, JSON, TEXT
from voicecoach.cli.profile import SEEK_CARE, told_to_seek_care
from voicecoach.cli.tolerant import TolerantGroup
from voicecoach.cli.typed import confirmed
from voicecoach.errors import CoachError, PlaceError
from voicecoach.history.past import Past
from voicecoach.language.model import Language
from voicecoach.paths import history_file, private_files, profile_file
from voicecoach.screening.profile import Profile
from voicecoach.screening.profile_reader import parse_profile
from voicecoach.screening.profile_writer import dump_profile
from voicecoach.store.document import NEXT_STEP, from_json, to_json, to_tables
from voicecoach.store.reading import add_sessions, read_history
from voicecoach.text_file import read_text

MAX_BYTES = 256 * 1024 * 1024
"""More than any document: a year of three sessions a week takes about 1 MB."""


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise click.BadParameter("Write a day such as 2026-03-31.") from None


def day_option(text: str) -> options.Decorator:
    """Return the option --since."""
    return click.option(
        "--since", type=TEXT, metavar="DATE", callback=lambda _c, _p, v: _day(v), help=text
    )


@click.group("data", cls=TolerantGroup)
def command() -> None:
    """Take along what is kept about you, bring it in, or forget it.

    What you did is in one file, what you told about your health in another, and what you taught of
    your voice, as numbers, in a third; `data path` prints these and smaller ones. They lie in your
    data folder and are readable by you alone. Nothing of it ever leaves this computer by itself.
    """


@command.command("path")
def path_command() -> None:
    """Print the paths of the files that are about you.

    They are the history, the profile, the taught voice, the reminder, the sound and its check, and
    your own mixes.
    """
    for path in (*private_files(), *mix_files()):
        click.echo(path)


@command.command("export")
@click.argument("file", type=JSON, required=False)
@click.option(
    "--csv",
    "folder",
    type=FOLDER,
    help="Write tables for a spreadsheet into this folder instead, one for each kind.",
)
@click.option(
    "--fhir",
    type=JSON,
    metavar="FILE",
    help="Write a FHIR R4 bundle for a therapist's program instead: sessions, minutes, pain.",
)
@click.option(
    "--fit",
    type=FOLDER,
    metavar="DIRECTORY",
    help="Write a FIT activity for each session into this folder instead, for a training log.",
)
@day_option("Only sessions of this day or later, such as 2026-03-31; not in FILE.")
def export_command(
    file: Path | None,
    folder: Path | None,
    fhir: Path | None,
    fit: Path | None,
    since: date | None,
) -> None:
    """Write history, profile and own mixes into FILE (JSON).

    Without FILE they are written onto the screen. The history can also be written in formats of
    others, one at a time.
    """
    if sum(map(bool, (file, folder, fhir, fit))) > 1:
        raise click.UsageError("Name one file or folder: FILE, --csv, --fhir or --fit.")
    if since and not (folder or fhir or fit):
        raise click.UsageError("--since is for --csv, --fhir and --fit: FILE holds all there is.")
    for place, write in ((fhir, write_fhir), (fit, write_fit)):
        if place:
            click.echo(f"{place}: {counted(write(place, since))}.")
            return
    sessions = read_history(history_file(), since)
    if folder:
        _write_tables(folder, sessions)
        return
    profile = load_profile(profile_file())
    told = "" if profile == Profile() else dump_profile(profile)
    text = to_json(sessions, told, own_mixes())
    if file is None:
        click.echo(text, nl=False)
        return
    write_text(file, text)
    click.echo(f"{file}: {counted(len(sessions))}.")


def _write_tables(folder: Path, sessions: Sequence[Past]) -> None:
    tables = to_tables(sessions)
    files = require_files(folder, (f"{name}.csv" for name in tables), OWN)
    for file, text in zip(files, tables.values(), strict=True):
        write_text(file, text)
    click.echo(f"{folder}: {counted(len(sessions))}.")


@command.command("import")
@click.argument("file", type=FILE)
@options.language
def import_command(file: Path, language: Language) -> None:
    """Add the sessions and mixes in FILE to those that are here.

    FILE is what `data export` has written. A session that is here already stays as it is, and so
    does a routine with the name of a mix. The profile is taken only where there is none yet: two
    answers about one's health do not add up.
    """
    document = from_json(read_text(file, "The file", NEXT_STEP, MAX_BYTES), str(file))
    profile = parse_profile(document.profile, str(file)) if document.profile else None
    mixes = take_mixes(document.mixes, language)
    added = add_sessions(history_file(), document.sessions)
    click.echo(f"{counted(added)} added, {len(document.sessions) - added} known already.")
    if mixes:
        click.echo(f"Mixes added: {', '.join(mixes)}.")
    if profile and not profile_file().exists():
        save_profile(profile_file(), profile)
        click.echo("The profile was taken.")
    elif profile:
        click.echo("Your profile stays as it is.")


@command.command("forget")
@day_option("Only what was done and told on this day or later, such as 2026-03-31.")
@click.option("--yes", "sure", is_flag=True, help="Forget without asking for confirmation.")
@click.option("--mixes", is_flag=True, help="Delete your own mixes as well.")
def forget_command(since: date | None, sure: bool, mixes: bool) -> None:
    """Delete what was done, told and taught, and all copies.

    Files that are damaged go, too. With --since, what came before that day stays. Routines of
    your own, and files that you had written elsewhere, such as event logs and exports, are yours to
    delete.
    """
    what = f"what was done and told since {since}" if since else "all that was done and told"
    if since is None and told_to_seek_care():
        click.echo(SEEK_CARE)
    if not (sure or confirmed(f"Delete {what}?")):
        click.echo("Nothing is deleted.")
        return
    gone = forget_since(since) if since else forget_all()
    if mixes:
        gone.delete(path for path in mix_files() if since is None or changed_on(path) >= since)
    click.echo("\n".join(_deleted(gone, since)))
    if gone.problems:
        raise _left(gone.problems, since)


def _deleted(gone: Forgotten, since: date | None) -> Iterator[str]:
    """Yield what was deleted, for the user."""
    if gone.nothing:
        yield f"Nothing is kept since {since}." if since else "Nothing is kept about you."
    if gone.sessions:
        yield f"Deleted: {counted(gone.sessions)}."
    if gone.told:
        yield f"Deleted: what you told since {since}."
    yield from (f"Deleted: {path}" for path in gone.files)
    if since and told_to_seek_care():
        yield "That you were told to see a doctor is kept: profile set seen yes"


def _left(problems: Sequence[CoachError], since: date | None) -> CoachError:
    """Return the error for what could not be forgotten."""
    why = "\n".join(problem.in_one_line for problem in problems)
    step = "Without --since all of it is deleted, readable or not." if since else ""
    return PlaceError("Not all of it is deleted", why, step)


def counted(number: int) -> str:
    """Return "one session" in figures, or more of them."""
    return f"{number} session{'' if number == 1 else 's'}"
