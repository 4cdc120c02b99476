"""Rolling strokes, there and back, with a spoken metronome."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from voicecoach.doses.base import (
    Activity,
    Data,
    Dose,
    Manner,
    read_ms,
    read_rest,
    read_sets,
    seconds,
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
from voicecoach.yaml_reader.nodes import line_of, path_of
from voicecoach.yaml_reader.shapes import Shape

STROKES: Final = Range(1, 15, "sets of 10-15 strokes", whole=True, rule="S22")
STROKE_S: Final = Range(2, 4, "seconds for each way", rule="S22")
WHOLE_SET: Final = 10
SET_MS: Final = 30_000
"""S22: a set of fewer than ten strokes lasts at least so long; 15 of 4 s last two minutes."""


@register
@dataclass(frozen=True, slots=True)
class Strokes(Counted):
    """`count` rolling strokes, there and back, with a spoken metronome."""

    NAME: ClassVar[str] = "strokes"
    REQUIRED: ClassVar[tuple[str, ...]] = ("strokes", "stroke_s")
    OPTIONAL: ClassVar[tuple[str, ...]] = ("sets", "rest_s", "breath", "words")
    PHASES: ClassVar[tuple[Phase, Phase]] = (Phase.THERE, Phase.BACK)
    activity: ClassVar[Activity] = Activity.ROLLING

    one_way: Ms
    """Length of the way there, and again of the way back."""

    @property
    def is_a_set(self) -> bool:
        """Whether these are enough strokes for a set: ten, or 30 s (S22)."""
        return self.count >= WHOLE_SET or 2 * self.count * self.one_way >= SET_MS

    @classmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Strokes:
        """Return the strokes in `fields`."""
        base = plain if isinstance(plain, Strokes) else Strokes(WHOLE_SET, Ms(3000))
        dose = Strokes(
            count=int(fields.number("strokes", STROKES, base.count)),
            one_way=read_ms(fields, "stroke_s", STROKE_S, base.one_way),
            sets=read_sets(fields, base.sets),
            rest=read_rest(fields, base.rest),
            breath=read_breath(fields, cls.PHASES, base.breath),
            words=read_words(fields, cls.PHASES, base.words),
            line=line_of(fields.node),
            path=path_of(fields.node),
        )
        _check_set(fields, dose, base)
        return dose

    @classmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field may be."""
        return {
            "strokes": shapes.number("how many a set has", STROKES),
            "stroke_s": shapes.number("seconds of one way", STROKE_S),
            **sets_shapes(),
            **phases_shapes(cls.PHASES),
        }

    @classmethod
    def conditions(cls) -> list[Shape]:
        """S22: fewer than ten strokes last half a minute together."""
        fewer = [(count, SET_MS / 2000 / count) for count in range(1, WHOLE_SET)]
        return [
            shapes.where(
                shapes.has(strokes={"type": "number", "maximum": count}),
                {"properties": {"stroke_s": {"minimum": least}}},
            )
            for count, least in fewer
            if least > STROKE_S.low
        ]

    def write(self) -> Data:
        """Return the fields of a routine file."""
        moves: Data = {"strokes": self.count, "stroke_s": seconds(self.one_way)}
        return {**moves, **write_sets(self), **write_phases(self)}

    def beats(self, how: Manner) -> Beats:
        """Return one stroke: there, and back, which is always said."""
        one_way = how.stretched(self.one_way)
        return Beats(self.PHASES, one_way, Ms(2 * one_way), CueKind.STROKE, "and_back")

    def dose_line(self, say: Prompts) -> str:
        """Return how many strokes a set has."""
        return say.count("dose_strokes", self.count)

    def with_count(self, count: int) -> Self:
        """Return the dose with so many strokes, as far as they are a set (S22)."""
        count = max(int(STROKES.low), min(count, int(STROKES.high)))
        wanted = [replace(self, count=n) for n in range(count, int(STROKES.high) + 1)]
        return next(dose for dose in wanted if dose.is_a_set)

    def less(self) -> Self | None:
        """Return two thirds of the strokes, rounded down; None if they are no set (S22)."""
        fewer = replace(self, count=self.count * 2 // 3)
        return fewer if fewer.is_a_set else None


def _check_set(fields: Fields, dose: Strokes, plain: Strokes) -> None:
    """S22: note too few strokes; those of the plain dose are noted where it stands."""
    too_quick = dose.one_way < STROKE_S.low * 1000  # which is noted for itself
    if not (dose.is_a_set or too_quick) and plain.is_a_set:
        message = f"{dose.count} strokes in {2 * dose.count * dose.one_way / 1000:g} s are no set"
        fields.note("strokes", message, "10-15 strokes, or at least 30 s", "S22")
