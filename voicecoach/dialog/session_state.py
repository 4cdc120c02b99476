"""The parts of a session's state: where it stands, how it is led, what was told about pain."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from voicecoach.dialog.next import Next
from voicecoach.dialog.pain import Report
from voicecoach.dialog.states import HALTED, State
from voicecoach.doses.base import Manner
from voicecoach.eventlog.fields import ExerciseOutcome
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import PACES
from voicecoach.plan.stations import Station
from voicecoach.track import Track
from voicecoach.units import Ms

NEVER = Ms(10**12)
"""Later than any session ends."""
MOVING = HALTED - {State.CHECK_SCORE, State.OFFER_GENTLE}
"""In these states the user does not stay in position."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the routine stood when it was interrupted: what is still to be played, and then."""

    state: State
    track: Track
    then: Next
    rep: int
    """The repetition or stroke at which work goes on."""
    at: Ms
    """When it was interrupted."""

    def with_track(self, track: Track) -> Mark:
        """Return this mark with another track to go on with."""
        return replace(self, track=track)


@dataclass
class Place:
    """The place in the routine."""

    index: int = 0
    """The present exercise."""
    stations: tuple[Station, ...] = ()
    """Those of the present exercise; none before the first one."""
    before: int | None = None
    """The exercise before the present one, where the body still lies as in that one: the position
    is the same, and only the release was said."""
    stop: int = 0
    """The present station."""
    first: int = 1
    """The repetition or stroke at which the present set begins; later after a change of level."""
    levels: dict[int, int] = field(default_factory=dict)
    """Level of exercises that are not done as they are: -1 easier, 1 harder."""
    finished: dict[int, ExerciseOutcome] = field(default_factory=dict)
    """Outcome of the exercises that are over."""
    worked: set[int] = field(default_factory=set)
    """Exercises of which a set, or one side of it, is done."""
    dropped: dict[int, str] = field(default_factory=dict)
    """Exercises that are left out today, and the region that hurt."""
    unfit: set[int] = field(default_factory=set)
    """Exercises that are left out because the user was dizzy: upright, or the one it came in."""
    unsteady: bool = False
    """Whether the user was dizzy once."""
    out: Ms | None = None
    """When the way out of the present position will have been said, where a halt began with it;
    `NEVER` if it was cut.
    """
    back_to: Mark | None = None
    """Where to go on once the user is back in position."""
    strain: Station | None = None
    """The set whose strain the user has taken up, by its `start` or its work, and has not been told
    to let go of."""
    moved: bool = False
    """Whether a halt came, after which the user may be anywhere."""

    def is_out(self, index: int) -> bool:
        """Tell whether an exercise is left out today."""
        return index in self.dropped or index in self.unfit


@dataclass
class Delivery:
    """How the session is led: what the user can change by voice."""

    talk: int = FULL
    detailed: bool = False
    """Whether the user asked for more detail: then known exercises are described in full."""
    pace: int = PACES.index(100)
    """Index into `PACES`."""
    counting: bool = True
    settled: bool = False
    """Whether the user was told that "ready" begins at once."""
    wants: dict[str, int | None] = field(default_factory=dict)
    """How exercises are wanted from now on, by id, the latest last: repetitions or strokes in a
    set, 0 to leave it out, None as it is written."""
    likes: bool | None = None
    """Whether the routine is a favourite from now on; None: as before."""

    @property
    def manner(self) -> Manner:
        """How the work is led now."""
        return Manner(PACES[self.pace], self.talk > 0, self.counting)


@dataclass
class Pain:
    """What was told about pain."""

    report: Report | None = None
    """The pain that is being asked about, until its verdict."""
    middling: dict[int, int] = field(default_factory=dict)
    """Middling reports by exercise (S4)."""
    region: str | None = None
    """The region of the last middling report, if one was named: it is asked about again (S4)."""
    recheck: bool = False
    """Whether to ask for the score again after the first repetition (S4)."""
    after_check: Mark | None = None
    """Where the set goes on after that question."""
    start: int | None = None
    """The score before the first exercise, 0 to 10 (S5)."""
    end: int | None = None
    """The score at the end (S27)."""
