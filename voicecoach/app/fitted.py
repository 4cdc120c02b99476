"""A session fitted to a time: from the routines at hand to an offer, with the voice in use."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from voicecoach.app.carry_over import care
from voicecoach.app.routine_library import shared_exercises, shipped_exercises
from voicecoach.dialog.care import Care
from voicecoach.errors import InputError
from voicecoach.fitting.choose import Fitter
from voicecoach.fitting.forms import fitting_lines
from voicecoach.fitting.telling import nearest
from voicecoach.fitting.wish import Offer, Wish
from voicecoach.history.recall import Recall
from voicecoach.language.model import Language
from voicecoach.routine.model import Exercise, Routine
from voicecoach.screening.adapt import adapt, narrowed
from voicecoach.screening.meant_for import proposed
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile
from voicecoach.screening.supine_estimate import Guessed
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.units import Ms

Measure = Callable[[Iterable[str]], Mapping[str, Ms]]
"""Renders lines and returns their lengths."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session of a length of time, of one of some routines."""

    wish: Wish
    routines: Sequence[Routine]
    named: bool = False
    """Whether the user named the routine: then it need not be meant for the user."""


def library_of(routine: Routine | Wanted, language: Language) -> list[Exercise]:
    """Return the exercises that may take the place of others in a session."""
    if isinstance(routine, Wanted):
        return shipped_exercises(language)
    return shared_exercises(routine, language)


@dataclass(frozen=True)
class Fitting:
    """Fits sessions for one user; without a profile, for a user of whom nothing is known."""

    language: Language
    talk: int
    today: date
    profile: Profile | None = None
    library: Sequence[Exercise] = ()
    recall: Callable[[Routine], Recall] = lambda _: Recall()
    """Returns what earlier sessions of a routine tell, such as at which level it begins."""

    def offer(self, wanted: Wanted, measure: Measure) -> Offer | None:
        """Return the best session for a wish, or the nearest; None where there is no routine.

        The lines of a few routines alone are measured: those that come first with guesses.
        """
        few = self._few(wanted)
        return self.best(few, wanted.wish, measure(self._lines(few)))

    def best(
        self, routines: Sequence[Adapted], wish: Wish, lengths: Mapping[str, Ms]
    ) -> Offer | None:
        """Return the best session for a wish of what is open, by the lengths of all its lines."""
        return self._fitter(lengths).offer(routines, wish)

    def lines_for(self, wanted: Wanted) -> frozenset[str]:
        """Return what `offer` measures; of a user whose questions are open, for one without any."""
        few = self._few(wanted) or replace(self, profile=None)._few(wanted)
        return self._lines(few)

    def _few(self, wanted: Wanted) -> list[Adapted]:
        """Return the routines that come first with guessed lengths."""
        return self._fitter(Guessed()).shortlist(self.open(wanted), wanted.wish)

    def open(self, wanted: Wanted) -> list[Adapted]:
        """Return the routines that may be proposed to the user, as they are led."""
        person = Person(self.profile, self.today) if self.profile else None
        asked = [r for r in wanted.routines if wanted.named or proposed(r, person)]
        verdicts = [self._adapt(routine) for routine in asked]
        return [verdict for verdict in verdicts if isinstance(verdict, Adapted)]

    def _lines(self, routines: Sequence[Adapted]) -> frozenset[str]:
        found = [fitting_lines(a.routine, self.language, a.sentences) for a in routines]
        return frozenset[str]().union(*found)

    def _adapt(self, routine: Routine) -> Adapted | Declined:
        if self.profile is None:
            return Adapted(routine, {})
        return adapt(routine, self.profile, self.today, self.language, self.library)

    def _fitter(self, lengths: Mapping[str, Ms]) -> Fitter:
        return Fitter(self.language, lengths, self.talk, self._care, self._narrow)

    def _care(self, adapted: Adapted) -> Care:
        if self.profile is None:
            return Care()
        recalled = self.recall(adapted.routine)
        return care(adapted, self.profile, self.today, recalled=recalled)

    def _narrow(self, adapted: Adapted, exercises: tuple[Exercise, ...]) -> Adapted | None:
        if self.profile:
            return narrowed(adapted, exercises, self.profile, self.today, self.language)
        return replace(adapted, routine=replace(adapted.routine, exercises=exercises))


def unfit(wish: Wish, offer: Offer | None, language: Language) -> InputError:
    """Return the error that nothing fits a wish, with what comes nearest."""
    what, near = nearest(wish, offer, language.prompts)
    step = "Ask for another time, or name a routine: `voicecoach routines` lists them."
    return InputError(what.rstrip("."), near, step)
