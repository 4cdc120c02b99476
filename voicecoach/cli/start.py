"""`voicecoach start`: a live session on a sound card."""

from __future__ import annotations

import sys
from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import click

from voicecoach.alerts.helper_command import helper_hook
from voicecoach.app.before import after, care, declined_error, suited
from voicecoach.app.profile_store import load_profile, require_place, save_profile
from voicecoach.app.routine_library import find_routine, load_routine
from voicecoach.app.wiring import Choices, make_plan, make_session, recogniser_maker
from voicecoach.cli import options
from voicecoach.cli.eventlog import require_folder, write_events
from voicecoach.cli.progress import Bar
from voicecoach.cli.speaking import Stand, answered
from voicecoach.cli.transcript import Conversation
from voicecoach.paths import profile_file
from voicecoach.routine.model import Routine
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.verdicts import Adapted, Declined


@click.command("start")
@options.routine
@options.ears
@options.output
@options.input_
@options.helper_command
@options.helper_url
@click.option(
    "--events",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the event log here (JSON lines).",
)
@options.hearing
def command(
    routine: str,
    ears: str,
    output: str,
    input_: str,
    helper_command: str,
    helper_url: str,
    events: Path | None,
    **flags: Any,
) -> None:
    """Lead ROUTINE live: speak through the loudspeaker, listen to the microphone.

    ROUTINE is a name from `voicecoach routines` or a file. Lie down first; everything else goes
    by voice. First come the questions about your health that are due; your answers leave out what
    is not for you, or the whole session (exit code 8). Ctrl-C ends it. No sound is ever stored.
    """
    choices = options.choices(**flags)
    if events:
        require_folder(events)
    loaded = load_routine(find_routine(routine), choices.language)
    path, today = profile_file(), date.today()
    profile = load_profile(path)
    require_place(path)
    hook = helper_hook(helper_command, lambda text: click.echo(text, err=True), helper_url)
    typed = ears == "typed"
    hear = recogniser_maker(sys.stdin if typed else None, choices.model, choices.language)
    with Bar("Rendering the voice") as bar:
        make_plan(loaded, choices, bar)  # before anybody lies down; the adapted one takes a moment
    stand = Stand(choices, hear, output, None if typed else input_, hook)
    profile = answered(stand, Screening.start(profile, today, choices.language), path)
    adapted = suited(loaded, profile, today, choices.language)
    if isinstance(adapted, Declined):
        stand.talker.refuse(adapted)
        raise declined_error(adapted)
    _lead(stand, adapted, profile, choices, path, events)


def _lead(
    stand: Stand,
    adapted: Adapted,
    profile: Profile,
    choices: Choices,
    path: Path,
    events: Path | None,
) -> None:
    """Lead the session; what it brought is remembered, however it ends."""
    known = care(adapted, profile)
    plan, clips = make_plan(adapted.routine, choices, None, known)
    session = make_session(plan, choices, known)
    log: deque[dict[str, object]] = deque()
    show = Conversation()

    def note(event: dict[str, object]) -> None:
        log.append(event)
        show(event)

    try:
        stand.drive(session, clips, note)
    finally:
        show.flush()
        save_profile(path, after(profile, session.result, date.today()))
        if log:
            _summary(adapted.routine, log)
        if events:
            write_events(events, sorted(log, key=lambda event: float(str(event["t"]))))


def _summary(routine: Routine, log: deque[dict[str, object]]) -> None:
    ended = [e for e in log if e["kind"] == "exercise_finished"]
    done = sum(e["outcome"] == "done" for e in ended)
    minutes = float(str(log[-1]["t"])) / 60 if log else 0.0
    click.echo(
        f"{routine.name}: {done} of {len(routine.exercises)} exercises done, {minutes:.1f} minutes."
    )
