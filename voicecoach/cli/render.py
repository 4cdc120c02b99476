"""`voicecoach render`: a session as a file for a phone or another player."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voicecoach.app.output_file import require_folder, require_writable
from voicecoach.app.routine_library import load_routine, routine_files
from voicecoach.app.session_file import Shape, record
from voicecoach.app.wiring import Choices, make_plan
from voicecoach.cli import options
from voicecoach.cli.places import ANY, TEXT
from voicecoach.cli.progress import Bar
from voicecoach.cli.strained import warn_of
from voicecoach.errors import InputError
from voicecoach.plan.strain_time import too_long
from voicecoach.recording.write import (
    ENDINGS,
    require_format,
    write_recording,
    write_transcript,
)

LEVELS = {"easier": -1, "plain": 0, "harder": 1}
TRANSCRIPT = ".vtt"


@click.command("render")
@click.argument("routine", type=TEXT, required=False)
@click.option(
    "-o",
    "--out",
    required=True,
    type=ANY,
    help=f"The file, which ends in {', '.join(ENDINGS)}; with --all a folder.",
)
@click.option("--all", "everything", is_flag=True, help="All routines, each into its own file.")
@click.option(
    "--format",
    "ending",
    type=click.Choice([ending.lstrip(".") for ending in ENDINGS]),
    default="m4b",
    show_default=True,
    help="Kind of the files of --all.",
)
@click.option(
    "--level", type=click.Choice(list(LEVELS)), default="plain", show_default=True,
    help="Of each exercise, where it has one.",
)  # fmt: skip
@click.option(
    "--minutes", type=click.FloatRange(1, 180),
    help="At most about so long: fewer sets, then fewer exercises.",
)  # fmt: skip
@click.option(
    "--as-live", is_flag=True, help="Pauses as in a live session, not half as long again."
)
@click.option(
    "--transcript/--no-transcript", default=True, help="Write what is said (WebVTT), too."
)
@options.language
@options.voiced
@options.talk
@options.music
def command(
    routine: str | None,
    out: Path,
    everything: bool,
    ending: str,
    level: str,
    minutes: float | None,
    as_live: bool,
    transcript: bool,
    **flags: Any,
) -> None:
    """Write a session of ROUTINE into a sound file.

    The file cannot hear you, so its first chapter says what you can do instead, and pauses are half
    as long again. It does not know your health either. WAV needs no further package; the other
    formats need the extra `files`, and without it the command says how to install it.
    """
    choices, shape = options.choices(**flags), Shape(LEVELS[level], minutes, not as_live)
    for file, place in _jobs(routine, out, everything, f".{ending}", transcript):
        _perform(file, place, choices, shape, transcript)


def _jobs(
    routine: str | None, out: Path, everything: bool, ending: str, transcript: bool
) -> list[tuple[Path, Path]]:
    """Return which routine goes where. Raises what is wrong with the places, before the work."""
    if everything is bool(routine):
        raise click.UsageError("Name a routine, or --all.")
    if routine:
        jobs = [(options.find_routine(routine), out)]
    else:
        jobs = [(path, out / f"{name}{ending}") for name, path in sorted(routine_files().items())]
    if everything:
        require_folder(out)
    for file, place in jobs:
        require_format(place)
        for written in (place, *_beside(place, transcript)):
            if written.resolve() == file.resolve():
                why = "It is the routine itself"
                raise InputError(f"The file {written} would be overwritten", why)
            require_writable(written)
    return jobs


def _beside(place: Path, transcript: bool) -> list[Path]:
    """Return where a transcript goes, if it is wanted; beside a device or a pipe there is none."""
    wanted = transcript and (place.is_file() or not place.exists())
    return [place.with_suffix(TRANSCRIPT)] if wanted else []


def _perform(file: Path, place: Path, choices: Choices, shape: Shape, transcript: bool) -> None:
    routine = load_routine(file, choices.language)
    with Bar("Rendering the voice") as bar:
        warn_of(str(file), too_long(make_plan(routine, choices, bar)[0]))
        recording = record(routine, choices, shape, bar)
    with Bar(f"Writing {place.name}") as bar:
        write_recording(place, recording, bar)
    for beside in _beside(place, transcript):
        write_transcript(beside, recording)
    minutes, seconds = divmod(recording.length // 1000, 60)
    click.echo(f"{place}: {minutes}:{seconds:02d}, {len(recording.chapters)} chapters")
