"""Forgetting the user: what was done and told, what was taught of their voice, and all copies."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from voicecoach.app.private_file import delete_file
from voicecoach.app.profile_store import keep_changes, load_profile
from voicecoach.app.voice_store import load_voice
from voicecoach.atomic_write import remains
from voicecoach.errors import CoachError
from voicecoach.paths import (
    history_file,
    private_files,
    profile_file,
    unfinished_file,
    voice_file,
)
from voicecoach.screening.forgetting import without_since
from voicecoach.store.reading import forget_sessions


@dataclass
class Forgotten:
    """What was deleted, and what could not be."""

    sessions: int = 0
    """As far as the history could be read."""
    told: bool = False
    """Whether something was taken out of the profile, which stays."""
    files: list[Path] = field(default_factory=list)
    """Files that were deleted."""
    problems: list[CoachError] = field(default_factory=list)

    @property
    def nothing(self) -> bool:
        """Whether there was nothing to be forgotten."""
        return not (self.sessions or self.told or self.files or self.problems)

    def delete(self, paths: Iterable[Path]) -> None:
        """Delete files; what cannot be deleted is noted, and does not keep the others."""
        for path in paths:
            try:
                if delete_file(path):
                    self.files.append(path)
            except CoachError as error:
                self.problems.append(error)


def forget_all() -> Forgotten:
    """Delete every file with what is known of the user, damaged or not, and all copies."""
    gone = Forgotten()
    with suppress(CoachError):  # damaged; else its content is overwritten before it is deleted
        gone.sessions = forget_sessions(history_file())
    for path in private_files():
        gone.delete([path, *remains(path)])
    return gone


def forget_since(day: date) -> Forgotten:
    """Delete what was done, told or taught on `day` or later, and copies that may hold it.

    A file that is damaged is among the problems: no one can tell what in it is how old.
    """
    gone = Forgotten()
    for forget in (_sessions, _told, _taught, _unfinished):
        try:
            forget(gone, day)
        except CoachError as error:
            gone.problems.append(error)
    for path in private_files():
        gone.delete(copy for copy in remains(path) if changed_on(copy) >= day)
    return gone


def _sessions(gone: Forgotten, day: date) -> None:
    gone.sessions = forget_sessions(history_file(), day)


def _told(gone: Forgotten, day: date) -> None:
    before = load_profile(profile_file())
    after = without_since(before, day)
    if after != before:
        keep_changes(profile_file(), before, after)
        gone.told = True


def _taught(gone: Forgotten, day: date) -> None:
    kept = load_voice(voice_file())
    if kept and kept.on >= day:
        gone.delete([voice_file()])


def _unfinished(gone: Forgotten, day: date) -> None:
    path = unfinished_file()
    if path.exists() and changed_on(path) >= day:
        gone.delete([path])


def changed_on(path: Path) -> date:
    """Return the day on which a file was written last; the last of days if it cannot be told."""
    try:
        return date.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return date.max
