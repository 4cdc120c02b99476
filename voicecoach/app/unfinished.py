"""The session that is led now, on disk: what is there at the next start was cut off.

The file has all that the session is made of, and the dialog as it stood. It is written at once with
each step of the dialog that is noted in the log, before the history and the profile are, else once
a second; and it is deleted when the session is over.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal, NamedTuple, Protocol

import msgspec

from voicecoach.app.log_values import recorded
from voicecoach.app.private_file import delete_private, write_private
from voicecoach.atomic_write import runs
from voicecoach.dialog.effects import Record
from voicecoach.dialog.session import Session
from voicecoach.errors import CoachError
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.eventlog.kinds import Event
from voicecoach.screening.profile import Profile
from voicecoach.text_file import read_text_if_there
from voicecoach.units import Ms

WHAT: Final = "The file of the session"
STEP: Final = "Delete it; the session that was cut off is then not offered again."


class Kept(NamedTuple):
    """A session as it stands."""

    open: bool
    state: str
    now: Ms
    told: tuple[Event, ...]
    """What its last event brought for the log."""


OFFERED: Final = timedelta(hours=1)
"""How long after it was cut off a session is offered. Our own choice: later the body is cold, and
who comes back wants something else."""

EVERY: Final = Ms(1000)
"""Within one state of the dialog it is kept so often."""

BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


class Trace(msgspec.Struct, frozen=True):
    """What can be read of any version of the file."""

    at: datetime
    """When it was kept last."""
    process: int
    boot: str
    """Of the computer: after a restart the number of a process says nothing."""
    open: bool
    """Whether a complaint or a call for help was open."""


class Unfinished(Trace, frozen=True, forbid_unknown_fields=True):
    """A session that was cut off."""

    prepared: SessionPrepared
    """Of what it is made, without its lines."""
    lines: str
    """The lines, as a hash: where one is rendered otherwise now, the session is another."""
    before: Profile
    """What was known of the user when it began."""
    state: str
    """The dialog, as it saved itself."""
    now: Ms
    """Until when it stood so."""
    told: tuple[Event, ...] = ()
    """What its last event brought for the log: the history may lack it."""
    version: Literal[1] = 1

    def made_of(self, prepared: SessionPrepared) -> bool:
        """Tell whether a session that is made of this is the same."""
        own = msgspec.structs.replace(self.prepared, helper=prepared.helper)
        return own == _bare(prepared) and self.lines == _hash(prepared)


class Keeper(Protocol):
    """Keeps the session that is led."""

    def begin(self, prepared: SessionPrepared, before: Profile) -> None:
        """Keep the session that begins, for a user of whom this was known before it."""

    def keep(self, session: Session, now: Ms) -> None:
        """Take the session as it stands. It must not wait for a disk."""

    def over(self) -> None:
        """No session is led any more."""

    def find(self) -> Trace | None:
        """Return the session that was cut off, until it is `over` or another one begins."""

    def told(self) -> Sequence[Event]:
        """Return what its last event brought for the log: the history may lack it."""


class Unkept:
    """Keeps nothing."""

    def begin(self, prepared: SessionPrepared, before: Profile) -> None:
        """Keep nothing."""

    def keep(self, session: Session, now: Ms) -> None:
        """Keep nothing."""

    def over(self) -> None:
        """Keep nothing."""

    def find(self) -> Trace | None:
        """Return nothing."""

    def told(self) -> Sequence[Event]:
        """Return what its last event brought for the log: the history may lack it."""
        return ()


class UnfinishedStore:
    """Keeps the session that is led in `path`; `post` lets it write."""

    def __init__(
        self,
        path: Path,
        post: Callable[[UnfinishedStore], None],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        self._path, self._post, self._now = path, post, now
        self._prepared: SessionPrepared | None = None
        self._lines, self._before = "", Profile()
        self._kept: Kept | None = None
        """What is to be on disk; None is no file."""
        self._taken: tuple[Ms, tuple[Record, ...]] | None = None
        self._told: tuple[Event, ...] = ()
        self._last: tuple[Event, ...] = ()
        """Of the session that was cut off."""
        self._written = False

    def begin(self, prepared: SessionPrepared, before: Profile) -> None:
        """Keep the session that begins, for a user of whom this was known before it."""
        self._prepared, self._lines, self._before = _bare(prepared), _hash(prepared), before
        self._kept = self._taken = None
        self._told = ()

    def keep(self, session: Session, now: Ms) -> None:
        """Take the session as it stands; one that cannot go on any more is over."""
        if not session.unfinished:
            if self._kept is not None:
                self.over()
            return
        taken = session.now, session.told
        fresh = taken != self._taken
        late = self._kept is None or now >= self._kept.now + EVERY
        if not (late or (fresh and session.told)):
            return
        if fresh:
            self._taken = taken
            self._told = tuple(recorded(record, now) for record in session.told)
        self._kept = Kept(session.complained, session.save(), now, self._told)
        self._written = False
        self._post(self)

    def over(self) -> None:
        """Have the file deleted: no session is led."""
        self._kept = self._taken = None
        self._written = False
        self._post(self)

    def write(self) -> None:
        """Write or delete the file, unless that is done. Raises `PlaceError`."""
        if self._written:
            return
        self._written = True
        try:
            self._write(self._kept)
        except CoachError:
            self._written = False
            raise

    def _write(self, kept: Kept | None) -> None:
        if kept is None or self._prepared is None:
            delete_private(self._path)
            return
        of_now = self._now(), os.getpid(), _boot(), kept.open
        made = self._prepared, self._lines, self._before
        unfinished = Unfinished(*of_now, *made, kept.state, kept.now, kept.told)
        write_private(self._path, WHAT, msgspec.json.encode(unfinished) + b"\n")

    def told(self) -> Sequence[Event]:
        """Return what the last event of the session that was cut off brought for the log."""
        return self._last

    def find(self) -> Trace | None:
        """Return the session that was cut off. Where another version wrote it, only its trace.

        None where there is none, where it is led by another process, or was cut off too long ago.
        """
        try:
            text = read_text_if_there(self._path, WHAT, STEP)
            found = _decoded(text) if text is not None else None
        except (CoachError, msgspec.DecodeError):  # damaged
            self.over()
            return None
        if found is None or _led(found):
            return None
        self._last = found.told if isinstance(found, Unfinished) else ()
        if abs(self._now() - found.at) <= OFFERED:
            return found
        self.over()
        return None


def _decoded(text: str) -> Trace:
    try:
        return msgspec.json.decode(text, type=Unfinished)
    except msgspec.ValidationError:  # of another version
        return msgspec.json.decode(text, type=Trace)


def _led(found: Trace) -> bool:
    """Tell whether another process leads it."""
    return found.boot == _boot() and found.process != os.getpid() and runs(found.process)


def _boot() -> str:
    try:
        return BOOT.read_text("ascii").strip()
    except OSError:  # there is none but on Linux
        return ""


def _bare(prepared: SessionPrepared) -> SessionPrepared:
    return msgspec.structs.replace(prepared, t=0.0, lines={}, state=msgspec.UNSET)


def _hash(prepared: SessionPrepared) -> str:
    return sha256(msgspec.json.encode(prepared.lines, order="sorted")).hexdigest()
