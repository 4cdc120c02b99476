"""`voicecoach teach`: the user teaches the coach their voice, by voice."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import date
from pathlib import Path
from typing import Any

import click

from voicecoach.app.coach import Coach, Lesson
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.pipeline import Driver
from voicecoach.app.scenario_rehearsal import load_scenario, rehearsed
from voicecoach.app.voice_store import VoiceStore, forget_voice
from voicecoach.app.wiring import (
    Choices,
    embedding_measure,
    make_live,
    make_voice,
    recogniser_of,
    warn,
)
from voicecoach.cli import options
from voicecoach.cli.places import ANY
from voicecoach.cli.screen import no_helper
from voicecoach.cli.start import take_typed
from voicecoach.cli.tolerant import Tolerant
from voicecoach.cli.transcript import Transcript
from voicecoach.decision.taught import TaughtVoice
from voicecoach.dialog.lesson import lesson_of
from voicecoach.errors import ModelError
from voicecoach.paths import voice_file

NOTHING_TAUGHT = 1
"""Exit code where no word was said often enough."""


class Forgettable(Tolerant):
    """The command: what was taught can be deleted whatever the settings say."""

    def tolerates(self, args: Sequence[str]) -> bool:
        """Tell whether something is to be deleted."""
        return "--forget" in args


@click.command("teach", cls=Forgettable)
@click.option("--forget", is_flag=True, help="Delete what is kept of your voice.")
@click.option(
    "--scenario",
    type=ANY,
    help="Rehearse it in a simulated room, with a user from this file (TOML); nothing is kept.",
)
@options.output
@options.input_
@options.hearing
@click.pass_context
def command(
    ctx: click.Context,
    /,
    forget: bool,
    scenario: Path | None,
    output: str,
    input_: str,
    **flags: Any,
) -> None:
    """Teach the coach how you say the words that matter most.

    It takes two minutes: the coach asks for seven words, three times each, the third time softly.
    Your commands are then missed less often. What is kept is a row of numbers for each word, no
    sound; `voicecoach profile` says that it is there. Say "never mind" to leave a word out, and
    "end session" to end. Do it where you exercise, with the same microphone.

    The exit code is 1 if no word was said often enough.
    """
    if forget:
        gone = forget_voice(voice_file())
        click.echo("Your voice is forgotten." if gone else "Nothing is kept of your voice.")
        return
    choices = options.choices(**flags)
    measure = embedding_measure(choices)
    if not measure:
        why = "It gives no numbers by which words can be compared"
        raise ModelError("With this model no voice can be learned", why, "Leave --model out.")
    if scenario:
        taught = _rehearse(scenario, choices, measure)
    else:
        taught = _live(choices, measure, output, input_)
    for form in lesson_of(choices.language.phrasebook):
        takes = taught.forms[form].takes if form in taught.forms else 0
        click.echo(f"{form}: {takes} times" if takes else f"{form}: not learned")
    if not taught.forms:
        ctx.exit(NOTHING_TAUGHT)
    if not scenario:
        click.echo(f"\nThe numbers are kept in {voice_file()}.", err=True)


def _live(choices: Choices, measure: str, output: str, input_: str) -> TaughtVoice:
    with (
        DiskWriter(warn) as disk,
        closing(make_live(choices, output, input_, no_helper)) as live,
    ):
        keep = VoiceStore(voice_file(), date.today(), disk.post).keep
        take_typed(live)
        return _taught(live, choices, Lesson(measure, keep))


def _rehearse(path: Path, choices: Choices, measure: str) -> TaughtVoice:
    scenario = load_scenario(path)
    with ExitStack() as stack:
        driver = rehearsed(stack, scenario, choices, recogniser_of(choices))
        return _taught(driver, choices, Lesson(measure, lambda _: None))


def _taught(driver: Driver, choices: Choices, lesson: Lesson) -> TaughtVoice:
    show = Transcript()
    with closing(make_voice(choices.voice, choices.rate, choices.language)) as voice:
        coach = Coach(driver, voice, choices.language, date.today(), show)
        try:
            return coach.teach(lesson)
        finally:
            show.flush()
