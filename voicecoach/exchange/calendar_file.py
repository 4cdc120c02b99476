"""A reminder as an iCalendar file (RFC 5545): an event that repeats each week, with an alarm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from voicecoach import __version__
from voicecoach.reminders.reminder import Reminder, first_day

LINE: Final = 75
"""Octets in a line, at most, its end not counted (RFC 5545, 3.1)."""

NAMES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def calendar(reminder: Reminder, title: str, length: timedelta, now: datetime) -> str:
    """Return the text of the file.

    Args:
        reminder: The days and the time; it is a time of the clock on the wall ("floating").
        title: What the calendar shows.
        length: How long the session takes, about.
        now: When the file is made, with an offset from UTC.

    """
    start = datetime.combine(first_day(reminder.days, now.date()), reminder.at)
    days = ",".join(NAMES[day] for day in reminder.days)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//voicecoach//voicecoach {__version__}//EN",
        "CALSCALE:GREGORIAN",
        "BEGIN:VEVENT",
        f"UID:{uuid5(NAMESPACE_URL, f'voicecoach reminder {reminder.routine}')}",
        f"DTSTAMP:{now.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART:{start:%Y%m%dT%H%M%S}",
        f"DURATION:PT{max(1, round(length.total_seconds() / 60))}M",
        f"RRULE:FREQ=WEEKLY;BYDAY={days}",
        f"SUMMARY:{_escaped(title)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(title)}",
        "TRIGGER:PT0S",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _escaped(text: str) -> str:
    for char in ("\\", ";", ","):
        text = text.replace(char, f"\\{char}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most `LINE` octets, each further one after a blank."""
    pieces, current = list[str](), ""
    for char in line:
        if len((current + char).encode()) > LINE - bool(pieces):
            pieces.append(current)
            current = ""
        current += char
    return "\r\n ".join([*pieces, current])
