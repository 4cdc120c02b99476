"""A reminder: days of the week and a time of day, what was told, and what was put off.

All times are those of the clock on the wall, without a time zone: a reminder at seven stays at
seven when summer begins, and where the user travels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from typing import Final


class Day(IntEnum):
    """A day of the week, as `date.weekday` counts."""

    MON = 0
    TUE = 1
    WED = 2
    THU = 3
    FRI = 4
    SAT = 5
    SUN = 6


LATER: Final = timedelta(hours=1)
"""By how much "later" puts a reminder off. Our own choice."""

STALE: Final = timedelta(hours=2)
"""What is due for longer, because the coach was off, is not told any more. Our own choice."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """When to be reminded. `days` are sorted, each once, and at least one."""

    days: tuple[Day, ...]
    at: time
    """Hour and minute."""
    routine: str = ""
    """The id of the routine that is proposed; empty: the usual one."""
    aloud: bool = False
    """Whether the coach that is always on speaks of it."""
    told: datetime | None = None
    """The last time that was told, or put off."""
    put_off: datetime | None = None
    """When it is to be told again."""

    def due(self, now: datetime) -> datetime | None:
        """Return the time that is due now and was not told; None if there is none."""
        times = [self._latest(now), self.put_off]
        open_ = [
            at
            for at in times
            if at and at <= now <= at + STALE and (self.told is None or at > self.told)
        ]
        return max(open_, default=None)

    def next(self, now: datetime) -> datetime:
        """Return the first time after `now` at which it is to be told."""
        times = (datetime.combine(now.date() + timedelta(days), self.at) for days in range(8))
        usual = next(at for at in times if at > now and Day(at.weekday()) in self.days)
        return min(usual, self.put_off) if self.put_off and self.put_off > now else usual

    def was_told(self, now: datetime) -> Reminder:
        """Return the reminder after it was told at `now`."""
        return replace(self, told=now, put_off=None)

    def later(self, now: datetime) -> Reminder:
        """Return the reminder put off at `now`."""
        return replace(self, told=now, put_off=now + LATER)

    def _latest(self, now: datetime) -> datetime | None:
        """Return the last usual time that is not after `now`, of today or yesterday."""
        for back in (0, 1):
            at = datetime.combine(now.date() - timedelta(back), self.at)
            if at <= now and Day(at.weekday()) in self.days:
                return at
        return None


def first_day(days: tuple[Day, ...], today: date) -> date:
    """Return the first of `days` from `today` on."""
    ahead = (today + timedelta(days=n) for n in range(7))
    return next(day for day in ahead if Day(day.weekday()) in days)
