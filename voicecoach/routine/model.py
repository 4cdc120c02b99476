"""A routine as the rest of the program sees it: checked, frozen, with the lines it came from.

`parse` makes these from a file; `docs/routine-format.md` documents the file. Lengths are whole
milliseconds (`Ms`) inside and seconds in the file.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from voicecoach.doses.base import Dose
from voicecoach.errors import Problem
from voicecoach.routine.evidence import Evidence
from voicecoach.routine.limits import NO_LIMITS, Highest, Limits
from voicecoach.track import Item
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

SCHEMA = "voicecoach/1"
"""The only value of ``schema:`` that this version reads."""


class Position(Enum):
    """How the body lies, sits or stands."""

    SUPINE = "supine"
    ROLLER = "roller"
    PRONE = "prone"
    SIDE = "side"
    ALL_FOURS = "all-fours"
    KNEELING = "kneeling"
    SEATED = "seated"
    STANDING = "standing"


class Region(Enum):
    """Parts of the body that an exercise loads and that pain is reported in."""

    NECK = "neck"
    SHOULDER = "shoulder"
    UPPER_BACK = "upper-back"
    LOW_BACK = "low-back"
    CHEST = "chest"
    ABDOMEN = "abdomen"
    HIP = "hip"
    LEG = "leg"
    KNEE = "knee"
    ARM = "arm"


class Caution(Enum):
    """A reason why a user should not do an exercise or routine (SAFETY rules S9 to S20, S31)."""

    ACUTE_INJURY = "acute-injury"
    UNEXPLAINED_PAIN = "unexplained-pain"
    WOUND = "wound"
    FRACTURE = "fracture"
    THROMBOSIS = "thrombosis"
    INFLAMMATION = "inflammation"
    BLOOD_THINNERS = "blood-thinners"
    OSTEOPOROSIS = "osteoporosis"
    STEROIDS = "steroids"
    PREGNANCY = "pregnancy"
    DISC = "disc"
    SPINE_SURGERY = "spine-surgery"
    FEVER = "fever"
    UNWELL = "unwell"
    RECENT_ACCIDENT = "recent-accident"
    NIGHT_PAIN = "night-pain"
    WEAKNESS = "weakness"
    SPINE_FRACTURE = "spine-fracture"


class Load(Enum):
    """What an exercise asks of the spine, at any level. Who is kept from it is for the rules to say
    (`screening.limits`), not for the author of a file.
    """

    FLEXION = "flexion"
    """Rounds the back to the end of its range, or draws the knees to the chest."""
    HOLLOW = "hollow"
    """Hollows or arches the back."""
    TWIST = "twist"
    """Turns the trunk to the end of its range."""
    BEND = "bend"
    """Leans the trunk forward against its own weight, or with weights in hand."""
    TRUNK = "trunk"
    """Holds the trunk still against the weight of an arm, a leg or the pelvis."""
    HANG = "hang"
    """Hangs the body by the hands."""


@dataclass(frozen=True, slots=True)
class Variant:
    """How an exercise is done at one level: what is said about it, and its dose."""

    say: tuple[str, ...]
    """Sentences that turn the exercise as described into this one; empty at the plain level."""
    dose: Dose
    start: tuple[Item, ...] = ()
    """What is done last at this level, where that differs from the plain exercise."""
    short: str = ""
    """The key cue at this level, where the plain one would contradict it."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, written for the ear. Texts may hold ``{side}`` and ``{other_side}``."""

    id: str
    name: str
    position: Position
    regions: tuple[Region, ...]
    sides: Sides
    dose: Dose
    way_in: tuple[Item, ...]
    """How to get into a position in which it is easy to listen."""
    full: tuple[Item, ...]
    """What is going to be done: the user only listens."""
    short: str
    way_out: tuple[Item, ...]
    way_in_short: tuple[Item, ...] = ()
    """The way in for a user who has done the exercise lately; without one, the same `way_in`."""
    start: tuple[Item, ...] = ()
    """What is done last, right before the count: take hold, lift, turn."""
    release: tuple[Item, ...] = ()
    """How to let go of the work without leaving the position; {side} is the side just done."""
    easier: Variant | None = None
    harder: Variant | None = None
    contraindications: tuple[Caution, ...] = ()
    loads: tuple[Load, ...] = ()
    settle: Ms = Ms(8000)
    """From the last words before the count to the first beat, unless "ready" comes first."""
    limits: Limits = NO_LIMITS
    """What no level goes beyond, whatever is said, stepped up or edited."""
    assess: str = ""
    """A question asked between sets ("How does the spot feel?"). It needs no answer."""
    line: int = 0

    def within(self, limits: Limits = NO_LIMITS) -> Exercise:
        """Return the exercise within its own limits and these: doses are cut down, and a harder
        level that goes beyond them is no longer there.
        """
        both = self.limits.joined(limits)
        easier = self.easier and replace(self.easier, dose=both.cap(self.easier.dose))
        harder = self.harder if both.highest is Highest.HARDER else None
        if harder and not both.allow(harder.dose):
            harder = None
        return replace(self, limits=both, dose=both.cap(self.dose), easier=easier, harder=harder)

    def variant(self, level: int) -> Variant:
        """Return the variant at `level`: below 0 easier, 0 plain, above 0 harder."""
        other = self.easier if level < 0 else self.harder if level > 0 else None
        return other or Variant((), self.dose)

    def at(self, level: int) -> Exercise:
        """Return the exercise with the start and the key cue of `level`."""
        own = self.variant(level)
        return replace(self, start=own.start or self.start, short=own.short or self.short)

    def led_in(self, *, known: bool) -> tuple[Item, ...]:
        """Return the way in, for a user who knows the exercise or not."""
        return self.way_in_short or self.way_in if known else self.way_in

    @property
    def doses(self) -> tuple[Dose, ...]:
        """The doses of the three levels: easier, plain, harder."""
        return tuple(self.variant(level).dose for level in (-1, 0, 1))

    @property
    def rolls(self) -> bool:
        """Whether a roller is used, at any level."""
        return self.position is Position.ROLLER or any(dose.rolls for dose in self.doses)

    @property
    def rests(self) -> bool:
        """Whether this is a position of rest, at every level."""
        return all(dose.rests for dose in self.doses)


class Per(Enum):
    """What a frequency counts in."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a routine is done at most."""

    times: int
    per: Per
    say: str
    """For "Do this routine ...": "in the morning and in the evening"."""


@dataclass(frozen=True, slots=True)
class Routine:
    """A whole routine file."""

    id: str
    name: str
    summary: str
    """One or two sentences spoken at the start."""
    language: str
    author: str
    licence: str
    sources: tuple[str, ...]
    equipment: tuple[str, ...]
    exercises: tuple[Exercise, ...]
    contraindications: tuple[Caution, ...] = ()
    advice: tuple[str, ...] = ()
    """Sentences spoken at the end."""
    frequency: Frequency | None = None
    evidence: Evidence | None = None
    limits: Limits = NO_LIMITS
    """Of every exercise."""
    sessions_a_week: int = 0
    """How many sessions there are in seven days at most; 0: as many as one likes."""
    path: str = ""
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
    """What the file is warned of, although it is good (SAFETY rules S32, S33)."""
