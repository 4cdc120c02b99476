"""The calendar file: another program reads it and finds the same times for a year."""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from tests.effort import examples
from voicecoach.exchange.calendar_file import LINE, calendar
from voicecoach.reminders.reminder import Day, Reminder

NOW = datetime(2026, 6, 3, 12, 30, tzinfo=timezone(timedelta(hours=2)))
LENGTH = timedelta(minutes=20)
DAYS = st.sets(st.sampled_from(Day), min_size=1).map(lambda days: tuple(sorted(days)))
TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120)


def test_each_time_of_a_year_is_found() -> None:
    """In winter and summer at the same time of the clock."""
    reminder = Reminder((Day.MON, Day.WED, Day.FRI), time(19))
    read = icalendar.Calendar.from_ical(calendar(reminder, "voicecoach", LENGTH, NOW))
    end = datetime(2027, 6, 3)
    events = recurring_ical_events.of(read).between(datetime(2026, 6, 3), end)
    found = sorted(event["DTSTART"].dt for event in events)
    expected, at = list[datetime](), datetime(2026, 6, 2)
    while (at := reminder.next(at)) < end:
        expected.append(at)
    assert found == expected
    assert len(found) > 150


@given(DAYS, st.times().map(lambda t: t.replace(second=0, microsecond=0)), TITLES)
@examples(30)
def test_it_is_read_back(days: tuple[Day, ...], at: time, title: str) -> None:
    """Lines of at most 75 octets, whole characters; text, start, length, alarm as they were."""
    text = calendar(Reminder(days, at), title, LENGTH, NOW)
    assert text.endswith("\r\n")
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= LINE for line in lines)
    assert all(line.decode() is not None for line in lines)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == title
    start = event["DTSTART"].dt
    assert (start.time(), start.tzinfo) == (at, None)
    assert Day(start.weekday()) in days
    assert event["DURATION"].dt == LENGTH
    assert event["DTSTAMP"].dt == NOW
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(0)


def test_the_event_stays_the_same_one() -> None:
    """A second import replaces it: the same UID for the same routine."""
    texts = [calendar(Reminder((Day.MON,), time(n), "cat"), "x", LENGTH, NOW) for n in (7, 8)]
    uids = {text.partition("UID:")[2].partition("\r\n")[0] for text in texts}
    assert len(uids) == 1


@pytest.mark.parametrize("char", [";", ",", "\\", "\n"])
def test_signs_of_the_format_are_escaped(char: str) -> None:
    """Read back they are what they were."""
    text = calendar(Reminder((Day.MON,), time(7)), f"a{char}b", LENGTH, NOW)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert str(event["SUMMARY"]) == f"a{char}b"
