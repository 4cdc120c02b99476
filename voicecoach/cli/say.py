"""`voicecoach say`: listen to the voice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from voicecoach.app.live import play_once
from voicecoach.app.wiring import make_card, make_voice
from voicecoach.audio.wav import write_wav
from voicecoach.cli import options


@click.command("say")
@click.argument("text")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a WAV file instead of playing it.",
)
@options.output
@options.voiced
def command(text: str, out: Path | None, output: str, voice: str, rate: int) -> None:
    """Speak TEXT with the coach's voice, aloud or into a file."""
    if not text.strip():
        raise click.UsageError("There is nothing to say. Write a text in quotes.")
    with closing(make_voice(voice, rate)) as speaker:
        clip = speaker.render([text])[text]
    if out:
        write_wav(out, clip.samples)
        click.echo(f"{out}: {clip.length / 1000:.2f} s")
        return
    play_once(clip, make_card(output, None))
