"""`voicecoach voices`: list the voices, hear a sample of each, and prepare what they will say."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import Any

import click

from voicecoach.app.output_file import require_files
from voicecoach.app.prepare import render_all
from voicecoach.app.wiring import (
    AUTO,
    COACH,
    NATURAL,
    make_voice,
    resolve,
    speech_folder,
    transcriber,
)
from voicecoach.audio.wav import write_wav
from voicecoach.cli import options
from voicecoach.cli.places import FOLDER
from voicecoach.cli.progress import Bar
from voicecoach.cli.tolerant import TolerantList
from voicecoach.extras import install
from voicecoach.language.model import Language

NICENESS = 10
"""Preparing is work for the background."""

KEPT = "What was rendered is kept. The same command goes on from there."


@click.group("voices", cls=TolerantList, invoke_without_command=True)
@options.language
@click.pass_context
def command(ctx: click.Context, language: Language) -> None:
    """List the voices of the coach, and which of them are installed.

    Names of espeak-ng's voices, such as "en-gb-x-rp+f3", may be given to --voice, too.
    """
    if ctx.invoked_subcommand is not None:
        return
    chosen = resolve(AUTO, language.code)
    for name, engine in NATURAL.items():
        _list(name, engine.about, engine.installed(), install(engine.extra))
    _list(COACH, "espeak-ng's voice: clear, but a machine's; it needs no extra", True, "")
    click.echo(f"\n--voice auto, the default, is '{chosen}' here. Speech is kept in")
    click.echo(f"{speech_folder()}; copied to another computer, it need not be rendered there.")
    if chosen in NATURAL and transcriber() is None:
        click.echo(f"\n{_unread()}")


def _unread() -> str:
    return (
        "Without the extra `whisper`, clips are proved by their length alone; with it they are "
        f"read back: {install('whisper')}"
    )


def _list(name: str, about: str, installed: bool, step: str) -> None:
    state = "" if installed else f" (not installed: {step})"
    click.echo(f"{click.style(f'{name:10}', bold=installed)} {about}{state}")


@command.command("samples")
@click.argument("folder", type=FOLDER)
@options.language
@options.rate
def samples(folder: Path, language: Language, rate: int) -> None:
    """Write a WAV file of each voice that is installed into FOLDER."""
    line = language.prompts.say("settle_ready")
    names = [*(name for name, engine in NATURAL.items() if engine.installed()), COACH]
    files = require_files(folder, (f"{name}.wav" for name in names))
    for name, file in zip(names, files, strict=True):
        with closing(make_voice(name, rate, language)) as voice:
            clip = voice.render([line])[line]
        write_wav(file, clip.samples)
        click.echo(f"{file}: {clip.length / 1000:.2f} s")


@command.command("render")
@options.language
@options.voiced
def render(**flags: Any) -> None:
    """Render all that the coach can say in any routine.

    Sessions then begin at once. Run it overnight on a slow computer. It works in the background of
    other programs, may be interrupted, and goes on where it was. What a natural voice fails to say
    clearly is named.
    """
    choices = options.choices(**flags)
    os.nice(NICENESS)
    if resolve(choices.voice, choices.language.code) in NATURAL and transcriber() is None:
        click.echo(_unread(), err=True)
    try:
        with Bar("Rendering") as bar:
            name = render_all(choices, bar)
    except KeyboardInterrupt:
        click.echo(f"\n{KEPT}", err=True)
        raise
    click.echo(f"All lines of '{name}' at {choices.rate} words a minute are in {speech_folder()}.")
