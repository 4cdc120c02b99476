"""`voicecoach timeline`: a picture of a session from its event log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from voicecoach.app.log_file import read_log
from voicecoach.app.output_file import write_text
from voicecoach.cli.places import ANY, STDOUT, SVG_OR_STDOUT
from voicecoach.cli.tolerant import Tolerant
from voicecoach.errors import InputError
from voicecoach.eventlog.kinds import Event, SessionRestored, SessionStarted
from voicecoach.eventlog.lines import conversations
from voicecoach.report.timeline import timeline_svg


@click.command("timeline", cls=Tolerant)
@click.argument("log", type=ANY)
@click.option(
    "-o",
    "--out",
    type=SVG_OR_STDOUT,
    help="Write the picture here, or to standard output (-).  [default: LOG with .svg for its "
    "ending]",
)
def command(log: Path, out: Path | None) -> None:
    """Draw a session from its event log LOG (SVG).

    `start`, `serve` and `rehearse` write a log with --events, and `demo` always does. The picture
    shows what the coach said and counted, what you said, and what was obeyed, 20 seconds a row. Of
    several sessions in the log it is the last.
    """
    events = _last_session(read_log(log))
    if not events:
        step = "Name the event log of a session, as written by `--events FILE`."
        raise InputError(f"The event log {log} is empty", "Nothing happened in it", step)
    if out == STDOUT:
        click.echo(timeline_svg(events, title=_title(events) or log.name))
        return
    picture = out or log.with_suffix(".svg")
    if picture.resolve() == log.resolve():
        why, step = "The picture has the same name", "Name another file by --out."
        raise InputError(f"The event log {log} would be overwritten", why, step)
    write_text(picture, timeline_svg(events, title=_title(events) or log.name))
    click.echo(f"Picture: {picture}")


def _last_session(events: Sequence[Event]) -> list[Event]:
    """Return the last conversation that is a session, or of a log without one the last of all."""
    parts = list(conversations(events, lambda event: event))
    led = [part for part in parts if _title(part)]
    return (led or parts or [[]])[-1]


def _title(events: Iterable[Event]) -> str:
    """Return the id of the routine; empty for a log without a session, as after a refusal."""
    return next(
        (event.routine for event in events if isinstance(event, SessionStarted | SessionRestored)),
        "",
    )
