"""`voicecoach doctor --sound`: the spoken sound check, and its figures in print."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path

import click

from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.scenario_rehearsal import DAY, load_scenario, rehearsed
from voicecoach.app.sound_check import SoundFigures, SoundStore, check_sound
from voicecoach.app.wiring import Choices, make_live, make_voice, recogniser_of, warn
from voicecoach.audio.sound_meter import TELEPHONE_HZ
from voicecoach.cli.layout import wrapped
from voicecoach.cli.screen import no_helper
from voicecoach.cli.transcript import Transcript
from voicecoach.dialog.sound_dialog import LOUDNESSES
from voicecoach.errors import DeclinedError
from voicecoach.paths import sound_check_file

NOT_SAFE = 1
"""Exit code where a soft "stop" would be missed too often, or none was heard."""


def spoken_check(choices: Choices, output: str, input_: str, scenario: Path | None) -> int:
    """Lead the check, print its figures, and keep them; return the exit code.

    Raises `DeclinedError` if it was left.
    """
    with ExitStack() as stack:
        made = make_voice(choices.voice, choices.rate, choices.language)
        voice = stack.enter_context(closing(made))
        show, say = Transcript(), choices.language.prompts
        if scenario:
            driver = rehearsed(stack, load_scenario(scenario), choices, recogniser_of(choices))
            figures, _ = check_sound(driver, voice, say, show, DAY)
        else:
            disk = stack.enter_context(DiskWriter(warn))
            live = stack.enter_context(closing(make_live(choices, output, input_, no_helper)))
            figures, _ = check_sound(live, voice, say, show, date.today())
            if figures:
                SoundStore(sound_check_file(), disk.post).keep(figures)
        show.flush()
    if figures is None:
        raise DeclinedError("The sound was not checked to its end", "", "Run it once more.")
    click.echo()
    for name, fact in report(figures):
        head = f"{name:16}"
        click.echo("\n".join(wrapped(head, fact)))
    return 0 if figures.recall and figures.safe else NOT_SAFE


def report(figures: SoundFigures) -> Iterator[tuple[str, str]]:
    """Yield each figure with its name."""
    delay = "no echo was heard" if figures.delay_ms is None else f"{figures.delay_ms:.0f} ms"
    yield "delay", delay
    echo = "not above the noise" if figures.echo is None else f"{figures.echo:.0f} dBFS"
    yield "echo", echo
    yield "noise", f"{figures.noise:.0f} dBFS"
    yield "clipping", f"{100 * figures.clipped:.2f} % of the samples"
    yield "clock skew", f"{figures.skew_ppm:.0f} ppm"
    yield "band", _band(figures.band_hz)
    if figures.soft is None:
        yield "soft stop", "none was heard"
        return
    yield "soft stop", f"{figures.soft:.0f} dBFS"
    for loudness, share, spare in zip(LOUDNESSES, figures.recall, figures.margins, strict=False):
        fact = f"{100 * share:.0f} of 100 obeyed, {spare:.0f} dB to spare"
        yield f"over me {loudness:+.0f} dB", fact


def _band(hertz: int | None) -> str:
    if hertz is None:
        return "not known: no echo was heard"
    if hertz <= TELEPHONE_HZ:
        return (
            f"up to {hertz} Hz, as a telephone: more words are missed (`voicecoach docs hearing`)"
        )
    return f"up to {hertz} Hz"
