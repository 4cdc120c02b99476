"""`voicecoach rehearse`: a session in a simulated room, much faster than real time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from voicecoach.app.routine_library import find_routine, load_routine
from voicecoach.app.stage import stage
from voicecoach.app.wiring import Choices, make_recogniser
from voicecoach.cli import options
from voicecoach.cli.eventlog import require_folder, write_events, write_text
from voicecoach.cli.progress import Bar
from voicecoach.cli.transcript import Conversation
from voicecoach.errors import DeclinedError, InputError
from voicecoach.report.timeline import timeline_svg
from voicecoach.simulation.scenario import Scenario, load_scenario

FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("rehearse")
@options.routine
@click.option(
    "--scenario", type=click.Path(path_type=Path), help="Who says what when, in which room (TOML)."
)
@click.option("--events", type=FILE, help="Write the event log here (JSON lines).")
@click.option("--coach", type=FILE, help="Write what the loudspeaker played (WAV).")
@click.option("--mic", type=FILE, help="Write what the microphone got (WAV).")
@click.option("--timeline", type=FILE, help="Draw what happened (SVG).")
@click.option("--quiet", is_flag=True, help="Do not print the conversation.")
@options.hearing
@click.pass_context
def command(
    ctx: click.Context,
    /,
    routine: str,
    scenario: Path | None,
    events: Path | None,
    coach: Path | None,
    mic: Path | None,
    timeline: Path | None,
    quiet: bool,
    **flags: Any,
) -> None:
    """Run ROUTINE in a simulated room, with the real voice and the real recogniser.

    ROUTINE is a name from `voicecoach routines` or a file. The same scenario gives the same
    result, bit for bit. Without --scenario nobody says anything. The exit code is 8 where the
    scenario's [profile] allows no session: then the rehearsal is the refusal.
    """
    room = load_scenario(scenario) if scenario else Scenario()
    choices = options.choices(**flags)
    file = find_routine(routine)
    _keep_inputs([file, scenario], [events, coach, mic, timeline])
    if not perform(file, room, choices, events, coach, mic, timeline, quiet):
        click.echo("No session: the scenario's [profile] allows none.", err=True)
        ctx.exit(DeclinedError.exit_code)


def _keep_inputs(read: list[Path | None], written: list[Path | None]) -> None:
    """Refuse to write over what is read, twice to one file, or where there is no folder."""
    inputs = {path.resolve() for path in read if path}
    outputs = [path.resolve() for path in written if path]
    for path in outputs:
        require_folder(path)
        if path in inputs or outputs.count(path) > 1:
            step = "Name another file for each output."
            raise InputError(f"The file {path} would be overwritten", "It is named twice", step)


def perform(
    routine: Path,
    scenario: Scenario,
    choices: Choices,
    events: Path | None,
    coach: Path | None,
    mic: Path | None,
    timeline: Path | None,
    quiet: bool,
) -> bool:
    """Rehearse, print the conversation, write the files; tell whether it was not declined."""
    loaded = load_routine(routine, choices.language)
    ears = make_recogniser(choices.model, choices.language)
    log: list[dict[str, object]] = []
    conversation = Conversation(_silent if quiet else click.echo)

    def note(event: dict[str, object]) -> None:
        log.append(event)
        conversation(event)

    with Bar("Rendering the voice") as bar:
        stage(loaded, scenario, choices, ears, note, coach, mic, bar)
    conversation.flush()
    log.sort(key=lambda event: float(str(event["t"])))
    if events:
        write_events(events, log)
    if timeline:
        write_text(timeline, timeline_svg(log, title=loaded.name))
    return all(event["kind"] != "declined" for event in log)


def _silent(_: str) -> None:
    return
