"""The reminder of a coach that is always on: told when it is due, and set and ended by voice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import time

from voicecoach.app.day import Day
from voicecoach.app.menu_of_day import done_of
from voicecoach.app.records import Records
from voicecoach.dialog.menu import Choice, Proposal
from voicecoach.fitting.pick import pick
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.reminders.reminder import Day as Weekday
from voicecoach.reminders.reminder import Reminder
from voicecoach.units import Ms

NOON = 12


class Reminding:
    """Speaks of the reminder in `records`."""

    def __init__(self, records: Records, say: Prompts) -> None:
        self._records, self._say = records, say
        self.doing: Mapping[Command, Callable[[Choice, Day], Proposal | None]] = {
            Command.LATER: self._later,
            Command.NEVER_AGAIN: self._never_again,
            Command.REMIND: self._set,
        }
        """What each choice of the menu does; it may bring one question back."""

    def until(self, longest: Ms) -> Ms:
        """Return how long the coach sleeps: at most until the next reminder, or `longest`."""
        reminder, now = self._records.reminder(), self._records.now()
        if reminder is None:
            return longest
        return Ms(min(longest, 1 + round((reminder.next(now) - now).total_seconds() * 1000)))

    def due(self, day: Day) -> Proposal | None:
        """Return what the coach asks by itself, if that is due; it counts as told."""
        reminder, now = self._records.reminder(), self._records.now()
        if reminder is None or reminder.due(now) is None:
            return None
        named = [one for one in day.shelf if one.id == reminder.routine]
        found = named[0] if named else pick(day.routines, done=done_of(day.past))
        if found is None:
            return None
        self._records.keep_reminder(reminder.was_told(now))
        question = self._say.say("menu_remind", name=found.name)
        choice = Choice(Command.START, thing=found.id)
        return Proposal((self._say.say("remind_time"),), question, choice, reminds=True)

    def _later(self, _choice: Choice, _day: Day) -> None:
        """Put it off by an hour."""
        if reminder := self._records.reminder():
            self._records.keep_reminder(reminder.later(self._records.now()))

    def _never_again(self, choice: Choice, _day: Day) -> Proposal | None:
        """Speak of it no more, after a question where that was not the answer to a reminder; the
        days and the time stay, for the calendar.
        """
        reminder = self._records.reminder()
        if reminder is None:
            return None
        if not choice.sure:
            return Proposal((), self._say.say("menu_no_reminder"), replace(choice, sure=True))
        self._records.keep_reminder(replace(reminder, aloud=False))
        return None

    def _set(self, choice: Choice, _day: Day) -> Proposal | None:
        """Remind at an hour of each day, after a question; of the same routine as before."""
        hour = choice.number
        if hour is None:
            return None
        if not choice.sure:
            return Proposal((), self._asked(hour), replace(choice, sure=True))
        now, days = self._records.now(), tuple(Weekday)
        old = self._records.reminder(silent=True) or Reminder(days, time(hour))
        new = replace(old, days=days, at=time(hour), aloud=True, told=now, put_off=None)
        self._records.keep_reminder(new)
        return None

    def _asked(self, hour: int) -> str:
        key = "menu_remind_morning" if hour < NOON else "menu_remind_evening"
        return self._say.say(key, times=self._say.number(hour % NOON))
