"""`voicecoach say`: listen to the voice."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from voicecoach.app.live import play_once
from voicecoach.app.wiring import make_card, make_voice
from voicecoach.cli import options
from voicecoach.cli.places import OUT, TEXT
from voicecoach.language.loader import REFERENCE
from voicecoach.recording.contents import Recording
from voicecoach.recording.write import ENDINGS, require_format, write_recording


@click.command("say")
@click.argument("text", type=TEXT)
@click.option(
    "--out",
    type=OUT,
    help=f"Write a file instead of playing it; its name ends in {', '.join(ENDINGS)}.",
)
@options.output
@options.voiced
def command(text: str, out: Path | None, output: str, voice: str, rate: int) -> None:
    """Speak TEXT with the coach's voice, aloud or into a file."""
    if not text.strip():
        raise click.UsageError("There is nothing to say. Write a text in quotes.")
    if out:
        require_format(out)
    card = None if out else make_card(output, None)
    with closing(make_voice(voice, rate)) as speaker:
        clip = speaker.render([text])[text]
    if out:
        spoken = Recording(text, "", REFERENCE, clip.samples, chapters=(), lines=())
        write_recording(out, spoken, lambda _done, _of: None)
        click.echo(f"{out}: {clip.length / 1000:.2f} s")
        return
    assert card
    play_once(clip, card)
