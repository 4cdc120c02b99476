"""`voicecoach remind`: when to be reminded, by a calendar and by the coach that is always on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Final

import click

from voicecoach.app.output_file import write_text
from voicecoach.app.private_file import delete_private
from voicecoach.app.reminder_store import load_reminder, save_reminder
from voicecoach.app.routine_library import find_routine
from voicecoach.cli.places import CALENDAR, TEXT
from voicecoach.errors import did_you_mean
from voicecoach.exchange.calendar_file import calendar
from voicecoach.paths import reminder_file
from voicecoach.reminders.reminder import Day, Reminder

LENGTH: Final = timedelta(minutes=20)
"""What is set aside in the calendar: about what a shipped routine takes."""

NAMES: Final = [day.name.lower() for day in Day]


def _days(text: str | None) -> tuple[Day, ...] | None:
    if text is None:
        return None
    words = [word for word in text.lower().replace(",", " ").split() if word]
    if words == ["daily"]:
        return tuple(Day)
    for word in words:
        if word[:3] not in NAMES:
            hint = did_you_mean(word, NAMES) or f"The days are {', '.join(NAMES)}."
            raise click.BadParameter(f"'{word}' is no day: {hint}")
    if not words:
        raise click.BadParameter("Name days, such as mon,wed,fri, or daily.")
    return tuple(sorted({Day[word[:3].upper()] for word in words}))


def _time(text: str | None) -> time | None:
    if text is None:
        return None
    try:
        hour, minute = (int(part) for part in text.split(":"))
        return time(hour, minute)
    except ValueError:
        raise click.BadParameter(f"'{text}' is no time. Write one such as 19:00.") from None


@click.command("remind")
@click.option(
    "--days",
    type=TEXT,
    metavar="DAYS",
    callback=lambda _c, _p, text: _days(text),
    help="Days of the week, such as mon,wed,fri, or daily.",
)
@click.option(
    "--at",
    type=TEXT,
    metavar="TIME",
    callback=lambda _c, _p, text: _time(text),
    help="Time of day, such as 19:00.",
)
@click.option("--routine", type=TEXT, help="The routine that is proposed; else the usual one.")
@click.option(
    "--aloud/--silent",
    default=None,
    help='Whether `voicecoach serve` asks you then; "later" puts it off for an hour. '
    "[default: silent]",
)
@click.option(
    "-o",
    "--output",
    type=CALENDAR,
    help="Write a calendar file (iCalendar), for the calendar on your phone.",
)
@click.option("--off", is_flag=True, help="Forget the reminder.")
def command(
    days: tuple[Day, ...] | None,
    at: time | None,
    routine: str | None,
    aloud: bool | None,
    output: Path | None,
    off: bool,
) -> None:
    """Set when to be reminded, or show it.

    The reminder is kept for you alone. A calendar file shows it wherever you look at your calendar;
    with --aloud the coach that is always on asks you by voice. What is not given stays as it is.
    """
    path = reminder_file()
    if off:
        click.echo("The reminder is off." if delete_private(path) else "There was no reminder.")
        return
    old = load_reminder(path)
    new = _changed(old, days, at, routine, aloud)
    if new is None:
        click.echo("No reminder. To set one: voicecoach remind --days mon,wed,fri --at 19:00")
        return
    if new != old:
        save_reminder(path, new)
    click.echo(" ".join(_told(new)))
    if output:
        title = f"voicecoach: {new.routine.replace('-', ' ')}" if new.routine else "voicecoach"
        write_text(output, calendar(new, title, LENGTH, datetime.now().astimezone()))
        click.echo(f"{output}: open it with your calendar.")


def _changed(
    old: Reminder | None,
    days: tuple[Day, ...] | None,
    at: time | None,
    routine: str | None,
    aloud: bool | None,
) -> Reminder | None:
    """Return the reminder with what is given; None if there is none, and nothing is given."""
    if old is None and (days is None or at is None):
        if (days, at, routine, aloud) == (None, None, None, None):
            return None
        raise click.UsageError("Name both: --days mon,wed,fri --at 19:00.")
    if routine:
        find_routine(routine)
    base = old or Reminder(days or tuple(Day), at or time())
    return Reminder(
        days or base.days,
        at or base.at,
        base.routine if routine is None else routine,
        base.aloud if aloud is None else aloud,
        base.told,
        None if days or at else base.put_off,
    )


def _told(reminder: Reminder) -> Iterator[str]:
    """Yield what is set, as sentences."""
    days = ", ".join(day.name.capitalize() for day in reminder.days)
    every = "Every day" if len(reminder.days) == len(Day) else days
    what = f", {reminder.routine}" if reminder.routine else ""
    yield f"{every} at {reminder.at:%H:%M}{what}."
    if reminder.aloud:
        upcoming = reminder.next(datetime.now())
        yield f"`voicecoach serve` asks you then, next on {upcoming:%A at %H:%M}."
