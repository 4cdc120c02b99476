"""The triage: what a pain score and its kind mean for the routine (SAFETY S2 to S6). Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

from voicecoach.routine.model import Region

UNCLEAR_SCORE = 6
"""What a score counts as that stayed unclear twice (S2)."""
MIDDLE_FROM = 3
HIGH_FROM = 6
"""Lower cuts of the bands: S3 to S5, after Thomee 1997 and Boonstra 2014."""
RISE = 2
"""So much above the score at the start counts as strong, too, from `MIDDLE_FROM` on (S5, S27)."""
UNCLEAR_LIMIT = 2

BACK = frozenset({Region.LOW_BACK.value, Region.UPPER_BACK.value})
"""What the score at the start is about: a pain elsewhere has not risen above it."""


class Verdict(Enum):
    """What follows from a report of pain."""

    LOW = "go on, one level easier"
    MIDDLE = "easier or skip, and ask again"
    DROP = "leave the exercise out today"
    HIGH = "end everything for the region"
    SHARP = "end everything for the region and see a doctor"


@dataclass
class Report:
    """What the user has said about one pain so far."""

    region: str | None = None
    """A `Region` value where the user named one."""
    score: int | None = None
    sharp: bool | None = None
    placed: bool = False
    """Whether the user was asked for the region."""

    @property
    def located(self) -> bool:
        """Whether it is known where it hurts, or was asked."""
        return self.region is not None or self.placed

    def risen(self, start: int | None) -> bool:
        """Tell whether the score is so much above the one at the start that the place matters."""
        return (
            self.score is not None
            and start is not None
            and MIDDLE_FROM <= self.score < HIGH_FROM
            and self.score >= start + RISE
        )

    def verdict(
        self, before: int, start: int | None = None, loads: Collection[str] = ()
    ) -> Verdict | None:
        """Return what follows, or None while something is still to be asked.

        `before` is the number of middling reports in this exercise before this one, `start` the
        score of the back before the first exercise, `loads` the regions of the exercise: they are
        meant where the user could not name one.
        """
        if self.sharp:
            return Verdict.SHARP
        if self.score is None or self.sharp is None:
            return None
        if self.score >= HIGH_FROM:
            return Verdict.HIGH
        if self.risen(start):
            if not self.located:
                return None
            if BACK & ({self.region} if self.region else {*loads}):
                return Verdict.HIGH
        if self.score < MIDDLE_FROM:
            return Verdict.LOW
        return Verdict.DROP if before else Verdict.MIDDLE
