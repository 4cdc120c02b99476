"""A routine as the rest of the program sees it: checked, frozen, with the lines it came from.

`parse` makes these from a file; `docs/routine-format.md` documents the file. Lengths are whole
milliseconds (`Ms`) inside and seconds in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from voicecoach.errors import Problem
from voicecoach.track import Breath
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
    """A reason why somebody should not do an exercise or routine (SAFETY rules S9 to S20, S31)."""

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


class Phase(Enum):
    """A moving part of a repetition or stroke; pauses carry no cue."""

    LOWER = "lower"
    LIFT = "lift"
    THERE = "there"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Tempo:
    """The four-digit tempo code: whole seconds of lower, pause, lift, pause ("4210")."""

    lower: int
    pause_low: int
    lift: int
    pause_high: int

    @property
    def length(self) -> Ms:
        """Length of one repetition."""
        return Ms(1000 * (self.lower + self.pause_low + self.lift + self.pause_high))

    def __str__(self) -> str:
        return f"{self.lower}{self.pause_low}{self.lift}{self.pause_high}"


@dataclass(frozen=True, slots=True)
class Repetitions:
    """`count` repetitions at a tempo, counted aloud at the start of each."""

    count: int
    tempo: Tempo
    first: Phase = Phase.LOWER
    """The phase a repetition begins with: `LOWER` or `LIFT`."""
    sets: int = 1
    rest: Ms = Ms(0)
    """Rest after each set but the last."""
    breath: Mapping[Phase, Breath] = field(default_factory=dict)
    """The breathing cue spoken at the start of a phase (LOWER, LIFT)."""
    words: Mapping[Phase, str] = field(default_factory=dict)
    """Instead of the bare breathing cue: what is said at the start of a phase."""
    line: int = 0
    path: str = ""
    """The shared exercise's file that `line` stands in; empty for the routine's own."""


class HoldKind(Enum):
    """What a hold is, which decides how long it may be (SAFETY rule S23)."""

    STRETCH = "stretch"
    LONG = "long"
    """A stretch of up to a minute, as older people take it."""
    EFFORT = "effort"
    """Muscles at work."""


@dataclass(frozen=True, slots=True)
class Hold:
    """A position held for a time: start, halfway, last five seconds, breath in between."""

    length: Ms
    sets: int = 1
    rest: Ms = Ms(0)
    breath_in: Ms = Ms(4000)
    breath_out: Ms = Ms(6000)
    line: int = 0
    kind: HoldKind = HoldKind.STRETCH
    path: str = ""


@dataclass(frozen=True, slots=True)
class Strokes:
    """`count` rolling strokes, there and back, with a spoken metronome."""

    count: int
    one_way: Ms
    """Length of the way there, and again of the way back."""
    sets: int = 1
    rest: Ms = Ms(0)
    breath: Mapping[Phase, Breath] = field(default_factory=dict)
    """The breathing cue at the start of THERE and BACK."""
    words: Mapping[Phase, str] = field(default_factory=dict)
    line: int = 0
    path: str = ""


@dataclass(frozen=True, slots=True)
class Relaxation:
    """A guided rest of minutes: breathing aloud at first, then a few words now and then."""

    length: Ms
    breath_in: Ms = Ms(4000)
    breath_out: Ms = Ms(6000)
    cues: tuple[str, ...] = ()
    """The exercise's own sentences, spread over the rest."""
    line: int = 0
    path: str = ""

    @property
    def sets(self) -> int:
        """A rest is done once."""
        return 1

    @property
    def rest(self) -> Ms:
        """Nothing lies between the sets, as there is one."""
        return Ms(0)


Timed = Hold | Relaxation
"""Doses of a length, in which nothing is counted."""

Dose = Repetitions | Hold | Strokes | Relaxation


@dataclass(frozen=True, slots=True)
class Variant:
    """How an exercise is done at one level: what is said about it, and its dose."""

    say: tuple[str, ...]
    """Sentences that turn the exercise as described into this one; empty at the plain level."""
    dose: Dose


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise, written for the ear. Texts may hold ``{side}`` and ``{other_side}``."""

    id: str
    name: str
    position: Position
    regions: tuple[Region, ...]
    sides: Sides
    dose: Dose
    way_in: tuple[str, ...]
    full: tuple[str, ...]
    short: str
    way_out: tuple[str, ...]
    easier: Variant | None = None
    harder: Variant | None = None
    contraindications: tuple[Caution, ...] = ()
    settle: Ms = Ms(8000)
    """Time to get into position after the description, unless "ready" comes first."""
    assess: str = ""
    """A question put between sets ("How does the spot feel?"); nobody has to answer it."""
    line: int = 0

    def variant(self, level: int) -> Variant:
        """Return the variant at `level`: below 0 easier, 0 plain, above 0 harder."""
        other = self.easier if level < 0 else self.harder if level > 0 else None
        return other or Variant((), self.dose)


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
    path: str = ""
    warnings: tuple[Problem, ...] = field(default=(), compare=False)
    """What the file is warned of, although it is good (SAFETY rules S32, S33)."""
