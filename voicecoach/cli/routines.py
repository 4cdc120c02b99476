"""`voicecoach routines`: list the routines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from voicecoach.app.routine_library import load_routine, replaced, routine_files
from voicecoach.cli import options
from voicecoach.cli.layout import wrapped
from voicecoach.cli.tolerant import Tolerant
from voicecoach.errors import InputError
from voicecoach.language.model import Language
from voicecoach.routine.evidence import Tag, write_evidence
from voicecoach.routine.model import Routine

INDENT = " " * 4
LABELS = {
    Tag.FAVOURED: "favoured by trials",
    Tag.SUPPORTED: "supported by trials",
    Tag.MIXED: "mixed",
    Tag.INDIRECT: "indirect",
    Tag.NO_BETTER: "not better in trials",
    Tag.UNTESTED: "no trial known",
}
"""The tags of docs/routine-format.md for the reader."""


@click.command("routines", cls=Tolerant)
@click.option("--evidence", is_flag=True, help="Print what studies say about each.")
@options.language
@options.as_json
def command(evidence: bool, language: Language, as_json: bool) -> None:
    """List the routines by name: those shipped, and your own.

    Your own are .yaml files in ~/.local/share/voicecoach/routines. A file with problems is
    reported and not listed.
    """
    routines = dict(_readable(routine_files(), language))
    if as_json:
        rows = [_row(routine) for routine in routines.values()]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for name, routine in routines.items():
        click.secho(name, bold=True)
        texts = [f"{routine.name}. {routine.summary}"]
        texts.append(f"You need: {', '.join(routine.equipment) or 'nothing'}.")
        if replaced(name):
            texts.insert(0, "Your own; it replaces the one of that name that is included.")
        if evidence:
            texts.append(evidence_line(routine))
        click.echo("\n".join(line for text in texts for line in wrapped(INDENT, text)))


def evidence_line(routine: Routine) -> str:
    """Return what studies say about the routine's kind of exercise, for the reader."""
    known = routine.evidence
    if known is None:
        return "Evidence: the file does not say."
    cited = [study for study in known.studies if study not in known.note]
    studies = f" ({'; '.join(cited)})" if cited else ""
    return f"Evidence: {LABELS[known.tag]}. {known.note}{studies}"


def _row(routine: Routine) -> dict[str, object]:
    known = routine.evidence
    return {
        "id": routine.id,
        "name": routine.name,
        "summary": routine.summary,
        "evidence": known and write_evidence(known),
    }


def _readable(files: Mapping[str, Path], language: Language) -> Iterator[tuple[str, Routine]]:
    for name, path in files.items():
        try:
            yield name, load_routine(path, language)
        except InputError:
            click.secho(f"{path} has problems: voicecoach check {name}", err=True, fg="red")
