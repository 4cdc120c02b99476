"""`voicecoach doctor`: check what is installed, the devices and the model."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from voicecoach.app.diagnostics import Extras, checkup
from voicecoach.app.finding import Finding
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.places import ANY
from voicecoach.cli.sound_report import spoken_check
from voicecoach.cli.tolerant import FAULTS, Fault, Tolerant

MARKS = {True: ("ok", "green"), False: ("PROBLEM", "red"), None: ("missing", "yellow")}


class Checkup(Tolerant):
    """The command, which reports what is wrong with the settings among all else."""

    def tell(self, _faults: Sequence[Fault]) -> None:
        """Say nothing yet."""


@click.command("doctor", cls=Checkup)
@click.option(
    "--sound",
    is_flag=True,
    help="Check by voice how well you are heard, where you exercise; it takes half a minute.",
)
@click.option("--scenario", type=ANY, help="Rehearse --sound in a simulated room (TOML).")
@options.as_json
@options.output
@options.input_
@options.helper_command
@options.helper_url
@options.mqtt
@options.name
@options.history
@options.language
@options.model
@options.canceller
@options.verifier
@options.voiced
@options.talk
def command(
    sound: bool,
    scenario: Path | None,
    as_json: bool,
    output: str,
    input_: str,
    helper_command: str,
    helper_url: str,
    name: str,
    **flags: Any,
) -> None:
    """Check all that a session needs, and say what to do.

    Your settings and your files are looked at, too. A live session needs all of it; a rehearsal or
    `demo` needs no sound card. The exit code is 1 if something is broken; what is only missing for
    live sound does not count. Neither the helper nor the MQTT broker is called.

    With --sound the coach plays and listens instead: it measures delay, echo, noise, clipping, the
    skew of the clocks and the band of the microphone, asks for a soft "stop" at three of its own
    loudnesses, and says how well it hears you and what to change. The exit code is 1 if you would
    be missed too often.
    """
    way = options.way(flags)
    if sound:
        code = spoken_check(options.choices(**flags), output, input_, scenario)
        click.get_current_context().exit(code)
    faults: list[Fault] = click.get_current_context().meta[FAULTS]
    wrong = [Finding(fault.part, False, fault.fact, fault.next_step) for fault in faults]
    extras = Extras(output, input_, helper_command, helper_url, name, way)
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
