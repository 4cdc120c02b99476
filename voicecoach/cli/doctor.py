"""`voicecoach doctor`: check what is installed, the devices and the model."""

from __future__ import annotations

import json

import click

from voicecoach.app.diagnostics import Finding, checkup
from voicecoach.cli import options

MARKS = {True: ("ok", "green"), False: ("PROBLEM", "red"), None: ("missing", "yellow")}


@click.command("doctor")
@options.as_json
@options.language
@options.model
@options.canceller
@options.verifier
@options.voiced
def command(as_json: bool, **flags: object) -> None:
    """Check everything a session needs, and say what to do about what is missing.

    A live session needs all of it; a rehearsal or `demo` needs no sound card. The exit code is 1
    if something that a rehearsal needs is broken.
    """
    findings = list(checkup(options.choices(**flags)))
    if as_json:
        click.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            _show(finding)
    broken = [finding for finding in findings if finding.ok is False]
    click.get_current_context().exit(1 if broken else 0)


def _show(finding: Finding) -> None:
    word, colour = MARKS[finding.ok]
    click.echo(f"{click.style(f'{word:8}', fg=colour)} {finding.part}: {finding.fact}")
    if finding.next_step:
        click.echo(f"         {finding.next_step}")
