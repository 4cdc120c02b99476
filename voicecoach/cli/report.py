"""`voicecoach report`: the history as a page for the user and for a therapist."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from voicecoach.cli.data import counted, day_option
from voicecoach.cli.places import OUT
from voicecoach.cli.tolerant import Tolerant
from voicecoach.paths import history_file
from voicecoach.report.overview.page import overview_html
from voicecoach.report.paper import write_page
from voicecoach.screening.rules import rules
from voicecoach.store.reading import read_history


@click.command("report", cls=Tolerant)
@click.option(
    "-o",
    "--output",
    type=OUT,
    default="report.html",
    show_default=True,
    help="The file; its ending chooses the kind: .html, .pdf or .png.",
)
@day_option("Only sessions of this day or later, such as 2026-03-31.")
def command(output: Path, since: date | None) -> None:
    """Draw your history as a page to print.

    It has the sessions, pain before and after, what hurt, and the exercises. The page is one file
    without script, which any browser shows and prints on one sheet of A4.
    PDF and PNG need the extra `report`; without it the command says how to install it.
    """
    sessions = read_history(history_file(), since)
    effects = {rule.id: rule.effect for rule in rules()}
    html = overview_html(sessions, date.today(), lambda id_: effects.get(id_, ""))
    write_page(output, html)
    click.echo(f"{output}: {counted(len(sessions))}.")
