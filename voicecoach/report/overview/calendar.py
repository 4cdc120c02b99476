"""The calendar: a column for each week, a row for each day of the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from voicecoach.history.figures import week_of
from voicecoach.history.past import Past
from voicecoach.report.overview.svg import box, dot, picture, text

DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS: Final = (
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
)  # fmt: skip
FEWEST: Final = 13
"""Weeks that are shown at least, so that the first sessions do not fill the page."""
WIDEST: Final = 53
"""Weeks for which there is room: a year."""
CELL: Final = 11.0
LEFT, TOP = 26.0, 14.0


def calendar(sessions: Sequence[Past], first: date, last: date) -> str:
    """Return the picture of the days from `first` to `last`."""
    begin = min(week_of(first), week_of(last) - timedelta(weeks=FEWEST - 1))
    weeks = (week_of(last) - begin).days // 7 + 1
    done = Counter(past.began.date() for past in sessions)
    hurt = {past.began.date() for past in sessions if past.complaints}
    parts = [text(LEFT - 4, TOP + CELL * i + 8, DAYS[i], "small", "end") for i in (0, 2, 4)]
    for number in range(weeks * 7):
        day = begin + timedelta(days=number)
        x, y = LEFT + CELL * (number // 7), TOP + CELL * (number % 7)
        if day <= last:
            parts += _day(day, x, y, done[day], day in hurt)
        if day.day <= 7 and day.weekday() == 0:
            parts.append(text(x, TOP - 4, MONTHS[day.month - 1], "small"))
    title = f"Calendar: {len(done)} days with a session, {len(hurt)} of them with a complaint"
    return picture(LEFT + CELL * max(weeks, WIDEST) + 2, TOP + CELL * 7 + 2, title, parts)


def _day(day: date, x: float, y: float, times: int, hurt: bool) -> list[str]:
    what = {0: "no session", 1: "a session"}.get(times, f"{times} sessions")
    hint = f"{day}: {what}" + (", with a complaint" if hurt else "")
    parts = [box(x, y, CELL - 2, CELL - 2, f"day{min(times, 2)}", hint)]
    return [*parts, dot(x + CELL / 2 - 1, y + CELL / 2 - 1, 2.2, "hurt", hint)] if hurt else parts
