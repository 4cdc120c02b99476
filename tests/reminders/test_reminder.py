"""What is due when: given the time, over weeks, put off, after the computer was off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.reminders.reminder import LATER, STALE, Day, Reminder, first_day

EVENING = Reminder((Day.MON, Day.WED), time(19))
MONDAY = datetime(2026, 6, 1, 19)


def at(hours: float, of: datetime = MONDAY) -> datetime:
    """Return a time so many hours after Monday, seven in the evening."""
    return of + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("hours", "due"),
    [(-0.1, None), (0, MONDAY), (1.9, MONDAY), (2.1, None), (24, None), (48, at(48)), (72, None)],
)
def test_it_is_due_for_a_while(hours: float, due: datetime | None) -> None:
    """From its time on, for two hours: whoever switches the coach on later is not asked."""
    assert EVENING.due(at(hours)) == due


def test_it_is_told_once() -> None:
    """And again at its next time."""
    told = EVENING.was_told(at(0.5))
    assert told.due(at(0.6)) is None
    assert told.due(at(48)) == at(48)


def test_later_is_an_hour() -> None:
    """As often as one likes; what was put off is told at its time, whatever the day."""
    first = EVENING.later(at(0.5))
    assert first.due(at(1.4)) is None
    assert first.due(at(1.5)) == at(1.5)
    assert first.next(at(0.5)) == at(1.5)
    second = first.later(at(1.5))
    assert second.due(at(2.5)) == at(2.5)
    assert second.was_told(at(2.6)).due(at(2.7)) is None


def test_over_midnight() -> None:
    """Five to twelve on Monday is still due on Tuesday."""
    late = Reminder((Day.MON,), time(23, 55))
    assert late.due(datetime(2026, 6, 2, 0, 30)) == datetime(2026, 6, 1, 23, 55)


def test_the_first_day() -> None:
    """Today if it is one of them, else the next."""
    assert first_day((Day.MON,), date(2026, 6, 1)) == date(2026, 6, 1)
    assert first_day((Day.SUN,), date(2026, 6, 1)) == date(2026, 6, 7)


@given(
    st.sets(st.sampled_from(Day), min_size=1).map(lambda days: tuple(sorted(days))),
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.lists(st.sampled_from(["told", "later", "nothing"]), max_size=40),
)
def test_a_coach_that_is_always_on_tells_each_time_once(
    days: tuple[Day, ...], hour: time, answers: list[str]
) -> None:
    """Waking at `next`, it finds something due, never the same twice, and nothing in between."""
    reminder, now, told = Reminder(days, hour), MONDAY, list[datetime]()
    for answer in answers:
        now = reminder.next(now)
        due = reminder.due(now)
        if due is None:
            continue
        assert due == now
        told.append(due)
        reminder = reminder.later(now) if answer == "later" else reminder.was_told(now)
        assert reminder.due(now + timedelta(minutes=1)) is None
    assert told == sorted(set(told))
    assert len(told) == len(answers)
    assert LATER < STALE
