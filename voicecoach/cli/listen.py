"""`voicecoach listen`: what is recognised in recordings, or from the microphone."""

from __future__ import annotations

import json
from pathlib import Path

import click

from voicecoach.app.recognise import Line, Recognition, from_file, from_microphone, live_in
from voicecoach.app.wiring import make_card, make_recogniser
from voicecoach.cli import options
from voicecoach.cli.places import ANY, TEXT
from voicecoach.dialog.states import State
from voicecoach.errors import InputError, did_you_mean
from voicecoach.language.model import Language


@click.command("listen")
@click.argument("files", nargs=-1, type=ANY)
@click.option("--mic", is_flag=True, help="Listen to the microphone until Ctrl-C.")
@click.option("--state", type=TEXT, help="Only the phrases live in this state, such as counting.")
@options.as_json
@options.input_
@options.language
@options.model
@options.verifier
def command(
    files: tuple[Path, ...],
    mic: bool,
    state: str | None,
    as_json: bool,
    input_: str,
    language: Language,
    model: Path | None,
    verifier: str,
) -> None:
    """Print the commands that are recognised in recordings.

    FILES are streamed to the recogniser as if live, and each command that is accepted is printed.
    All phrases are live unless --state names a state of a session or of the menu. A line begins
    with the second of the sound at which the words ended. With --json a line is an object with
    file, command, text, start, end and decided (seconds in the sound of the file). With --mic, what
    is refused is printed too, with the reason.
    """
    if files and mic:
        raise click.UsageError("Name recordings or use --mic, not both.")
    if not files and not mic:
        raise click.UsageError("Name recordings, or use --mic.")
    recogniser = make_recogniser(model, language, verifier)
    recognition = Recognition(recogniser, language.phrasebook, _state(state))
    if mic:
        for line in from_microphone(recognition, make_card("", input_), _listening):
            _show(line, as_json, refusals=True)
    if len(files) == 1:
        _recognise(recognition, files[0], as_json)
        return
    bad = [path for path in files if not _recognised(recognition, path, as_json)]
    if bad:
        raise InputError(f"{len(bad)} of {len(files)} recordings could not be read")


def _recognise(recognition: Recognition, path: Path, as_json: bool) -> None:
    """Print what is recognised in a recording. Raises `InputError`."""
    heard = False
    for line in from_file(recognition, path):
        _show(line, as_json, refusals=False)
        heard = heard or not line["why"]
    if not heard:
        click.echo(f"No command was heard in {path}.", err=True)


def _recognised(recognition: Recognition, path: Path, as_json: bool) -> bool:
    """Print what is recognised in a recording; report one that cannot be read, and return False."""
    try:
        _recognise(recognition, path, as_json)
    except InputError as error:
        click.secho(error.in_one_line, err=True, fg="red")
        return False
    return True


def _listening() -> None:
    click.echo("Listening. Ctrl-C ends.", err=True)


def _state(name: str | None) -> State | None:
    if name is None:
        return None
    known = [state.value for state in State if live_in(state)]
    if name not in known:
        why = did_you_mean(name, known) or f"The states are: {', '.join(known)}"
        raise InputError(f"There is no state '{name}'", why, "")
    return State(name)


def _show(line: Line, as_json: bool, refusals: bool) -> None:
    if line["why"] and not refusals:
        return
    if as_json:
        click.echo(json.dumps({key: value for key, value in line.items() if value is not None}))
    elif line["why"]:
        click.echo(f"{line['end']:8.2f}  refused “{line['text']}”: {line['why']}")
    else:
        click.echo(
            f"{line['end']:8.2f}  {line['command']:14} “{line['text']}”  {line['file'] or ''}"
        )
