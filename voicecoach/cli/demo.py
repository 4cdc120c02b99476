"""`voicecoach demo`: a rehearsal of a few minutes that shows what a session is like."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from voicecoach.app.output_file import require_files
from voicecoach.app.routine_library import load_routine
from voicecoach.app.scenario_rehearsal import load_scenario
from voicecoach.app.wiring import Choices, chosen_verifier
from voicecoach.cli import options
from voicecoach.cli.places import FOLDER
from voicecoach.cli.rehearse import perform
from voicecoach.cli.serve import rehearse_evening
from voicecoach.extras import install
from voicecoach.paths import PACKAGE, shipped

ROUTINE = "foam-roll-upper-back.yaml"
EVENING = PACKAGE / "simulation" / "evening.toml"
USERS = {"brief": "demo.toml", "natural": "demo-natural.toml"}


@click.command("demo")
@click.option(
    "--into",
    type=FOLDER,
    default=Path("voicecoach-demo"),
    show_default=True,
    help="Folder for the sound, the event log and the picture.",
)
@click.option(
    "--user",
    type=click.Choice(list(USERS)),
    default="brief",
    show_default=True,
    help='How the user talks: in single words, or in their own ("natural", for the extra whisper).',
)
@click.option(
    "--evening",
    is_flag=True,
    help="Show a coach that is always on: called by its name, and everything by voice.",
)
@options.language
@options.voiced
@options.model
@options.canceller
@options.verifier
def command(into: Path, user: str, evening: bool, **flags: Any) -> None:
    """Show a session, without a sound card or a microphone.

    A rehearsal of about three minutes: a user pauses, continues, asks how many are left, says
    that it hurts, answers the coach's questions, and continues one level easier. The command
    prints the transcript, and writes the sound, the event log and a picture.

    With --evening it is an evening with `voicecoach serve`: the coach sleeps, is called, leads a
    session that is interrupted and loses its microphone for a while, sleeps and is called again.
    There is no picture of that.
    """
    choices = replace(options.choices(**flags), talk="short")
    if evening:
        _evening(into, choices)
        return
    scenario = load_scenario(PACKAGE / "simulation" / USERS[user])
    files = _files(into, "coach.wav", "mic.wav", "events.jsonl", "demo.svg")
    events, coach, mic = files["events.jsonl"], files["coach.wav"], files["mic.wav"]
    routine = load_routine(shipped("routines") / ROUTINE, choices.language)
    if user == "natural" and not chosen_verifier(choices).transcriber:
        hint = f"This user talks freely, which takes the extra `whisper`: `{install('whisper')}`"
        click.echo(f"{hint}\n", err=True)
    perform(routine, scenario, choices, events, coach, mic, files["demo.svg"], False)
    click.echo()
    click.echo(f"Sound:   {coach} (the coach), {mic} (what its microphone got)")
    click.echo(f"Picture: {files['demo.svg']}")
    click.echo(f"Log:     {events}")


def _files(into: Path, *names: str) -> dict[str, Path]:
    """Return the files in the folder, by name: it is made, and each can be written."""
    return dict(zip(names, require_files(into, names), strict=True))


def _evening(into: Path, choices: Choices) -> None:
    files = _files(into, "coach.wav", "mic.wav", "events.jsonl")
    rehearse_evening(load_scenario(EVENING), choices, *files.values())
    click.echo()
    click.echo(f"Sound:   {files['coach.wav']} (the coach), {files['mic.wav']} (its microphone)")
    click.echo(f"Log:     {files['events.jsonl']}")
