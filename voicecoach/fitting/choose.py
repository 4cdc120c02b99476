"""Choosing among the routines that are open to a user."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Final

from voicecoach.dialog.care import Care
from voicecoach.fitting.forms import Timing
from voicecoach.fitting.pick import is_for
from voicecoach.fitting.search import MARGIN, OFF, Choice, choices
from voicecoach.fitting.telling import told
from voicecoach.fitting.wish import Cuts, Offer, Wish
from voicecoach.language.model import Language
from voicecoach.plan.narration import FULL, SHORT
from voicecoach.routine.model import Exercise
from voicecoach.screening.verdicts import Adapted, Change
from voicecoach.units import Ms

LESS_TALK: Final = 3.0
"""What it costs to describe the exercises shortly, in steps of a dose."""
TRIED: Final = 20
"""Choices of one routine that are held against the rules, the best first."""

LISTED: Final = 3
"""Routines whose lines are measured, of those that come first with guessed lengths."""
THING: Final = 1.0
"""What each thing costs that a routine needs, of a routine that the user has not done yet."""

Rank = tuple[bool, float]
"""Whether a session does not fit, and what it costs, or by how much it does not."""

Narrow = Callable[[Adapted, tuple[Exercise, ...]], Adapted | None]
"""Returns a routine with some of its exercises, in shorter forms, as the rules have it for the
user; None where they forbid it."""


@dataclass(frozen=True)
class Fitter:
    """Fits routines to a wish, for one user."""

    language: Language
    lengths: Mapping[str, Ms]
    """Of all lines of `forms.fitting_lines`."""
    talk: int
    care: Callable[[Adapted], Care]
    narrow: Narrow

    def offer(self, routines: Sequence[Adapted], wish: Wish) -> Offer | None:
        """Return the best session for `wish`, or the nearest; None where there is no routine.

        Where a part of the body is named, only routines count whose exercises are mostly for it.
        """
        return next((offer for _, _, offer in self._ranked(routines, wish)), None)

    def shortlist(self, routines: Sequence[Adapted], wish: Wish) -> list[Adapted]:
        """Return the routines that come first, so that the lines of these alone are measured."""
        return [adapted for _, adapted, _ in self._ranked(routines, wish)[:LISTED]]

    def _ranked(self, routines: Sequence[Adapted], wish: Wish) -> list[tuple[Rank, Adapted, Offer]]:
        """Return the best session of each routine, the best of all first."""
        talks = (self.talk, SHORT) if self.talk == FULL else (self.talk,)
        found = []
        for adapted in routines:
            if is_for(adapted.routine, wish.region):
                own = [self._candidates(adapted, talk, wish) for talk in talks]
                best = [first for made in own for first in islice(made, 1)]
                found += [(rank, adapted, offer) for rank, offer in sorted(best, key=_rank)[:1]]
        return sorted(found, key=_rank)

    def _candidates(self, adapted: Adapted, talk: int, wish: Wish) -> Iterator[tuple[Rank, Offer]]:
        """Yield what the rules allow of a routine, the best first, with its rank."""
        timing = Timing(adapted.routine, self.language, self.lengths, self.care(adapted), talk)
        for choice in islice(choices(timing, wish), TRIED):
            narrowed = self.narrow(adapted, choice.exercises)
            if narrowed is None:
                continue
            off, cuts = choice.off(wish), _cuts(adapted, choice, talk < self.talk)
            things = 0 if timing.care.met else THING * max(0, len(adapted.routine.equipment) - 1)
            cost = choice.cost + things + LESS_TALK * cuts.less_talk + OFF * off / 60_000
            fits = off <= MARGIN
            rank = (False, cost) if fits else (True, float(off))
            sentence = told(wish, adapted.routine.name, cuts, self.language.prompts)
            changes = (Change("", sentence), *narrowed.changes)
            yield rank, Offer(replace(narrowed, changes=changes), talk, choice.length, cuts, fits)


def _rank(one: tuple[Any, ...]) -> Rank:
    rank: Rank = one[0]
    return rank


def _cuts(adapted: Adapted, choice: Choice, less_talk: bool) -> Cuts:
    kept = {index for index, _ in choice.forms}
    out = [e.name for i, e in enumerate(adapted.routine.exercises) if i not in kept]
    rests = [form.exercise.rests for _, form in choice.forms if form.steps]
    return Cuts(tuple(out), not all(rests), any(rests), less_talk)
