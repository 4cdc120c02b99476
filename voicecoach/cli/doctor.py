"""`voicecoach doctor`: check what is installed, the devices and the model."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from voicecoach.app.diagnostics import Extras, checkup
from voicecoach.app.finding import Finding
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.tolerant import FAULTS, Fault, Tolerant

MARKS = {True: ("ok", "green"), False: ("PROBLEM", "red"), None: ("missing", "yellow")}


class Checkup(Tolerant):
    """The command, which reports what is wrong with the settings among all else."""

    def tell(self, _faults: Sequence[Fault]) -> None:
        """Say nothing yet."""


@click.command("doctor", cls=Checkup)
@options.as_json
@options.output
@options.input_
@options.helper_command
@options.helper_url
@options.name
@options.history
@options.language
@options.model
@options.canceller
@options.verifier
@options.voiced
@options.talk
def command(
    as_json: bool,
    output: str,
    input_: str,
    helper_command: str,
    helper_url: str,
    name: str,
    **flags: object,
) -> None:
    """Check all that a session needs, and say what to do.

    Your settings and your files are looked at, too. A live session needs all of it; a rehearsal or
    `demo` needs no sound card. The exit code is 1 if something is broken; what is only missing for
    live sound does not count. The helper is not called.
    """
    faults: list[Fault] = click.get_current_context().meta[FAULTS]
    wrong = [Finding(fault.part, False, fault.fact, fault.next_step) for fault in faults]
    extras = Extras(output, input_, helper_command, helper_url, name)
    findings = [*wrong, *checkup(options.choices(**flags), extras)]
    if as_json:
        click.echo(json.dumps([finding._asdict() for finding in findings], indent=2))
    else:
        for finding in findings:
            _show(finding)
        click.echo("\n" + "\n".join(wrapped("", _verdict(findings))))
    broken = [finding for finding in findings if finding.ok is False]
    click.get_current_context().exit(1 if broken else 0)


def _show(finding: Finding) -> None:
    word, colour = MARKS[finding.ok]
    head = f"{word:8}{finding.part:16}"
    first, *more = wrapped(head, finding.fact)
    more += wrapped(" " * len(head), finding.next_step)
    click.echo("\n".join((click.style(word, fg=colour) + first[len(word) :], *more)))


def _verdict(findings: list[Finding]) -> str:
    """Return what the user can do with all that."""
    if any(finding.ok is False for finding in findings):
        return "Correct first what is marked as a PROBLEM."
    if any(finding.ok is None for finding in findings):
        return "Rehearsals and `voicecoach demo` work. A session on the mat needs what is missing."
    return "All is ready: voicecoach start ROUTINE."
