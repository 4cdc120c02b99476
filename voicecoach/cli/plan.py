"""`voicecoach plan`: the timetable of a routine."""

from __future__ import annotations

import json
from typing import Any

import click

from voicecoach.app.routine_library import load_routine
from voicecoach.app.timetable import Entry, timetable
from voicecoach.app.wiring import TALKS, make_plan
from voicecoach.cli import options
from voicecoach.cli.progress import Bar
from voicecoach.cli.routines import evidence_line

EVENTS = {"exercise_started": "Exercise", "session_finished": "End"}
CUES = {"say", "count", "breath", "stroke", "mark", "sound"}


@click.command("plan")
@options.routine
@click.option("--brief", is_flag=True, help="Print exercises only, not every cue.")
@options.as_json
@options.language
@options.voiced
@options.talk
def command(routine: str, brief: bool, as_json: bool, **flags: Any) -> None:
    """Print the timetable of ROUTINE: when each line is spoken, and how long it all takes."""
    choices = options.choices(**flags)
    loaded = load_routine(options.find_routine(routine), choices.language)
    with Bar("Rendering the voice") as bar:
        plan, _ = make_plan(loaded, choices, bar)
    entries = [e for e in timetable(plan, TALKS[choices.talk]) if _shown(e, brief)]
    if as_json:
        rows = [{"t": e.at / 1000, "kind": e.kind, "text": e.text} for e in entries]
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    for entry in entries:
        click.echo(_line(entry))
    if loaded.evidence:
        click.echo(evidence_line(loaded))


def _shown(entry: Entry, brief: bool) -> bool:
    return entry.kind in EVENTS or (entry.kind in CUES and not brief)


def _line(entry: Entry) -> str:
    minutes, ms = divmod(entry.at, 60_000)
    clock = f"{minutes:3d}:{ms / 1000:06.3f}"
    if entry.kind in EVENTS:
        return click.style(f"{clock}  {EVENTS[entry.kind]}: {entry.text}", bold=True)
    return f"{clock}    {entry.kind:6}  {entry.text}"
