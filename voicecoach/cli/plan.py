"""`voicecoach plan`: the timetable of a routine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import click

from voicecoach.app.routine_library import load_routine
from voicecoach.app.timetable import Entry, timetable
from voicecoach.app.wiring import TALKS, make_plan
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.progress import Bar
from voicecoach.cli.routines import evidence_line
from voicecoach.units import Ms

EXERCISE, END = "exercise_started", "session_finished"
CUES = {"say", "count", "breath", "stroke", "mark", "sound"}


@click.command("plan")
@options.routine
@click.option("--brief", is_flag=True, help="Print when each exercise begins, not every cue.")
@options.as_json
@options.language
@options.voiced
@options.talk
def command(routine: str, brief: bool, as_json: bool, **flags: Any) -> None:
    """Print the timetable of ROUTINE, and how long it takes.

    It says when each line is spoken, for a user who does not interrupt.
    """
    choices = options.choices(**flags)
    loaded = load_routine(options.find_routine(routine), choices.language)
    with Bar("Rendering the voice") as bar:
        plan, _ = make_plan(loaded, choices, bar)
    entries = [e for e in timetable(plan, TALKS[choices.talk]) if _shown(e, brief)]
    if as_json:
        rows = [{"t": e.at / 1000, "kind": e.kind, "text": e.text} for e in entries]
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    click.echo("\n".join(_exercises(entries) if brief else map(_line, entries)))
    if loaded.evidence:
        click.echo("\n".join(wrapped("", evidence_line(loaded))))


def _exercises(entries: list[Entry]) -> Iterator[str]:
    """Yield when each exercise begins and how long it takes, and how long all takes."""
    for entry, after in pairwise(entries):
        length = _clock(Ms(after.at - entry.at)).strip()
        yield from wrapped(f"{_clock(entry.at)}  ", f"{entry.text} ({length})")
    end = "The end. Questions about your health, and pauses, come on top."
    yield from wrapped(f"{_clock(entries[-1].at)}  ", end)


def _shown(entry: Entry, brief: bool) -> bool:
    return entry.kind in (EXERCISE, END) or (entry.kind in CUES and not brief)


def _clock(at: Ms) -> str:
    minutes, seconds = divmod(round(at / 1000), 60)
    return f"{minutes:3d}:{seconds:02d}"


def _line(entry: Entry) -> str:
    minutes, ms = divmod(entry.at, 60_000)
    clock = f"{minutes:3d}:{ms / 1000:06.3f}"
    if entry.kind == END:
        return click.style(f"{clock}  End", bold=True)
    if entry.kind == EXERCISE:
        return click.style(f"{clock}  Exercise: {entry.text}", bold=True)
    return f"{clock}    {entry.kind:6}  {entry.text}"
