"""`voicecoach start`: a live session on a sound card."""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from voicecoach.app.coach import Coach
from voicecoach.app.profile_store import load_profile, require_place, save_profile
from voicecoach.app.routine_library import find_routine, load_routine, shared_exercises
from voicecoach.app.wiring import TALKS, helper_hook, make_live, make_voice, read_lines
from voicecoach.cli import options
from voicecoach.cli.eventlog import require_folder, write_events
from voicecoach.cli.progress import Bar
from voicecoach.cli.transcript import Conversation
from voicecoach.cli.untyped import plain
from voicecoach.eventlog.kinds import Event, ExerciseFinished, SessionStarted, Source
from voicecoach.paths import profile_file
from voicecoach.routine.model import Routine


@click.command("start")
@options.routine
@options.microphone
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
    microphone: bool,
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
    by voice, and whatever may be said may be typed. First come the questions about your health
    that are due; your answers leave out what is not for you, or the whole session (exit code 8).
    Ctrl-C ends it. No sound is ever stored.
    """
    choices = options.choices(**flags)
    if events:
        require_folder(events)
    loaded = load_routine(find_routine(routine))
    path = profile_file()
    profile = load_profile(path)
    require_place(path)
    hook = helper_hook(helper_command, partial(click.echo, err=True), helper_url)
    heard_by = input_ if microphone and ears == "voice" else None
    log = _SessionLog()
    with (
        closing(make_live(choices, output, heard_by, hook)) as live,
        closing(make_voice(choices.voice, choices.rate)) as voice,
    ):
        keep = partial(save_profile, path)
        talk, library = TALKS[choices.talk], shared_exercises(loaded)
        coach = Coach(live, voice, date.today(), log, keep, talk, library)
        with Bar("Rendering the voice") as bar:
            coach.prepare(loaded, bar)
        if sys.stdin:
            read_lines(sys.stdin, partial(live.inject, source=Source.KEYBOARD))
        try:
            coach.start(loaded, profile)
        finally:
            log.close(coach.routine, events)


class _SessionLog:
    """Prints all that happens, and keeps what happens in the session."""

    def __init__(self) -> None:
        self._show = Conversation()
        self._events: list[Event] = []

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        self._show(plain(event))
        if self._events or isinstance(event, SessionStarted):
            self._events.append(event)

    def close(self, routine: Routine | None, path: Path | None) -> None:
        """Print what was done of `routine`, and write the log; nothing without a session."""
        self._show.flush()
        if not routine or not self._events:
            return
        ended = [event for event in self._events if isinstance(event, ExerciseFinished)]
        done, of = sum(event.outcome == "done" for event in ended), len(routine.exercises)
        minutes = self._events[-1].t / 60
        click.echo(f"{routine.name}: {done} of {of} exercises done, {minutes:.1f} minutes.")
        if path:
            write_events(path, map(plain, sorted(self._events, key=lambda event: event.t)))
