"""`voicecoach docs`: the pages of the documentation that an installed program has with it."""

from __future__ import annotations

import re
import sys
from typing import Final

import click

from voicecoach.cli.tolerant import Tolerant
from voicecoach.paths import shipped
from voicecoach.text_file import read_text

PAGES: Final = {
    "architecture": "how it is built; the states and commands of each conversation",
    "commands": "each command, what may be said, the event log, the exit codes",
    "faults": "what can fail, and how the coach survives it",
    "hearing": "how it hears, how well, and how to measure it with your own voice",
    "history": "what is kept of your sessions, and what the coach tells of it",
    "routine-format": "the routine file, with a complete example",
    "routines": "the included routines: how long, what you need, who should not do them",
    "safety": "the safety rules, and what they rest on",
    "scenarios": "the scenario file: a session in a simulated room",
    "screening-outcomes": "what the answers about your health leave of the routines",
    "service": "the coach as a service, on a Raspberry Pi, and with Home Assistant",
    "voices": "the voices compared",
}
"""The pages for people who use the program, and what each is about."""

_REMARK: Final = re.compile(r"<!--.*?-->\n?", re.DOTALL)


@click.command("docs", cls=Tolerant)
@click.argument("page", type=click.Choice(list(PAGES)), required=False, metavar="[PAGE]")
def command(page: str | None) -> None:
    """Show a PAGE of the documentation, or list the pages.

    They lie beside the program, so they are those of this version and need no network.
    """
    if page is None:
        click.echo("".join(f"{name:20}{about}\n" for name, about in PAGES.items()), nl=False)
        return
    text = _REMARK.sub("", read_text(shipped(f"docs/{page}.md"), "The page", "Install it again"))
    if sys.stdout.isatty():
        click.echo_via_pager(text)
    else:
        click.echo(text, nl=False)
