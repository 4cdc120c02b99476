"""`voicecoach data`: take along what is remembered, bring it in, or forget it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from voicecoach.app.output_file import write_text
from voicecoach.app.profile_store import delete_profile, keep_changes, load_profile, save_profile
from voicecoach.app.voice_store import forget_voice, load_voice
from voicecoach.cli import options
from voicecoach.cli.places import FILE, FOLDER, JSON, TEXT
from voicecoach.cli.typed import confirmed
from voicecoach.history.past import Past
from voicecoach.paths import history_file, profile_file, voice_file
from voicecoach.screening.forgetting import without_since
from voicecoach.screening.profile import Profile
from voicecoach.screening.profile_reader import parse_profile
from voicecoach.screening.profile_writer import dump_profile
from voicecoach.store.document import NEXT_STEP, from_json, to_json, to_tables
from voicecoach.store.reading import add_sessions, forget_sessions, read_history
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


@click.group("data")
def command() -> None:
    """Take along what is kept about you, bring it in, or forget it.

    What you did is in one file, what you told about your health in another, and what you taught of
    your voice, as numbers, in a third; they lie in your data folder and are readable by you alone.
    Nothing of it ever leaves this computer by itself.
    """


@command.command("path")
def path_command() -> None:
    """Print the paths of the files: history, profile and taught voice."""
    for path in (history_file(), profile_file(), voice_file()):
        click.echo(path)


@command.command("export")
@click.argument("file", type=JSON, required=False)
@click.option(
    "--csv",
    "folder",
    type=FOLDER,
    help="Write tables for a spreadsheet into this folder instead, one for each kind.",
)
def export_command(file: Path | None, folder: Path | None) -> None:
    """Write the history and the profile into FILE (JSON); without FILE, onto the screen."""
    if file and folder:
        raise click.UsageError("Name a FILE or --csv, not both.")
    sessions = read_history(history_file())
    if folder:
        _write_tables(folder, sessions)
        return
    profile = load_profile(profile_file())
    text = to_json(sessions, "" if profile == Profile() else dump_profile(profile))
    if file is None:
        click.echo(text, nl=False)
        return
    write_text(file, text)
    click.echo(f"{file}: {counted(len(sessions))}.")


def _write_tables(folder: Path, sessions: Sequence[Past]) -> None:
    for name, text in to_tables(sessions).items():
        write_text(folder / f"{name}.csv", text)
    click.echo(f"{folder}: {counted(len(sessions))}.")


@command.command("import")
@click.argument("file", type=FILE)
def import_command(file: Path) -> None:
    """Add the sessions in FILE, which `data export` has written, to those that are here.

    A session that is here already stays as it is. The profile is taken only where there is none
    yet: two answers about one's health do not add up.
    """
    document = from_json(read_text(file, "The file", NEXT_STEP, MAX_BYTES), str(file))
    profile = parse_profile(document.profile, str(file)) if document.profile else None
    added = add_sessions(history_file(), document.sessions)
    click.echo(f"{counted(added)} added, {len(document.sessions) - added} known already.")
    if profile and not profile_file().exists():
        save_profile(profile_file(), profile)
        click.echo("The profile was taken.")
    elif profile:
        click.echo("Your profile stays as it is.")


@command.command("forget")
@day_option("Only what was done and told on this day or later, such as 2026-03-31.")
@click.option("--yes", "sure", is_flag=True, help="Forget without asking for confirmation.")
def forget_command(since: date | None, sure: bool) -> None:
    """Delete what was done and told: nothing of it stays in the files.

    Files that you had written elsewhere, such as event logs and exports, are yours to delete.
    """
    what = f"what was done and told since {since}" if since else "all that was done and told"
    if not (sure or confirmed(f"Delete {what}?")):
        click.echo("Nothing is deleted.")
        return
    gone = forget_sessions(history_file(), since)
    _forget_profile(since)
    _forget_voice(since)
    click.echo(f"{counted(gone)} deleted.")


def _forget_profile(since: date | None) -> None:
    path = profile_file()
    if since is None:
        delete_profile(path)
        return
    profile = load_profile(path)
    keep_changes(path, profile, without_since(profile, since))
    if profile.blocked:
        click.echo("That you were told to see a doctor is kept: profile set seen yes")


def _forget_voice(since: date | None) -> None:
    kept = load_voice(voice_file()) if since else None
    if since is None or (kept and kept.on >= since):
        forget_voice(voice_file())


def counted(number: int) -> str:
    """Return "one session" in figures, or more of them."""
    return f"{number} session{'' if number == 1 else 's'}"
