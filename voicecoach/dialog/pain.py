"""The triage: what a pain score and its kind mean for the routine (SAFETY S2 to S6). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

UNCLEAR_SCORE = 6
"""What a score counts as that stayed unclear twice (S2)."""
MIDDLE_FROM = 3
HIGH_FROM = 6
"""Lower cuts of the bands: S3 to S5, after Thomee 1997 and Boonstra 2014."""
RISE = 2
"""So much above the score at the start counts as strong, too (S5, S27)."""
UNCLEAR_LIMIT = 2


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

    def verdict(self, before: int, start: int | None = None) -> Verdict | None:
        """Return what follows, or None while something is still to be asked.

        `before` is the number of middling reports in this exercise before this one, `start` the
        score before the first exercise.
        """
        if self.sharp:
            return Verdict.SHARP
        if self.score is None:
            return None
        if self.sharp is None:
            return None
        if self.score >= HIGH_FROM or (start is not None and self.score >= start + RISE):
            return Verdict.HIGH
        if self.score < MIDDLE_FROM:
            return Verdict.LOW
        return Verdict.DROP if before else Verdict.MIDDLE
