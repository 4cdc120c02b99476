"""`voicecoach rehearse`: a session in a simulated room, much faster than real time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voicecoach.app.fitted import Wanted
from voicecoach.app.log_file import write_log
from voicecoach.app.output_file import write_text
from voicecoach.app.scenario_rehearsal import Scenario, load_scenario
from voicecoach.app.scenario_rehearsal import rehearse as rehearse_scenario
from voicecoach.app.wiring import Choices, recogniser_of
from voicecoach.cli import options
from voicecoach.cli.places import ANY, LOG, SVG, WAV
from voicecoach.cli.progress import Bar
from voicecoach.cli.strained import warn_of
from voicecoach.cli.transcript import Transcript
from voicecoach.errors import DeclinedError, InputError, Problem
from voicecoach.eventlog.kinds import Event, SessionStarted
from voicecoach.report.timeline import timeline_svg
from voicecoach.routine.model import Routine


@click.command("rehearse")
@options.fitted
@click.option(
    "--scenario",
    type=ANY,
    help="What the user says and when, and the room (TOML).",
)
@click.option("--events", type=LOG, help="Write the event log here (JSON lines).")
@click.option("--coach", type=WAV, help="Write what the loudspeaker played (WAV).")
@click.option("--mic", type=WAV, help="Write what the microphone got (WAV).")
@click.option("--timeline", type=SVG, help="Draw what happened (SVG).")
@click.option("--quiet", is_flag=True, help="Do not print the transcript.")
@options.music
@options.hearing
@click.pass_context
def command(
    ctx: click.Context,
    /,
    routine: str | None,
    minutes: int | None,
    region: str | None,
    scenario: Path | None,
    events: Path | None,
    coach: Path | None,
    mic: Path | None,
    timeline: Path | None,
    quiet: bool,
    **flags: Any,
) -> None:
    """Run ROUTINE in a simulated room, without a sound card.

    The voice and the recogniser are real. ROUTINE is a name from `voicecoach routines` or a file.
    The same scenario gives the same result, bit for bit. Without --scenario the user says nothing.
    The exit code is 8 if the scenario's [profile] allows no session; the rehearsal is then the
    refusal.
    """
    room = load_scenario(scenario) if scenario else Scenario()
    choices = options.choices(**flags)
    file = options.find_routine(routine) if routine else None
    _keep_inputs([file, scenario], [events, coach, mic, timeline])
    wanted = options.wanted(routine, choices.language, minutes, region)
    if not perform(wanted, room, choices, events, coach, mic, timeline, quiet):
        click.echo("No session: the scenario's [profile] allows none.", err=True)
        ctx.exit(DeclinedError.exit_code)


def _keep_inputs(read: list[Path | None], written: list[Path | None]) -> None:
    """Refuse to write over what is read, or twice to one file."""
    inputs = {path.resolve() for path in read if path}
    outputs = [path for path in written if path]
    resolved = [path.resolve() for path in outputs]
    for path, place in zip(outputs, resolved, strict=True):
        if place in inputs or resolved.count(place) > 1:
            step = "Name another file for each output."
            raise InputError(f"The file {path} would be overwritten", "It is named twice", step)


def perform(
    wanted: Routine | Wanted,
    scenario: Scenario,
    choices: Choices,
    events: Path | None,
    coach: Path | None,
    mic: Path | None,
    timeline: Path | None,
    quiet: bool,
) -> bool:
    """Rehearse, print the transcript, write the files; return whether there was a session."""
    strains: list[Problem] = []
    recogniser = recogniser_of(choices)
    log: list[Event] = []
    transcript = Transcript(_silent if quiet else click.echo)

    def note(event: Event) -> None:
        log.append(event)
        transcript(event)

    led = True
    with Bar("Rendering the voice") as bar:
        try:
            rehearse_scenario(
                wanted, scenario, choices, recogniser, note, coach, mic, bar, strains.extend
            )
        except DeclinedError:
            led = False
    transcript.flush()
    warn_of(_path(wanted), strains)
    if events:
        write_log(events, log)
    if timeline:
        write_text(timeline, timeline_svg(log, title=_title(wanted, log)))
    return led


def _path(wanted: Routine | Wanted) -> str:
    return "" if isinstance(wanted, Wanted) else wanted.path


def _title(wanted: Routine | Wanted, log: list[Event]) -> str:
    """Return the name of the routine, or the id of the one that was chosen."""
    if isinstance(wanted, Wanted):
        return next((event.routine for event in log if isinstance(event, SessionStarted)), "")
    return wanted.name


def _silent(_: str) -> None:
    return
