"""`voicecoach replay`: a session played again from its log, with the rule behind each decision."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import click

from voicecoach import __version__
from voicecoach.app.decisions import Decision
from voicecoach.app.replay import Replayed, replay
from voicecoach.cli import options
from voicecoach.cli.places import ANY
from voicecoach.errors import CoachError


@click.command("replay")
@click.argument("log", type=ANY)
@click.option(
    "--rules-only", is_flag=True, help="Only the decisions that a safety rule stands for."
)
@options.as_json
def command(log: Path, rules_only: bool, as_json: bool) -> None:
    """Replay each session in an event log LOG, and explain it.

    `start`, `serve` and `rehearse` write a log with --events, and `demo` always does. The coach
    gets again what it was told and when, without any sound, and must write the same log: each line
    is compared. What is printed are its decisions: when, in which state, about what, where that
    led, the safety rules (`voicecoach rules`), and the part of the program that decided. The exit
    code is 1 if a replay differs from the log.
    """
    sessions = replay(log)
    if as_json:
        told = {"sessions": [_document(found, _chosen(found, rules_only)) for found in sessions]}
        click.echo(json.dumps(told, indent=2, ensure_ascii=False))
    else:
        for number, found in enumerate(sessions, start=1):
            if len(sessions) > 1:
                click.echo(f"Session {number} of {len(sessions)}:")
            click.echo("".join(f"{_line(one)}\n" for one in _chosen(found, rules_only)), nl=False)
            click.echo("".join(f"{line}\n" for line in _closing(found)), nl=False)
    for found in sessions:
        if found.difference:
            raise _differs(log, found)


def _chosen(found: Replayed, rules_only: bool) -> list[Decision]:
    return [one for one in found.decisions if one.rules or not rules_only]


def _line(one: Decision) -> str:
    minutes, tenths = divmod(round(one.t * 10), 600)
    went = "" if one.to == one.state else f" -> {one.to.replace('_', ' ')}"
    what = f"{one.state.replace('_', ' ')}: {one.cause}{went}"
    rules = f"{', '.join(one.rules)}: " if one.rules else ""
    return f"{minutes:2d}:{tenths / 10:04.1f}  {what}  [{rules}{one.step}]"


def _closing(found: Replayed) -> Iterator[str]:
    by = f"voicecoach {found.prepared.version}"
    if not found.ended and not found.difference:
        yield "The log ends before the session does: it was cut, as by a power cut."
    if not found.difference:
        yield f"All {found.lines} lines of the session are the same as {by} wrote them."


def _differs(log: Path, found: Replayed) -> CoachError:
    """Return the error that names the first difference."""
    assert found.difference
    at, version = found.difference, found.prepared.version
    what = f"The replay differs from the event log {log} in line {at.line}"
    why = f"In the log:  {at.logged}\nReplayed:    {at.replayed or '(nothing)'}"
    if version != __version__:
        step = f"Replay it by voicecoach {version}, which wrote it; this is {__version__}."
    else:
        step = "If no one has changed the file, this is a fault of voicecoach: please report it."
    return CoachError(what, why, step)


def _document(found: Replayed, chosen: list[Decision]) -> dict[str, object]:
    different = asdict(found.difference) if found.difference else None
    told = {"version": found.prepared.version, "lines": found.lines, "ended": found.ended}
    return {**told, "difference": different, "decisions": [asdict(one) for one in chosen]}
