"""`voicecoach screen`: the questions before a session, typed or spoken."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from functools import partial
from typing import Any

import click

from voicecoach.app.changes import Keep, forget
from voicecoach.app.coach import Coach
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.no_session import AGAIN, unanswered_error
from voicecoach.app.profile_store import ProfileStore, load_profile, require_place
from voicecoach.app.routine_library import readable_routines, shipped_exercises
from voicecoach.app.wiring import Choices, make_live, make_voice, warn
from voicecoach.cli import options
from voicecoach.cli.transcript import Transcript
from voicecoach.cli.typed import read_line
from voicecoach.errors import DeclinedError
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Command, Phrasebook
from voicecoach.paths import profile_file
from voicecoach.ports import Reached
from voicecoach.screening.outlook import open_to, outlook
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import REPLIES, Reply, Screening, intro
from voicecoach.screening.summary import allows, meaning

SHORT = {"y": Reply.YES, "n": Reply.NO, "?": Reply.NOT_SURE}
"""What may be typed besides the words that may be said."""

SHOWN = (Command.YES, Command.NO, Command.NOT_SURE, Command.REPEAT)
"""What the prompt names, in the words of the language."""


@click.command("screen")
@click.option("--today", "only_due", is_flag=True, help="Ask only what is due today.")
@click.option("--spoken", is_flag=True, help="Ask aloud, and listen for the answers.")
@options.output
@options.input_
@options.hearing
@click.pass_context
def command(
    ctx: click.Context, /, only_due: bool, spoken: bool, output: str, input_: str, **flags: Any
) -> None:
    """Answer the questions about your health.

    They decide what a routine leaves out. There are about sixteen short questions, and more after
    some answers. Answer yes, no or not sure; "repeat" shows a question again. At the end you learn
    which routines are open to you. Each answer is kept as soon as you give it, in your profile (see
    `voicecoach profile`) and nowhere else. Ctrl-C stops the questions; the others are asked next
    time. The exit code is 8 if your answers allow no session today, or if the input ends before the
    last one.
    """
    choices = options.choices(**flags)
    language = choices.language
    path, today = profile_file(), date.today()
    require_place(path)
    profile = load_profile(path)
    if spoken:
        profile = _spoken(profile, not only_due, output, input_, choices)
    else:
        screening = Screening.start(profile, today, everything=not only_due)
        store = ProfileStore(path, profile, lambda store: store.write())
        profile = ask_typed(screening, language, store.keep)
    click.echo()
    for sentence in meaning(profile, today, language.prompts, open_routines(profile, language)):
        click.echo(sentence)
    click.echo(f"\nYour answers are kept in {path}.", err=True)
    if not allows(profile, today, language.prompts):
        ctx.exit(DeclinedError.exit_code)


def open_routines(profile: Profile, language: Language) -> tuple[str, ...]:
    """Return sentences that tell which routines are open to the user today."""
    shelf = readable_routines(language)
    library = shipped_exercises(language)
    left = open_to(profile, date.today(), language, shelf, library)
    return outlook(left, shelf, language.prompts)


def no_helper(_why: str) -> Reached:
    """The questions alone call no helper: the user does not lie on the floor yet."""
    return lambda: False


def _spoken(
    profile: Profile, everything: bool, output: str, input_: str, choices: Choices
) -> Profile:
    """Ask aloud, and say why there is no session if so; return the profile, which is kept."""
    show = Transcript()
    with (
        DiskWriter(warn) as disk,
        closing(make_live(choices, output, input_, no_helper)) as live,
        closing(make_voice(choices.voice, choices.rate, choices.language)) as voice,
    ):
        keep = ProfileStore(profile_file(), profile, disk.post).keep
        language = choices.language
        coach = Coach(
            live,
            voice,
            language,
            date.today(),
            show,
            keep,
            library=shipped_exercises(language),
            shelf=partial(readable_routines, language),
        )
        try:
            answered = coach.screen(profile, everything)
            coach.explain(answered)
            return answered
        finally:
            show.flush()


def ask_typed(screening: Screening, language: Language, keep: Keep = forget) -> Profile:
    """Put the questions on the terminal; answers are words of `language`. Return the profile.

    What is known after each answer goes to `keep`. Raises `DeclinedError` if the input ends before
    the last answer.
    """
    if before := intro(screening, language.prompts):
        click.echo(before)
    while screening.current:
        click.echo(f"\n{language.prompts.screen[screening.key]}")
        screening = screening.answer(_reply(language.phrasebook))
        keep(screening.so_far)
    click.echo(f"\n{language.prompts.screen['thanks']}")
    assert screening.outcome is not None
    return screening.outcome


def _reply(book: Phrasebook) -> Reply:
    """Return the next line that is a reply. Raises `DeclinedError` at the end of the input."""
    shown = ", ".join(map(book.first, SHOWN))
    while True:
        text = read_line(f"{shown}> ")
        if text is None:
            raise unanswered_error("unanswered", AGAIN)
        understood = book.meaning(text)
        reply = SHORT.get(text.strip().lower())
        if understood and understood.command in REPLIES:
            reply = REPLIES[understood.command]
        if reply:
            return reply
        click.echo(f"Please answer one of: {shown}.")
