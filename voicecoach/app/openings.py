"""Which routines are open to the user, as the coach says it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from voicecoach.dialog.screening_dialog import screening_lines
from voicecoach.history.load import enough_for_now, gentle, is_heavy
from voicecoach.history.past import Past
from voicecoach.history.week import plan_is_done, week_is_full
from voicecoach.language.model import Language
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapt import adapt
from voicecoach.screening.meant_for import proposed
from voicecoach.screening.outlook import open_to, outlook, outlook_lines
from voicecoach.screening.person import Person
from voicecoach.screening.preferences import counts_kept
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.summary import allows
from voicecoach.screening.verdicts import Adapted, Change, Declined


class Openings:
    """What may be led of `shelf`, which gives all routines, on the day `today`.

    An exercise of `library` may take the place of one that is left out. `past` are the earlier
    sessions.
    """

    def __init__(
        self,
        shelf: Callable[[], Sequence[Routine]],
        language: Language,
        today: date,
        library: Sequence[Exercise],
        past: Sequence[Past],
    ) -> None:
        self._shelf, self._language = cache(shelf), language
        self._today, self._library, self._past = today, library, past
        self._prompts = language.prompts

    def questions(self, screening: Screening) -> list[str]:
        """Return every line of a screening, with what is open at its end."""
        closing = outlook_lines(self._shelf(), self._prompts) if screening.whole else ()
        return [*screening_lines(screening, self._prompts), *closing]

    def of(self, profile: Profile) -> Sequence[str]:
        """Return which routines are open to the user; nothing where none is led at all."""
        if not allows(profile, self._today, self._prompts):
            return ()
        return self._told(self._left(profile))

    def done(self, routine: Routine) -> bool:
        """Tell whether its plan allows no session of `routine` today."""
        return week_is_full(self._past, routine, self._today)

    def suited(self, routine: Routine, profile: Profile) -> Adapted | Declined:
        """Return `routine` as it suits the user; else why not, and what is open instead."""
        adapted = adapt(routine, profile, self._today, self._language, self._library)
        if isinstance(adapted, Adapted):
            if not self.done(routine):
                return adapted
            adapted = plan_is_done(self._prompts)
        return self._instead(adapted, profile)

    def _instead(self, declined: Declined, profile: Profile) -> Declined:
        """Return `declined` with the routines that are open instead, or calm breathing if none is,
        where another one may be.
        """
        if not declined.others or not self._shelf():
            other = (self._prompts.adapt["do_other"],) if declined.others else ()
            return replace(declined, instead=(*declined.instead, *other))
        left = self._left(profile)
        others = (*declined.instead, *self._told(left))
        return replace(declined, instead=others, breathing=not left)

    def with_load(self, adapted: Adapted, profile: Profile) -> Adapted:
        """Return `adapted` with what is to be said of too much strength work, if it is that (S32).

        It is led all the same: the user may have a reason.
        """
        routine = adapted.routine
        shelf = self._shelf() if is_heavy(routine) else ()
        if not enough_for_now(self._past, routine, shelf, self._today):
            return adapted
        person = Person(profile, self._today)
        left = self._left(profile, [one for one in shelf if proposed(one, person)])
        other, said = gentle(left, routine), self._prompts.adapt
        line = said["load_other"].format(name=other.name) if other else said["load"]
        return replace(adapted, changes=(*adapted.changes, Change("S32", line)))

    def counts(
        self, adapted: Routine, given: Sequence[Routine], profile: Profile
    ) -> dict[str, int]:
        """Return how many repetitions or strokes a set of each exercise of `adapted` has in all
        routines, those `given` too, or as the user wants it.
        """
        routines = (*self._shelf(), *given)
        among = [exercise for routine in routines for exercise in routine.exercises]
        return counts_kept(adapted.exercises, profile, among)

    def _left(self, profile: Profile, among: Sequence[Routine] | None = None) -> Sequence[Routine]:
        """Return what is open of all routines, or of those `among` which it is to be."""
        shelf = self._shelf() if among is None else among
        return open_to(profile, self._today, self._language, shelf, self._library)

    def _told(self, left: Sequence[Routine]) -> Sequence[str]:
        return outlook(left, self._shelf(), self._prompts)
