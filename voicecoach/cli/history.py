"""`voicecoach history`: what was done, session by session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median
from typing import Final

import click

from voicecoach.cli import options
from voicecoach.cli.data import day_option
from voicecoach.cli.layout import wrapped
from voicecoach.cli.tolerant import Tolerant
from voicecoach.history.figures import ENOUGH, Pain, change, of_month
from voicecoach.history.past import Past
from voicecoach.paths import history_file
from voicecoach.store.document import to_json
from voicecoach.store.reading import read_history

TOLD_FROM: Final = f"From {ENOUGH} sessions with a score on, a trend can be told."
OF_ONE_DAY: Final = "All scores are from one day; a trend can be told from those of more days."

COLUMNS = ("Day", "Time", "Routine", "Minutes", "Done", "Reps", "Pain", "Notes")


@click.command("history", cls=Tolerant)
@day_option("Only sessions of this day or later, such as 2026-03-31.")
@options.as_json
def command(since: date | None, as_json: bool) -> None:
    """List your sessions, and tell how your back was this month.

    The latest session is last, with your pain from 0 to 10 before and after it. "Done" counts the
    exercises that were done whole. As a picture: `voicecoach report`; to take it along: `voicecoach
    data export`.
    """
    kept = read_history(history_file())
    sessions = [past for past in kept if since is None or past.began.date() >= since]
    if as_json:
        click.echo(to_json(sessions, ""), nl=False)
        return
    if not kept:
        click.echo("No sessions yet. To begin one: voicecoach start ROUTINE")
        return
    if not sessions:
        click.echo(f"No sessions since {since}. The last one was on {kept[-1].began:%Y-%m-%d}.")
        return
    click.echo("\n".join(_table([_row(past) for past in sessions])))
    click.echo("\n" + "\n".join(wrapped("", _month(of_month(kept, date.today())))))


def _month(pains: Sequence[Pain]) -> str:
    """Return what "how is it going" answers by voice, with the figures."""
    if not pains:
        return f"You have told no score in the last four weeks. {TOLD_FROM}"
    sides = [p.before for p in pains], [p.after for p in pains]
    before, after = ([score for score in side if score is not None] for side in sides)
    told = f"Your back in the last four weeks: {median(before):g} before a session"
    told += f" and {median(after):g} after it" if after else ""
    told += f", the middle of {len(before)}" if len(before) > 1 else ""
    points = change(pains)
    if points is None:
        return f"{told}. {TOLD_FROM if len(before) < ENOUGH else OF_ONE_DAY}"
    return f"{told}; {_direction(points)}"


def _direction(points: float) -> str:
    if not points:
        return "about the same all the time."
    return f"{'down' if points < 0 else 'up'} by about {abs(points):.0f} of 10 in that time."


def _row(past: Past) -> tuple[str, ...]:
    session, began = past.session, past.began
    return (
        f"{began:%Y-%m-%d}",
        f"{began:%H:%M}",
        session.routine,
        f"{session.seconds / 60:.0f}",
        f"{len(past.done)}/{len({entry.exercise for entry in past.exercises})}",
        str(past.repetitions),
        f"{_score(session.before)} > {_score(session.after)}",
        "; ".join(_notes(past)),
    )


def _score(score: int | None) -> str:
    return "-" if score is None else str(score)


def _notes(past: Past) -> Iterator[str]:
    if past.session.outcome is None:
        yield "broken off"
    elif past.session.outcome != "done":
        yield past.session.outcome.replace("_", " ")
    for complaint in past.complaints:
        where = f" in the {complaint.region.replace('-', ' ')}" if complaint.region else ""
        score = "" if complaint.score is None else f" {complaint.score}"
        yield f"{complaint.why.replace('_', ' ')}{score}{where}"


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[i]) for row in (COLUMNS, *rows)) for i in range(len(COLUMNS))]
    for row in (COLUMNS, *rows):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
