"""The coach that is always on: asleep, called, asked, a session, asleep again; for months.

Each round is one sleep and what follows it. What it knows of the day is made anew each round, so a
new day, a new routine or a changed profile counts from then on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from voicecoach.app.changing import CHANGING, change_asked, changed, so_already
from voicecoach.app.coach import Coach
from voicecoach.app.conductor import Log
from voicecoach.app.day import Day
from voicecoach.app.fitted import Wanted
from voicecoach.app.menu_of_day import done_of, menu_of, preferred
from voicecoach.app.mix_by_voice import MIXING, Mixing
from voicecoach.app.no_session import declined_error
from voicecoach.app.pipeline import Driver, lengths_of
from voicecoach.app.records import Records
from voicecoach.app.reminding import Reminding
from voicecoach.app.sound_check import check_sound, sentences, unsafe
from voicecoach.app.spare_memory import give_back
from voicecoach.app.things_at_hand import names_of
from voicecoach.dialog.menu import FRESH, Choice, Menu, Proposal
from voicecoach.dialog.menu_dialog import MenuDialog, menu_lines
from voicecoach.dialog.refusal_dialog import RefusalDialog, refusal_lines
from voicecoach.errors import DeclinedError
from voicecoach.eventlog.fields import Outcome
from voicecoach.fitting.pick import pick
from voicecoach.fitting.telling import nearest
from voicecoach.fitting.wish import LONGEST_MIN, SHORTEST_MIN, Offer, Wish
from voicecoach.language.model import Language
from voicecoach.language.phrasebook import Command
from voicecoach.ports import Voice
from voicecoach.routine.model import Exercise, Region, Routine
from voicecoach.screening.profile import Profile
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

NOTED_EVERY: Final = 20
"""Blocks of a session of which one is measured: five in a second, which is enough for an hour."""

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
        checks: bool = True,
    ) -> None:
        self._driver, self._voice, self._language = driver, voice, language
        self._records, self._log, self._shelf = records, log, shelf
        self._library, self._talk, self._helper = library, talk, helper
        self._fresh, self._checks = fresh, checks
        self._offered: date | None = None
        """The day on which the sound check was offered last."""
        self._moved = False
        """Whether the sound of the last session was far from what was checked."""
        self._say = language.prompts
        self._reminding = Reminding(records, self._say)
        self._doing: Mapping[Command, Callable[[Choice, Day], Proposal | None]] = {
            Command.WISH: self._wish,
            Command.PLACE: self._part,
            Command.ROLL: self._part,
            Command.SAME: self._same,
            Command.START: self._start,
            Command.PUT_BACK: self._put_back,
            Command.HEAR_ME: self._hear_me,
            **dict.fromkeys(CHANGING, self._change),
            **dict.fromkeys(MIXING, self._mix),
            **self._reminding.doing,
        }
        """What each choice of the menu does; it may bring one question back."""

    def go_on(self) -> Outcome | None:
        """Offer to go on with a session that was cut off, before the first sleep; return how it
        ended, None where there is none, or it is not wanted.
        """
        day = Day(self._records, self._shelf(), self._language, self._library)
        try:
            return self._leader(day).go_on(day.profile)
        except DeclinedError:  # the coach has said why
            return "declined"

    def round(self) -> Outcome:
        """Sleep, and do what is asked for when called; return how the last conversation ended."""
        give_back()
        day = Day(self._records, self._shelf(), self._language, self._library)
        first = self._first(day.today)
        told = preferred(day.profile, day.shelf, self._say)
        told[Command.MY_MIX] = (Mixing(day.shelf, self._language).told(),)
        menu = menu_of(day.routines, day.past, day.today, self._say, told, first)
        proposal = self._reminding.due(day)
        names = names_of(day.shelf, day.profile, self._language)
        menu = replace(menu, fresh=self._reminding.until(self._fresh), names=names)
        while True:
            dialog, outcome = self._converse(menu, proposal)
            self._note(dialog, day, asked=first is not None)
            if dialog.choice is None:
                return outcome
            try:
                proposal = self._doing[dialog.choice.what](dialog.choice, day)
            except DeclinedError:  # the coach has said why
                return "declined"
            if proposal is None:
                return "done"

    def _first(self, today: date) -> Proposal | None:
        """Return the offer of a sound check: on the first day, and when the figures moved."""
        due = self._records.sound() is None or self._moved
        if not due or not self._checks or self._offered == today:
            return None
        return Proposal((), self._say.say("menu_check"), Choice(Command.HEAR_ME, sure=True))

    def _note(self, dialog: MenuDialog, day: Day, asked: bool) -> None:
        if dialog.woken and asked:
            self._offered = day.today
        if dialog.blocked:
            self._keep(day)(day.profile.block(day.today))

    def _hear_me(self, choice: Choice, day: Day) -> Proposal | None:
        """Tell how well the user is heard, and offer to check it; or do so."""
        if choice.sure:
            driver, log = self._driver, self._log
            checked = check_sound(driver, self._voice, self._say, log, day.today, self._helper)
            if checked[0] is not None:
                self._records.keep_sound(checked[0])
                self._moved = False
            return None
        figures = self._records.sound()
        told = sentences(figures, self._say) if figures else [self._say.say("sound_unknown")]
        offer = self._say.say("menu_check")
        return Proposal(tuple(told), offer, Choice(Command.HEAR_ME, sure=True))

    def _led(self, lead: Callable[[], object]) -> None:
        """Lead a session, and notice whether the sound is another than when it was checked."""
        meter = self._driver.measure(NOTED_EVERY)
        try:
            lead()
        finally:
            self._driver.unmeasured()
        figures = self._records.sound()
        self._moved = figures is not None and figures.moved(meter.noted)

    def _converse(self, menu: Menu, proposal: Proposal | None) -> tuple[MenuDialog, Outcome]:
        clips = self._voice.render(sorted({*menu_lines(menu, proposal, self._say)}))
        dialog = MenuDialog(menu, self._say, lengths_of(clips), self._helper, proposal)
        return dialog, self._driver.lead(dialog, clips, self._log)

    def _coach(self, day: Day) -> Coach:
        """Return what leads a session; raises `DeclinedError` where a soft word would be missed:
        it is led by voice alone.
        """
        figures = self._records.sound()
        if figures is not None and not figures.safe:
            declined = unsafe(figures, self._say)
            self._refuse(declined)
            raise declined_error(declined)
        return self._leader(day)

    def _leader(self, day: Day) -> Coach:
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
            records.unfinished,
        )

    def _refuse(self, declined: Declined) -> None:
        clips = self._voice.render(sorted(set(refusal_lines(declined, self._say))))
        refusal = RefusalDialog(declined, self._say, lengths_of(clips), self._helper)
        self._driver.lead(refusal, clips, self._log)

    def _keep(self, day: Day) -> Callable[[Profile], None]:
        def keep(profile: Profile) -> None:
            day.profile = profile
            self._records.keep(profile)

        return keep

    def _wish(self, choice: Choice, day: Day) -> Proposal | None:
        """Lead what fits the time that was wished for; else propose what is nearest to it."""
        if choice.number is None:
            return self._part(choice, day)
        coach = self._coach(day)
        profile = coach.before(day.profile)
        region = Region(choice.region) if choice.region else None
        minutes = max(SHORTEST_MIN, min(choice.number, LONGEST_MIN))
        named = [one for one in day.shelf if one.id == choice.thing]
        wanted = Wanted(Wish(minutes, region), named or day.shelf, named=bool(named))
        offer = coach.offer(wanted, profile)
        if offer is not None and not offer.fits:
            return self._nearest(wanted.wish, offer, choice.thing)
        self._led(lambda: coach.lead_for(profile, wanted))
        return None

    def _nearest(self, wish: Wish, offer: Offer, routine: str) -> Proposal:
        minutes = max(SHORTEST_MIN, min(round(offer.length / 60_000), LONGEST_MIN))
        region = wish.region.value if wish.region else None
        other = Choice(Command.WISH, minutes, region, routine)
        return Proposal(nearest(wish, offer, self._say), self._say.say("menu_nearest"), other)

    def _part(self, choice: Choice, day: Day) -> Proposal | None:
        """Lead a routine for the part of the body that was named; else propose the usual."""
        region = Region(choice.region) if choice.region else None
        rolling = choice.what is Command.ROLL
        found = pick(day.routines, region, rolling, done_of(day.past))
        if found is None:
            return self._instead(region, day)
        self._session(found, day)
        return None

    def _session(self, routine: Routine, day: Day) -> None:
        coach = self._coach(day)
        self._led(lambda: coach.start(routine, day.profile))

    def _instead(self, region: Region | None, day: Day) -> Proposal | None:
        part = self._say.lines[f"part_{region.value}"] if region else ""
        why = self._say.say("menu_no_routine", part=part) if part else self._say.say("menu_unknown")
        return self._usual(why, day)

    def _usual(self, why: str, day: Day) -> Proposal | None:
        """Say why something is not done, and propose the usual routine."""
        usual = pick(day.routines, done=done_of(day.past))
        if usual is None:
            return None
        question = self._say.say("menu_propose", name=usual.name)
        return Proposal((why,), question, Choice(Command.START, thing=usual.id))

    def _start(self, choice: Choice, day: Day) -> Proposal | None:
        """Lead the routine that was proposed, or the usual one."""
        named = [routine for routine in day.shelf if routine.id == choice.thing]
        found = named[0] if named else pick(day.routines, done=done_of(day.past))
        if found is None:
            return None
        self._session(found, day)
        return None

    def _change(self, choice: Choice, day: Day) -> Proposal | None:
        """Ask whether a change was meant that is kept from now on; or make it."""
        if not choice.thing and day.past:
            choice = replace(choice, thing=day.past[-1].session.routine)
        if not choice.sure:
            if told := so_already(choice, day.profile, day.shelf, self._say):
                return self._usual(told, day)
            return change_asked(choice, day.shelf, self._say) or self._instead(None, day)
        self._keep(day)(changed(choice, day.profile, day.shelf, day.today))
        return None

    def _mix(self, choice: Choice, day: Day) -> Proposal | None:
        """Ask whether the user's own mix is to be changed; or change it."""
        mixing = Mixing(day.shelf, self._language)
        if choice.sure:
            self._records.keep_mix(mixing.id, mixing.changed(choice), self._language)
            return None
        asked = mixing.asked(choice)
        return asked if isinstance(asked, Proposal) else self._usual(asked, day)

    def _put_back(self, _choice: Choice, day: Day) -> Proposal | None:
        """Take the latest change of an exercise back."""
        if day.profile.preferences:
            last = list(day.profile.preferences)[-1]
            self._keep(day)(day.profile.prefer(last, None))
        return None

    def _same(self, choice: Choice, day: Day) -> Proposal | None:
        """Lead the routine of the last session, in the time that was wished for then."""
        if not day.past:
            return self._start(choice, day)
        last = day.past[-1].session
        again = replace(choice, thing=last.routine, number=last.minutes)
        known = any(one.id == last.routine for one in day.shelf)
        return self._wish(again, day) if last.minutes and known else self._start(again, day)
