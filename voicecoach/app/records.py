"""What a coach that is always on keeps: profile, history, taught voice; read again each day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from voicecoach.app.disk_writer import Store
from voicecoach.app.lesson import Lesson
from voicecoach.app.mixes import is_mix, mixes_dir, write_mix
from voicecoach.app.profile_store import ProfileStore, load_profile
from voicecoach.app.reminder_store import load_reminder, save_reminder
from voicecoach.app.sound_check import SoundFigures, SoundStore, load_sound
from voicecoach.app.unfinished import Keeper, UnfinishedStore, Unkept
from voicecoach.app.voice_store import VoiceStore
from voicecoach.app.wiring import warn
from voicecoach.errors import CoachError, PlaceError
from voicecoach.eventlog.kinds import Event, SessionFinished, SessionRestored, SessionStarted
from voicecoach.history.past import Past
from voicecoach.language.model import Language
from voicecoach.paths import (
    history_file,
    profile_file,
    reminder_file,
    sound_check_file,
    unfinished_file,
    voice_file,
)
from voicecoach.reminders.reminder import Reminder
from voicecoach.routine.model import Routine
from voicecoach.screening.profile import Profile
from voicecoach.store.reading import read_history
from voicecoach.store.session_store import Begin, SessionStore
from voicecoach.units import Ms, seconds


@dataclass(frozen=True, slots=True)
class Places:
    """The files of a user."""

    profile: Path
    history: Path | None
    """None keeps no history."""
    voice: Path
    sound: Path
    reminder: Path | None = None
    """None reminds of nothing."""
    mixes: Path | None = None
    """The folder of the user's own mixes; None keeps none."""
    unfinished: Path | None = None
    """None keeps no session that is cut off."""

    @classmethod
    def within(cls, folder: Path) -> Places:
        """Return files in a folder of their own."""
        names = (
            "profile.toml", "history.db", "voice.json", "sound-check.json", "reminder.json",
            "routines", "unfinished.json",
        )  # fmt: skip
        return cls(*(folder / name for name in names))

    @classmethod
    def usual(cls, history: bool = True) -> Places:
        """Return the user's own."""
        past, cut_off = (history_file(), unfinished_file()) if history else (None, None)
        about_sound, mixes = sound_check_file(), mixes_dir()
        return cls(profile_file(), past, voice_file(), about_sound, reminder_file(), mixes, cut_off)


class Post(Protocol):
    """Lets a store write: at once, or soon."""

    def __call__(self, store: Store) -> None:
        """Let `store` write."""


class Records:
    """What is kept of one user, in `places`.

    A file that is damaged is told once; what was known of it before goes on to count.
    """

    def __init__(
        self,
        places: Places,
        post: Post,
        measure: str,
        begin: Begin,
        today: Callable[[], date] = date.today,
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._places, self._post, self._measure = places, post, measure
        self.today, self.now = today, now
        self._profile = load_profile(places.profile)
        self._changed = False
        """Whether the profile was changed here since it was read."""
        self._sound: SoundFigures | None = None
        self._led = False
        """Whether a session is led."""
        self._store = ProfileStore(places.profile, self._profile, post)
        self.unfinished: Keeper = Unkept()
        """What keeps the session that is led."""
        if places.unfinished:
            self.unfinished = UnfinishedStore(places.unfinished, post, now)
        self._history = (
            SessionStore(places.history, begin, post, self.unfinished.told)
            if places.history
            else None
        )

    def profile(self) -> Profile:
        """Return the profile; one that another program has changed is read again."""
        if self._changed:  # what was told here may not be on disk yet
            self._changed = False
            return self._profile
        try:
            found = load_profile(self._places.profile)
        except CoachError as error:
            warn(error)
            return self._profile
        if found != self._profile:
            self._profile = found
            self._store = ProfileStore(self._places.profile, found, self._post)
        return found

    def keep(self, profile: Profile) -> None:
        """Keep the profile."""
        self._profile, self._changed = profile, True
        self._store.keep(profile)

    def past(self) -> list[Past]:
        """Return the earlier sessions, the oldest first."""
        if self._places.history is None:
            return []
        try:
            return read_history(self._places.history)
        except CoachError as error:
            warn(error)
            return []

    def lesson(self) -> Lesson | None:
        """Return what is needed to be taught the user's voice; None if they were asked before."""
        if not self._measure or self._places.voice.exists():
            return None
        return Lesson(self._measure, VoiceStore(self._places.voice, self.today(), self._post).keep)

    def reminder(self, silent: bool = False) -> Reminder | None:
        """Return the reminder of which the coach is to speak, or with `silent` any; else None."""
        try:
            found = load_reminder(self._places.reminder) if self._places.reminder else None
        except CoachError as error:
            warn(error)
            return None
        return found if found and (found.aloud or silent) else None

    def keep_reminder(self, reminder: Reminder) -> None:
        """Keep what became of the reminder. It is a file of a hundred bytes, written at once."""
        if self._places.reminder:
            try:
                save_reminder(self._places.reminder, reminder)
            except CoachError as error:
                warn(error)

    def keep_mix(self, id_: str, mix: Routine | None, language: Language) -> None:
        """Keep a mix of the user's own; None deletes it. A small file, written at once."""
        if self._places.mixes:
            path = self._places.mixes / f"{id_}.yaml"
            try:
                if mix:
                    write_mix(path, mix, language)
                elif is_mix(path):
                    path.unlink(missing_ok=True)
            except OSError as error:
                warn(PlaceError(f"The mix {id_} cannot be deleted", str(error), ""))
            except CoachError as error:
                warn(error)

    def sound(self) -> SoundFigures | None:
        """Return what the last sound check measured."""
        if self._sound is None:
            try:
                self._sound = load_sound(self._places.sound)
            except CoachError as error:
                warn(error)
        return self._sound

    def keep_sound(self, figures: SoundFigures) -> None:
        """Keep the figures of a sound check."""
        self._sound = figures
        SoundStore(self._places.sound, self._post).keep(figures)

    def note(self, event: Event) -> None:
        """Take an event; those of a session are part of the history."""
        self._led = self._led or isinstance(event, SessionStarted | SessionRestored)
        if self._history and self._led:
            self._history(event)
        self._led = self._led and not isinstance(event, SessionFinished)

    def note_time(self, now: Ms) -> None:
        """Take the time of a session."""
        if self._history and self._led:
            self._history.at(seconds(now))
