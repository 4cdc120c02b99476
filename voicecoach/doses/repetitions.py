"""Repetitions at a tempo, counted aloud."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final, Self

from voicecoach.doses.base import (
    Activity,
    Data,
    Dose,
    Manner,
    read_rest,
    read_sets,
    sets_shapes,
    write_sets,
)
from voicecoach.doses.beats import (
    Beats,
    Counted,
    Phase,
    phases_shapes,
    read_breath,
    read_words,
    write_phases,
)
from voicecoach.doses.registry import register
from voicecoach.language.prompts import Prompts
from voicecoach.track import CueKind
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of, shown
from voicecoach.yaml_reader.shapes import Shape
from voicecoach.yaml_reader.text_lint import OUTSIDE, Sides, Spoken

REPETITIONS: Final = Range(1, 50, "more belongs into further sets", whole=True)


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


TEMPO_HINT: Final = 'four digits: seconds of lower, pause, lift, pause, such as "3120"'

TURNS: Final = Spoken(Sides.EACH)
"""The words of repetitions that change sides may name the side."""


class Truth(Enum):
    """A value of `alternate`."""

    TRUE = "true"
    FALSE = "false"


@register
@dataclass(frozen=True, slots=True)
class Repetitions(Counted):
    """`count` repetitions at a tempo, counted aloud at the start of each."""

    NAME: ClassVar[str] = "repetitions"
    REQUIRED: ClassVar[tuple[str, ...]] = ("repetitions", "tempo")
    OPTIONAL: ClassVar[tuple[str, ...]] = (
        "sets", "rest_s", "first", "alternate", "breath", "words",
    )  # fmt: skip
    PHASES: ClassVar[tuple[Phase, Phase]] = (Phase.LOWER, Phase.LIFT)
    activity: ClassVar[Activity] = Activity.COUNTING

    tempo: Tempo
    first: Phase = Phase.LOWER
    """The phase a repetition begins with: `LOWER` or `LIFT`."""
    alternate: bool = False
    """Whether repetitions change sides: the first one is on the left."""

    @classmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Repetitions:
        """Return the repetitions in `fields`."""
        base = plain if isinstance(plain, Repetitions) else Repetitions(1, Tempo(1, 0, 1, 0))
        turns = fields.choice("alternate", Truth)
        alternate = base.alternate if turns is None else turns is Truth.TRUE
        return Repetitions(
            count=int(fields.number("repetitions", REPETITIONS, base.count)),
            tempo=read_tempo(fields, base.tempo),
            first=fields.choice("first", cls.PHASES) or base.first,
            sets=read_sets(fields, base.sets),
            rest=read_rest(fields, base.rest),
            breath=read_breath(fields, cls.PHASES, base.breath),
            alternate=alternate,
            words=read_words(fields, cls.PHASES, base.words, TURNS if alternate else OUTSIDE),
            line=line_of(fields.node),
            path=path_of(fields.node),
        )

    @classmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field may be."""
        tempo = shapes.coded(TEMPO_HINT, "[1-9][0-9][1-9][0-9]", TEMPO_HINT)
        return {
            "repetitions": shapes.number("how many a set has", REPETITIONS),
            "tempo": {**tempo, "minimum": 1010, "maximum": 9999, "multipleOf": 1},
            **sets_shapes(),
            "first": shapes.choice("the phase that begins, by default lower", cls.PHASES),
            "alternate": shapes.choice("whether repetitions change sides, left first", Truth),
            **phases_shapes(cls.PHASES, sided=True),
        }

    def write(self) -> Data:
        """Return the fields of a routine file."""
        moves: Data = {
            "repetitions": self.count, "tempo": str(self.tempo), "first": self.first.value,
            "alternate": self.alternate,
        }  # fmt: skip
        return {**moves, **write_sets(self), **write_phases(self)}

    def beats(self, how: Manner) -> Beats:
        """Return one repetition: the phase it begins with, its pause, and the other."""
        tempo = self.tempo
        down, up = tempo.lower + tempo.pause_low, tempo.lift + tempo.pause_high
        lowers = self.first is Phase.LOWER
        return Beats(
            phases=(Phase.LOWER, Phase.LIFT) if lowers else (Phase.LIFT, Phase.LOWER),
            turn=how.stretched(Ms(1000 * (down if lowers else up))),
            length=how.stretched(tempo.length),
            second_kind=CueKind.BREATH,
        )

    def dose_line(self, say: Prompts) -> str:
        """Return how many repetitions a set has."""
        if self.alternate:
            return say.count("dose_alternate", self.count)
        return say.count("dose_repetitions", self.count)

    def with_count(self, count: int) -> Self:
        """Return the dose with so many repetitions, within what a file may say.

        Where they take turns, both sides have as many.
        """
        count += count % 2 if self.alternate else 0
        return replace(self, count=max(int(REPETITIONS.low), min(count, int(REPETITIONS.high))))

    def less(self) -> Self | None:
        """Return two thirds of the repetitions, rounded down; None if that is none.

        Where they take turns, both sides have as many.
        """
        count = self.count * 2 // 3
        count -= count % 2 if self.alternate and not self.count % 2 else 0
        return replace(self, count=count) if count else None


def read_tempo(fields: Fields, default: Tempo) -> Tempo:
    """Return the four digits under `tempo`. S23: each way takes a second at least."""
    code = fields.text("tempo")
    if not code:
        return default
    if not re.fullmatch("[0-9]{4}", code):
        fields.note("tempo", f"'{shown(code)}' is not a tempo", TEMPO_HINT)
        return default
    tempo = Tempo(*map(int, code))
    if not (tempo.lower and tempo.lift):
        hint = "the first and third digit are at least 1: no bouncing"
        fields.note("tempo", f"'{code}' leaves no time to move", hint, "S23")
    return tempo
