"""What every kind of dose has and answers, and the readers and writers that kinds share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final, Self

from voicecoach.doses.lead_in import count_in
from voicecoach.language.prompts import Prompts
from voicecoach.track import Breath, Lengths, Track
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.shapes import Shape

SETS: Final = Range(1, 20, "a routine, not a training plan", whole=True)
REST_S: Final = Range(0, 600, "seconds; for a longer rest, pause", whole=True)

Data = dict[str, object]
"""What YAML writes: texts, numbers, lists and mappings."""


class Activity(Enum):
    """What goes on while a set is done."""

    COUNTING = "counting"
    ROLLING = "rolling"
    HOLDING = "holding"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the work is led: what the user may change by voice."""

    pace: int = 100
    """Length of a repetition or stroke in per cent of the written one; holds and rests keep
    their time."""
    wordy: bool = True
    """Whether words stand beside the bare counts."""
    counting: bool = True
    """Whether numbers are spoken."""

    def stretched(self, ms: Ms) -> Ms:
        """Return `ms` at this pace."""
        return Ms(ms * self.pace // 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose(ABC):
    """How much of an exercise there is to do. Each kind is a subclass in a module of its own."""

    NAME: ClassVar[str]
    """The field of a routine file that names the kind."""
    REQUIRED: ClassVar[tuple[str, ...]]
    """The fields that must be there, `NAME` among them."""
    OPTIONAL: ClassVar[tuple[str, ...]]
    INSTRUCTIONS: ClassVar[tuple[str, ...]] = ()
    """The fields with lists of sentences that say what to do; see `instructions`."""
    TIGHT_HINT: ClassVar[str] = "a slower tempo"
    """What helps where a line does not fit its time."""
    activity: ClassVar[Activity]
    rests: ClassVar[bool] = False
    """Whether it is a position of rest, which even an acute back may take (rules S18, S31)."""

    sets: int = 1
    rest: Ms = Ms(0)
    """Rest after each set but the last."""
    line: int = 0
    """1-based line in the file; 0 if it comes from none."""
    path: str = ""
    """The shared exercise's file that `line` stands in; empty for the routine's own."""

    @property
    def count(self) -> int:
        """How many repetitions or strokes a set has; 0 if nothing is counted."""
        return 0

    @property
    def breathes_out_first(self) -> bool:
        """Whether the first beat is a breath out, so that one breathes in before it."""
        return False

    @property
    def timed(self) -> bool:
        """Whether a set has a length of time, and nothing is counted."""
        return not self.count

    @property
    def rolls(self) -> bool:
        """Whether it is done on a roller (rules S12 to S16, S21, S22)."""
        return self.activity is Activity.ROLLING

    @property
    def strained(self) -> bool:
        """Whether muscles work or stretch, so that stopping begins with leaving the position."""
        return not self.rests

    @property
    def kept(self) -> bool:
        """Whether a position is taken up before the work begins, and kept (S36)."""
        return False

    @property
    def instructions(self) -> tuple[str, ...]:
        """The dose's own sentences, which are checked as those of the exercise are."""
        return ()

    @classmethod
    @abstractmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Dose:
        """Return the dose in `fields`, its keys already checked; what is wrong is noted there.

        What is not given is that of `plain`, the exercise's plain dose, if it is of this kind.
        """

    @classmethod
    @abstractmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field that `read` knows may be, for the schema of routine files."""

    @classmethod
    def conditions(cls) -> list[Shape]:
        """Return what holds between the fields of a whole dose, as far as a schema can say it."""
        return []

    @abstractmethod
    def write(self) -> Data:
        """Return the fields that `read` reads, in the order of the documentation."""

    @abstractmethod
    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return one set from repetition or stroke `first` on (1-based).

        Raises `TightError` if a line does not fit its time at the pace of `how`.
        """

    def lead_in(self, say: Prompts, lengths: Lengths) -> Track:
        """Return what leads into a set, to its first beat: "three, two, one, go"."""
        return count_in(say, lengths)

    @abstractmethod
    def dose_line(self, say: Prompts) -> str:
        """Return how much there is to do in a set, as a sentence."""

    def brief_lines(self, say: Prompts) -> list[str]:
        """Return the same for a user who knows the exercise, unless the work begins with it."""
        return [self.dose_line(say)]

    @property
    def amount(self) -> float:
        """How much a set has, in the unit of the field `NAME`."""
        return float(str(self.write()[self.NAME]))

    @abstractmethod
    def at_most(self, amount: float) -> Self:
        """Return the dose with no more than `amount`, in the unit of the field `NAME`."""

    @abstractmethod
    def less(self) -> Self | None:
        """Return a third less in a set (S27), or None where there is no less."""

    def lighter(self) -> Self | None:
        """S27: return one set less, or else less in the one set; None where there is no less."""
        return replace(self, sets=self.sets - 1) if self.sets > 1 else self.less()

    def shorter(self) -> list[Self]:
        """Return the shorter forms for a session with less time, the longest first.

        Fewer sets, and then a third less in the one set; what goes below a rule is not among them.
        """
        fewer = [replace(self, sets=sets) for sets in range(self.sets - 1, 0, -1)]
        less = [self, *fewer][-1].less()
        return [*fewer, less] if less else fewer

    def with_count(self, _count: int) -> Self | None:
        """Return the dose with so many repetitions or strokes in a set, as far as a file may say
        so; None where nothing is counted.
        """
        return None

    def one_set(self) -> Self:
        """S17: return the dose with one set."""
        return replace(self, sets=1) if self.sets > 1 else self

    def unhurried(self) -> Self:
        """S19: return the dose for a user aged 65 or over."""
        return self


def read_ms(fields: Fields | None, key: str, valid: Range, default: Ms) -> Ms:
    """Return the seconds under `key` as milliseconds."""
    return Ms(round(1000 * fields.number(key, valid, default / 1000))) if fields else default


def read_sets(fields: Fields, default: int) -> int:
    """Return the number of sets."""
    return int(fields.number("sets", SETS, default))


def read_rest(fields: Fields, default: Ms) -> Ms:
    """Return the rest between sets."""
    return read_ms(fields, "rest_s", REST_S, default)


def seconds(ms: int) -> float | int:
    """Return `ms` as seconds, a whole number where it is one."""
    return ms // 1000 if ms % 1000 == 0 else ms / 1000


def sets_shapes() -> dict[str, Shape]:
    """Return what `read_sets` and `read_rest` take."""
    return {
        "sets": shapes.number("how many sets", SETS),
        "rest_s": shapes.number("rest after each set but the last", REST_S),
    }


def write_sets(dose: Dose) -> Data:
    """Return the fields that `read_sets` and `read_rest` read."""
    return {"sets": dose.sets, "rest_s": seconds(dose.rest)}


def breath_line(breath: Breath, say: Prompts) -> str:
    """Return "breathe in" or "breathe out"."""
    return say.say("breathe_in" if breath is Breath.IN else "breathe_out")
