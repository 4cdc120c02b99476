"""The coach that is always on: asleep, called, asked, a session, asleep again; for months.

Each round is one sleep and what follows it. What it knows of the day is made anew each round, so a
new day, a new routine or a changed profile counts from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from voicecoach.app.coach import Coach
from voicecoach.app.conductor import Log
from voicecoach.app.fitted import Wanted
from voicecoach.app.menu_of_day import done_of, menu_of, preferred
from voicecoach.app.pipeline import Driver, lengths_of
from voicecoach.app.records import Records
from voicecoach.dialog.menu import FRESH, Choice, Menu, Proposal
from voicecoach.dialog.menu_dialog import MenuDialog, menu_lines
from voicecoach.errors import DeclinedError
from voicecoach.eventlog.fields import Outcome
from voicecoach.fitting.pick import pick
from voicecoach.fitting.telling import nearest
from voicecoach.fitting.wish import LONGEST_MIN, SHORTEST_MIN, Offer, Wish
from voicecoach.history.past import Past
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Command
from voicecoach.ports import Voice
from voicecoach.routine.model import Exercise, Region, Routine
from voicecoach.screening.meant_for import proposed
from voicecoach.screening.outlook import open_to
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile
from voicecoach.units import Ms

Shelf = Callable[[], Sequence[Routine]]


class Serve:
    """Attends to one user, on a driver, with a voice; `records` keep what is to be remembered.

    `shelf` and `library` give the routines and the exercises at hand, `talk` is the level of talk,
    `helper` tells whether the driver can call someone. All that happens goes to `log`.
    """

    def __init__(
        self,
        driver: Driver,
        voice: Voice,
        language: Language,
        records: Records,
        log: Log,
        shelf: Shelf,
        library: Sequence[Exercise],
        talk: int,
        helper: bool = False,
        fresh: Ms = FRESH,
    ) -> None:
        self._driver, self._voice, self._language = driver, voice, language
        self._records, self._log, self._shelf = records, log, shelf
        self._library, self._talk, self._helper = library, talk, helper
        self._fresh = fresh
        self._say = language.prompts
        self._doing: Mapping[Command, Callable[[Choice, _Day], Proposal | None]] = {
            Command.WISH: self._wish,
            Command.PLACE: self._part,
            Command.ROLL: self._part,
            Command.SAME: self._same,
            Command.START: self._start,
            Command.LATER: self._later,
            Command.NEVER_AGAIN: self._never_again,
            Command.PUT_BACK: self._put_back,
        }
        """What each choice of the menu does; it may bring one question back."""

    def round(self) -> Outcome:
        """Sleep, and do what is asked for when called; return how the last conversation ended."""
        day = _Day(self._records, self._shelf(), self._language, self._library)
        told = preferred(day.profile, day.shelf, self._say)
        menu = menu_of(day.routines, day.past, day.today, self._say, told)
        proposal = self._reminded(day)
        menu = replace(menu, fresh=self._until_reminded())
        while True:
            dialog, outcome = self._converse(menu, proposal)
            if dialog.choice is None:
                return outcome
            try:
                proposal = self._doing[dialog.choice.what](dialog.choice, day)
            except DeclinedError:  # the coach has said why
                return "declined"
            if proposal is None:
                return "done"

    def _until_reminded(self) -> Ms:
        """Return how long the coach sleeps: at most until the next reminder."""
        reminder, now = self._records.reminder(), self._records.now()
        if reminder is None:
            return self._fresh
        return Ms(min(self._fresh, 1 + round((reminder.next(now) - now).total_seconds() * 1000)))

    def _reminded(self, day: _Day) -> Proposal | None:
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
        choice = Choice(Command.START, routine=found.id)
        return Proposal((self._say.say("remind_time"),), question, choice, reminds=True)

    def _later(self, _choice: Choice, _day: _Day) -> None:
        """Put the reminder off by an hour."""
        if reminder := self._records.reminder():
            self._records.keep_reminder(reminder.later(self._records.now()))

    def _never_again(self, _choice: Choice, _day: _Day) -> None:
        """Speak of it no more; the days and the time stay, for the calendar."""
        if reminder := self._records.reminder():
            self._records.keep_reminder(replace(reminder, aloud=False))

    def _converse(self, menu: Menu, proposal: Proposal | None) -> tuple[MenuDialog, Outcome]:
        clips = self._voice.render(sorted({*menu_lines(menu, proposal, self._say)}))
        dialog = MenuDialog(menu, self._say, lengths_of(clips), self._helper, proposal)
        return dialog, self._driver.lead(dialog, clips, self._log)

    def _coach(self, day: _Day) -> Coach:
        records = self._records
        return Coach(
            self._driver,
            self._voice,
            self._language,
            day.today,
            self._log,
            self._keep(day),
            self._talk,
            self._library,
            self._helper,
            lambda: day.shelf,
            records.note_time,
            day.past,
            records.lesson(),
        )

    def _keep(self, day: _Day) -> Callable[[Profile], None]:
        def keep(profile: Profile) -> None:
            day.profile = profile
            self._records.keep(profile)

        return keep

    def _wish(self, choice: Choice, day: _Day) -> Proposal | None:
        """Lead what fits the time that was wished for; else propose what is nearest to it."""
        if choice.minutes is None:
            return self._part(choice, day)
        coach = self._coach(day)
        profile = coach.before(day.profile)
        region = Region(choice.region) if choice.region else None
        minutes = max(SHORTEST_MIN, min(choice.minutes, LONGEST_MIN))
        wanted = Wanted(Wish(minutes, region), day.shelf)
        offer = coach.offer(wanted, profile)
        if offer is not None and not offer.fits:
            return self._nearest(wanted.wish, offer)
        coach.lead_for(profile, wanted)
        return None

    def _nearest(self, wish: Wish, offer: Offer) -> Proposal:
        minutes = max(SHORTEST_MIN, min(round(offer.length / 60_000), LONGEST_MIN))
        region = wish.region.value if wish.region else None
        other = Choice(Command.WISH, minutes, region)
        return Proposal(nearest(wish, offer, self._say), self._say.say("menu_nearest"), other)

    def _part(self, choice: Choice, day: _Day) -> Proposal | None:
        """Lead a routine for the part of the body that was named; else propose the usual."""
        region = Region(choice.region) if choice.region else None
        rolling = choice.what is Command.ROLL
        found = pick(day.routines, region, rolling, done_of(day.past))
        if found is None:
            return self._instead(region, day)
        self._coach(day).start(found, day.profile)
        return None

    def _instead(self, region: Region | None, day: _Day) -> Proposal | None:
        usual = pick(day.routines, done=done_of(day.past))
        if usual is None:
            return None
        part = self._say.lines[f"part_{region.value}"] if region else ""
        why = self._say.say("menu_no_routine", part=part) if part else self._say.say("menu_unknown")
        question = self._say.say("menu_propose", name=usual.name)
        return Proposal((why,), question, Choice(Command.START, routine=usual.id))

    def _start(self, choice: Choice, day: _Day) -> Proposal | None:
        """Lead the routine that was proposed, or the usual one."""
        named = [routine for routine in day.shelf if routine.id == choice.routine]
        found = named[0] if named else pick(day.routines, done=done_of(day.past))
        if found is None:
            return None
        self._coach(day).start(found, day.profile)
        return None

    def _put_back(self, _choice: Choice, day: _Day) -> Proposal | None:
        """Take the latest change of an exercise back."""
        if day.profile.preferences:
            last = list(day.profile.preferences)[-1]
            self._keep(day)(day.profile.prefer(last, None))
        return None

    def _same(self, choice: Choice, day: _Day) -> Proposal | None:
        """Lead the routine of the last session."""
        last = done_of(day.past)[-1:]
        return self._start(replace(choice, routine=last[0] if last else ""), day)


class _Day:
    """What is known as a round begins."""

    def __init__(
        self,
        records: Records,
        shelf: Sequence[Routine],
        language: Language,
        library: Sequence[Exercise],
    ) -> None:
        self.today = records.today()
        self.shelf = shelf
        self.profile: Profile = records.profile()
        self.past: list[Past] = records.past()
        self._language, self._library = language, library
        self.routines = self._open()
        """Those that may be proposed; all, to a user who was not asked yet."""

    def _open(self) -> list[Routine]:
        person = Person(self.profile, self.today)
        meant = [routine for routine in self.shelf if proposed(routine, person)]
        left = open_to(self.profile, self.today, self._language, meant, self._library)
        return left or meant
