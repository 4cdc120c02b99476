"""What a session knows of its user, where a profile is in use. Pure data, in and out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from voicecoach.history.recall import Recall
from voicecoach.plan.narration import Greeting


@dataclass(frozen=True, slots=True)
class Care:
    """What is known before the session. The plain one knows nothing, and asks nothing."""

    asks: bool = False
    """Whether to ask for the score before the first exercise (S5) and after the last (S27)."""
    opening: tuple[str, ...] = ()
    """Sentences before the greeting: what was changed for this user. Rendered like all lines."""
    changes: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The safety rule and the exercises of each change, for the log."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """Levels to begin with, by id of the exercise: -1 easier, 0 plain, 1 harder."""
    counts: Mapping[str, int] = field(default_factory=dict)
    """Repetitions or strokes of a set, by id of the exercise, where all routines have as many, or
    the user wants it so: to say the same again changes nothing."""
    recall: Recall = Recall()
    """What can be said of earlier sessions."""
    lie_left: bool = False
    """Whether to roll onto the left side when dizzy (S17)."""
    worse_days: int = 0
    """Days in a row, up to the last session, that ended two points worse than they began (S27)."""
    unsteady: bool = False
    """Whether the user was dizzy during the questions before it: then nothing is done upright."""
    known: frozenset[str] = frozenset()
    """Ids of the exercises that the user has done lately: they are described shortly."""
    met: bool = False
    """Whether the user has done this routine lately: the greeting is its name."""
    instructed: bool = False
    """Whether the user has heard the ground rules."""
    minutes: int | None = None
    """The length of time that was wished for, for the log and the history."""

    @property
    def greeting(self) -> Greeting:
        """How much the greeting says to this user."""
        if not self.instructed:
            return Greeting.FIRST
        return Greeting.AGAIN if self.met else Greeting.NEW


@dataclass(frozen=True, slots=True)
class Dropped:
    """An exercise that was left out for pain."""

    exercise: str
    region: str
    """The region that hurt: the one named, else the first of the exercise in which it hurt."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a session leaves behind. It can be read at any time, and is final once it is over."""

    how: str
    """done, ended, emergency, urgent or no_answer; "open" before the end."""
    start: int | None = None
    """The pain before the first exercise, 0 to 10; None where it was not told."""
    end: int | None = None
    dropped: tuple[Dropped, ...] = ()
    done: tuple[str, ...] = ()
    """Ids of the exercises that were done whole."""
    levels: Mapping[str, int] = field(default_factory=dict)
    """The level at which each exercise that was begun was last done."""
    blocked: bool = False
    """Whether no routine may be led until a doctor has seen the user (S8)."""
    wants: Mapping[str, int | None] = field(default_factory=dict, repr=False)
    """How exercises are wanted from now on, by id: repetitions or strokes in a set, 0 to leave it
    out, None as it is written."""
    likes: bool | None = field(default=None, repr=False)
    """Whether the routine is a favourite from now on; None: as before."""
