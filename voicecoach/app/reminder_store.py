"""The file of the reminder: for its user alone, written whole or not at all."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path
from typing import Final

import msgspec

from voicecoach.app.private_file import write_private
from voicecoach.errors import InputError
from voicecoach.reminders.reminder import Day, Reminder
from voicecoach.text_file import read_text

MAX_BYTES: Final = 10_000
STEP: Final = "Set it again: voicecoach remind --days mon,thu --at 19:00"


class _Kept(msgspec.Struct):
    """The file, as JSON."""

    days: list[str]
    at: time
    routine: str = ""
    aloud: bool = False
    told: datetime | None = None
    put_off: datetime | None = None


def load_reminder(path: Path) -> Reminder | None:
    """Return the reminder in `path`; None where there is no file. Raises `InputError`."""
    if not path.exists():
        return None
    text = read_text(path, "The reminder", STEP, MAX_BYTES)
    try:
        kept = msgspec.json.decode(text, type=_Kept)
        days = sorted({Day[name.upper()] for name in kept.days})
        moments = [moment for moment in (kept.told, kept.put_off) if moment]
        if not days or kept.at.tzinfo or any(moment.tzinfo for moment in moments):
            raise ValueError("it names no day, or a time zone")
    except (msgspec.DecodeError, KeyError, ValueError) as error:
        raise InputError(f"The reminder {path} cannot be read", str(error), STEP) from error
    return Reminder(tuple(days), kept.at, kept.routine, kept.aloud, kept.told, kept.put_off)


def save_reminder(path: Path, reminder: Reminder) -> None:
    """Write the reminder. Raises `PlaceError`; then the old one is as it was."""
    kept = _Kept(
        [day.name.lower() for day in reminder.days],
        reminder.at,
        reminder.routine,
        reminder.aloud,
        reminder.told,
        reminder.put_off,
    )
    write_private(path, "The reminder", msgspec.json.encode(kept) + b"\n")
