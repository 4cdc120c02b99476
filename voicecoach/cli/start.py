"""`voicecoach start`: a live session on a sound card."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import click

from voicecoach.app.changes import Keep
from voicecoach.app.coach import Coach
from voicecoach.app.conductor import Log
from voicecoach.app.disk_writer import DiskWriter
from voicecoach.app.fitted import Wanted, library_of
from voicecoach.app.lesson import Lesson
from voicecoach.app.live import Live
from voicecoach.app.log_file import LogStore
from voicecoach.app.no_session import with_refusal
from voicecoach.app.profile_store import ProfileStore, load_profile, require_place
from voicecoach.app.routine_library import readable_routines
from voicecoach.app.service_wiring import make_door
from voicecoach.app.taste_store import TasteStore
from voicecoach.app.unfinished import Keeper, UnfinishedStore, Unkept
from voicecoach.app.voice_store import VoiceStore
from voicecoach.app.wiring import (
    TALKS,
    Choices,
    embedding_measure,
    helper_hook,
    make_live,
    make_voice,
    read_lines,
    warn,
)
from voicecoach.cli import options
from voicecoach.cli.places import LOG
from voicecoach.cli.progress import Bar
from voicecoach.cli.strained import warn_of
from voicecoach.cli.transcript import Transcript
from voicecoach.errors import CoachError, DeviceError
from voicecoach.eventlog.fields import Source
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.eventlog.kinds import Event, ExerciseFinished
from voicecoach.history.past import Past
from voicecoach.language.model import Language
from voicecoach.paths import (
    history_file,
    profile_file,
    taste_file,
    unfinished_file,
    voice_file,
)
from voicecoach.routine.model import Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.profile import Profile
from voicecoach.screening.summary import refusal_today
from voicecoach.store.reading import read_history
from voicecoach.store.session_store import SessionStore, beginning
from voicecoach.units import Ms, seconds


@click.command("start")
@options.fitted
@options.microphone
@options.ears
@options.output
@options.input_
@options.helper_command
@options.helper_url
@options.mqtt
@options.history
@click.option(
    "--events",
    type=LOG,
    help="Write the event log here (JSON lines).",
)
@options.sounding
@options.hearing
def command(
    routine: str | None,
    microphone: bool,
    ears: str,
    output: str,
    input_: str,
    helper_command: str,
    helper_url: str,
    events: Path | None,
    **flags: Any,
) -> None:
    """Lead ROUTINE live, on the loudspeaker and the microphone.

    ROUTINE is a name from `voicecoach routines` or a file; or --minutes says how much time you
    have, and a session is fitted to it. Lie down first; everything else works by voice, and every
    command can be typed as well. The coach begins with the questions about your health that are
    due. Your answers decide what is left out, or that there is no session (exit code 8). What you
    tell and do is kept at once; Ctrl-C ends the session and loses nothing; after a power cut you
    are asked whether to go on. No sound is stored.
    """
    way, choices = options.way(flags), options.choices(**flags)
    loaded, profile, language = options.wanted(routine, **flags), _profile(), choices.language
    hook = helper_hook(helper_command, partial(click.echo, err=True), helper_url)
    heard_by = input_ if microphone and ears == "voice" else None
    with (
        _told_of_refusal(loaded, profile, language),
        DiskWriter(warn) as disk,
        DiskWriter(warn) as log_disk,  # a pipe without a reader does not hold up the other
        closing(make_live(choices, output, heard_by, hook)) as live,
        closing(make_voice(choices.voice, choices.rate, choices.language)) as voice,
        make_door(live, language.phrasebook, way) as door,
    ):
        keep, keeper = _keeping(live, profile, disk), _keeper(choices, disk)
        log = _SessionLog(_log(events, log_disk), _kept(choices, disk, keeper), door)
        helper, today = bool(helper_command or helper_url), date.today()
        others = library_of(loaded, language), helper, partial(readable_routines, language)
        past = log.note_time, _past(choices), first_lesson(choices, heard_by, today, disk)
        given = log, keep, TALKS[choices.talk], *others, *past, keeper
        coach = Coach(live, voice, language, today, *given)
        _lead(coach, loaded, profile, log, live)


def _profile() -> Profile:
    """Return the profile, which can be kept."""
    profile = load_profile(profile_file())
    require_place(profile_file())
    return profile


def _log(events: Path | None, disk: DiskWriter) -> LogStore | None:
    return LogStore(events, disk.post) if events else None


def _keeping(live: Live, profile: Profile, disk: DiskWriter) -> Keep:
    """Let the loudness be kept, and return what keeps the profile."""
    live.keep_taste(TasteStore(taste_file(), disk.post).keep)
    return ProfileStore(profile_file(), profile, disk.post).keep


def _kept(choices: Choices, disk: DiskWriter, keeper: Keeper) -> SessionStore | None:
    """Return what keeps the history, unless the user wants none."""
    if choices.history == "none":
        return None
    return SessionStore(history_file(), beginning(choices.talk), disk.post, keeper.told)


def _keeper(choices: Choices, disk: DiskWriter) -> Keeper:
    """Return what keeps the session that is led, unless the user wants no history."""
    kept = choices.history == "keep"
    return UnfinishedStore(unfinished_file(), disk.post) if kept else Unkept()


def _past(choices: Choices) -> list[Past]:
    """Return the earlier sessions; none where no history is wanted, or the file is damaged."""
    try:
        return read_history(history_file()) if choices.history == "keep" else []
    except CoachError as error:
        warn(error)
        return []


def first_lesson(
    choices: Choices, heard_by: str | None, today: date, disk: DiskWriter
) -> Lesson | None:
    """Return what is needed to be taught the user's voice; None if they were asked before, nothing
    is heard, or nothing can be learned with what is in use.
    """
    if heard_by is None:
        return None
    measure, path = embedding_measure(choices), voice_file()
    if not measure or path.exists():
        return None
    return Lesson(measure, VoiceStore(path, today, disk.post).keep)


def _prepare(coach: Coach, routine: Routine | Wanted, profile: Profile, live: Live) -> None:
    """Render what may be said, and warn of what `check` would refuse with this voice; then take
    what is typed.
    """
    with Bar("Rendering the voice") as bar:
        coach.prepare(routine, profile, bar)
    if not isinstance(routine, Wanted):
        warn_of(routine.path, coach.strains(routine))
    take_typed(live)


@contextmanager
def _told_of_refusal(
    routine: Routine | Wanted, profile: Profile, language: Language
) -> Iterator[None]:
    """Add to the error of a device that the user's answers allow no session, where they do not."""
    try:
        yield
    except DeviceError as error:
        today = date.today()
        if isinstance(routine, Wanted):
            raise with_refusal(error, refusal_today(profile, today, language.prompts)) from error
        raise with_refusal(error, adapt(routine, profile, today, language)) from error


def _lead(
    coach: Coach, routine: Routine | Wanted, profile: Profile, log: _SessionLog, live: Live
) -> None:
    """Lead the session, and print what was done of it, however it ends."""
    _prepare(coach, routine, profile, live)
    try:
        if coach.go_on(profile) is None:
            coach.start(routine, profile)
    finally:
        log.close(coach.routine)
    log.require_shown()


def take_typed(live: Live) -> None:
    """Let every line of standard input be a command, besides what is heard."""
    if sys.stdin:
        read_lines(sys.stdin, partial(live.inject, source=Source.KEYBOARD))


class _SessionLog:
    """Prints all that happens, and hands what happens in the session to `store` and `history`.

    An output that is closed or full does not end a session: the user lies on the floor.
    """

    def __init__(self, store: LogStore | None, history: SessionStore | None, door: Log) -> None:
        self._store, self._history, self._door = store, history, door
        self._show = Transcript()
        self._broken: OSError | None = None
        self._events: list[Event] = []

    def __call__(self, event: Event) -> None:
        """Take the next event."""
        if self._events or isinstance(event, SessionPrepared):
            self._events.append(event)
            if self._history:
                self._history(event)
            if self._store:
                self._store(event)
        self._door(event)
        try:
            if not self._broken:
                self._show(event)
        except OSError as error:
            self._broken = error

    def note_time(self, now: Ms) -> None:
        """Take the time of the session."""
        if self._history:
            self._history.at(seconds(now))

    def close(self, routine: Routine | None) -> None:
        """Print what was done of `routine`; nothing without a session."""
        if self._broken:
            return
        self._show.flush()
        if not routine or not self._events:
            return
        ended = [event for event in self._events if isinstance(event, ExerciseFinished)]
        done, of = sum(event.outcome == "done" for event in ended), len(routine.exercises)
        minutes = self._events[-1].t / 60
        click.echo(f"{routine.name}: {done} of {of} exercises done, {minutes:.1f} minutes.")

    def require_shown(self) -> None:
        """Raise `OSError` if the output could not be written."""
        if self._broken:
            raise self._broken
