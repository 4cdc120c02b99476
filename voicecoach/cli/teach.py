"""`voicecoach teach`: the user teaches the coach their voice, by voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import click

from voicecoach.app.coach import Coach
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.lesson import Lesson
from voicecoach.app.pipeline import Driver
from voicecoach.app.scenario_rehearsal import load_scenario, rehearsed
from voicecoach.app.voice_store import VoiceStore, forget_voice
from voicecoach.app.wiring import (
    Choices,
    embedding_measure,
    known_voice,
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
from voicecoach.decision.taught import STRANGER, TaughtVoice
from voicecoach.dialog.lesson import lesson_of
from voicecoach.errors import CoachError, ModelError
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
    before = STRANGER if scenario else known_voice(choices, voice_file())
    told = _Learned(choices, before if before.forms else TaughtVoice(measure))
    place = None if scenario else voice_file()
    with told.shown(place):
        if scenario:
            _rehearse(scenario, choices, told)
        else:
            _live(choices, told, output, input_)
    if not told.new:
        ctx.exit(NOTHING_TAUGHT)


class _Learned:
    """What is known of the voice, and what of it is new."""

    def __init__(self, choices: Choices, before: TaughtVoice) -> None:
        self._choices, self.before = choices, before
        self.voice = before

    def take(self, voice: TaughtVoice) -> None:
        """Take what is known now."""
        self.voice = voice

    @property
    def new(self) -> list[str]:
        """The forms that were learned in this lesson."""
        before = self.before.forms
        return [form for form, of in self.voice.forms.items() if before.get(form) is not of]

    @contextmanager
    def shown(self, kept_in: Path | None) -> Iterator[None]:
        """Print it after the lesson; after one that was broken off, what is new, if anything is."""
        try:
            yield
        except (KeyboardInterrupt, CoachError):  # what is complete is kept
            if self.new:
                self.show(kept_in)
            raise
        self.show(kept_in)

    def show(self, kept_in: Path | None) -> None:
        """Print it for each form of the lesson."""
        new = self.new
        for form in lesson_of(self._choices.language.phrasebook):
            if form in new:
                click.echo(f"{form}: learned from {self.voice.forms[form].takes} times")
            else:
                known = form in self.voice.forms
                click.echo(f"{form}: not learned{'; known from before' if known else ''}")
        if new and kept_in:
            click.echo(f"\nThe numbers are kept in {kept_in}.", err=True)


def _live(choices: Choices, told: _Learned, output: str, input_: str) -> None:
    with (
        DiskWriter(warn) as disk,
        closing(make_live(choices, output, input_, no_helper)) as live,
    ):
        store = VoiceStore(voice_file(), date.today(), disk.post)
        take_typed(live)
        _teach(live, choices, told, store.keep)


def _rehearse(path: Path, choices: Choices, told: _Learned) -> None:
    scenario = load_scenario(path)
    with ExitStack() as stack:
        driver = rehearsed(stack, scenario, choices, recogniser_of(choices))
        _teach(driver, choices, told, lambda _: None)


def _teach(
    driver: Driver, choices: Choices, told: _Learned, keep: Callable[[TaughtVoice], None]
) -> None:
    def learn(voice: TaughtVoice) -> None:
        told.take(voice)
        keep(voice)

    show = Transcript()
    lesson = Lesson(told.before.measure, learn, told.before)
    with closing(make_voice(choices.voice, choices.rate, choices.language)) as voice:
        coach = Coach(driver, voice, choices.language, date.today(), show)
        try:
            coach.teach(lesson)
        finally:
            show.flush()
