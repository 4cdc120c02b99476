"""`voicecoach doctor`: check what is installed, the devices and the model."""

from __future__ import annotations

import json
from typing import Any

import click

from voicecoach.app.diagnostics import Finding, checkup
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.errors import CoachError
from voicecoach.paths import config_file

FAULTS = "voicecoach.faults"

MARKS = {True: ("ok", "green"), False: ("PROBLEM", "red"), None: ("missing", "yellow")}


class Tolerant(click.Command):
    """A command that takes its defaults where a variable or a setting is wrong, and reports it."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse `args`; what is wrong elsewhere than in them is left out and kept in `ctx.meta`."""
        faults: list[Finding] = []
        ctx.meta[FAULTS] = faults
        variables = {param: str(param.envvar) for param in self.params if param.envvar}
        try:
            for param, name in variables.items():
                if fault := _fault(ctx, param, param.value_from_envvar(ctx)):
                    param.envvar = None
                    step = f"Correct it, or remove it: unset {name}"
                    faults.append(Finding(f"variable {name}", False, fault, step))
            settings = dict(ctx.default_map or {})
            for param in self.params:
                if fault := _fault(ctx, param, settings.get(param.name)):
                    del settings[param.name]
                    step = f"Correct {param.name} in {config_file()}"
                    faults.append(Finding("settings", False, fault, step))
            ctx.default_map = settings
            return super().parse_args(ctx, args)
        finally:
            for param, name in variables.items():
                param.envvar = name


def _fault(ctx: click.Context, param: click.Parameter, value: Any) -> str:
    """Return what is wrong with a value, or an empty text."""
    try:
        if value is not None:
            param.process_value(ctx, value)
    except click.ClickException as error:
        return error.format_message()
    except CoachError as error:
        return error.in_one_line
    return ""


@click.command("doctor", cls=Tolerant)
@options.as_json
@options.language
@options.model
@options.canceller
@options.verifier
@options.voiced
def command(as_json: bool, **flags: object) -> None:
    """Check all that a session needs, and say what to do.

    A live session needs all of it; a rehearsal or `demo` needs no sound card. The exit code is 1
    if something that a rehearsal needs is broken.
    """
    faults: list[Finding] = click.get_current_context().meta[FAULTS]
    findings = [*faults, *checkup(options.choices(**flags))]
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
