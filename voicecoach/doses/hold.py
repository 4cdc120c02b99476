"""A position held for a time: a stretch or an effort, with breathing cues."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import ClassVar, Final, Self

from voicecoach.doses.base import (
    Data,
    Dose,
    Manner,
    breath_line,
    read_ms,
    read_rest,
    read_sets,
    seconds,
    sets_shapes,
    write_sets,
)
from voicecoach.doses.lead_in import count_in, softly
from voicecoach.doses.registry import register
from voicecoach.doses.timed import Timed, breaths_shapes, read_breaths, write_breaths
from voicecoach.language.prompts import Prompts
from voicecoach.track import (
    BEAT,
    GAP,
    Breath,
    Cue,
    CueKind,
    Lengths,
    Track,
    anchored_at_end,
    fitted,
)
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of
from voicecoach.yaml_reader.shapes import Shape

STRETCH_S: Final = Range(
    10, 30, "a stretch; 'as: long' takes up to 300, 'as: effort' from 5", whole=True, rule="S23"
)
LONG_S: Final = Range(10, 300, "a long stretch; older people take 30 to 60", whole=True, rule="S23")
EFFORT_S: Final = Range(5, 300, "an effort", whole=True, rule="S23")
TIMED_S: Final = Range(10, 300, "a length of time, such as a massage", whole=True, rule="S23")
UNTOLD_MS: Final = 10_000
"""S24: a longer hold says how to breathe."""
LONG_STRETCH: Final = Ms(30_000)
"""S19, S23: a stretch of a user aged 65 or over lasts 30 to 60 s (ACSM)."""
SHORTEST: Final = Ms(10_000)
"""A hold is not made shorter than that: there is no room for its words."""
LAST_SECONDS: Final = 3
"""How many seconds are counted down: more would leave no room for the last breath out."""
HALFWAY_FROM: Final = Ms(20_000)
"""A shorter hold needs no "halfway". Our own choice."""
HALFWAY_LATE: Final = Ms(2500)
"""By how much "halfway" may be late, so that it gives way to a breath."""


class HoldKind(Enum):
    """What a hold is, which decides how long it may be (SAFETY rule S23)."""

    STRETCH = "stretch"
    LONG = "long"
    """A stretch of up to a minute, as older people take it."""
    EFFORT = "effort"
    """Muscles at work."""
    TIMED = "timed"
    """Nothing is held still: a massage by hand, hanging from a bar."""


LENGTHS: Final[Mapping[HoldKind, Range]] = {
    HoldKind.STRETCH: STRETCH_S,
    HoldKind.LONG: LONG_S,
    HoldKind.EFFORT: EFFORT_S,
    HoldKind.TIMED: TIMED_S,
}


@register
@dataclass(frozen=True, slots=True)
class Hold(Timed):
    """A position held for a time: start, halfway, last five seconds, breath in between."""

    NAME: ClassVar[str] = "hold_s"
    REQUIRED: ClassVar[tuple[str, ...]] = ("hold_s",)
    OPTIONAL: ClassVar[tuple[str, ...]] = ("sets", "rest_s", "breath", "as")

    kind: HoldKind = HoldKind.STRETCH

    @property
    def kept(self) -> bool:
        """Whether a position is held: all but a massage and the like."""
        return self.kind is not HoldKind.TIMED

    @classmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Hold:
        """Return the hold in `fields`."""
        own = plain if isinstance(plain, Hold) else None
        base = own or Hold(SHORTEST)
        kind = fields.choice("as", HoldKind) or base.kind
        length = read_ms(fields, "hold_s", LENGTHS[kind], base.length)
        breath_in, breath_out = read_breaths(fields, base)
        if "hold_s" not in fields.keys and kind is not base.kind:
            _check_length(fields, kind, length)
        if length > UNTOLD_MS and "breath" not in fields.keys and own is None:
            hint = "a hold says how to breathe, such as breath: {in_s: 4, out_s: 6}"
            fields.note("breath", "missing field 'breath'", hint, "S24")
        return Hold(
            length=length,
            sets=read_sets(fields, base.sets),
            rest=read_rest(fields, base.rest),
            breath_in=breath_in,
            breath_out=breath_out,
            kind=kind,
            line=line_of(fields.node),
            path=path_of(fields.node),
        )

    @classmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field may be, whatever the hold is."""
        kinds = LENGTHS.values()
        low, high = min(kind.low for kind in kinds), max(kind.high for kind in kinds)
        widest = Range(low, high, "as 'as' allows", whole=True)
        return {
            "hold_s": shapes.number("seconds in which the position is held", widest),
            **sets_shapes(),
            **breaths_shapes(),
            "as": shapes.choice("what the hold is, by default a stretch", HoldKind),
        }

    @classmethod
    def conditions(cls) -> list[Shape]:
        """S23 and S24: how long each kind of hold is, and that a long one says how to breathe."""
        lengths = [_as_long_as(kind, valid) for kind, valid in LENGTHS.items()]
        untold = shapes.has(hold_s={"type": "number", "exclusiveMinimum": UNTOLD_MS / 1000})
        return [*lengths, shapes.where(untold, {"required": ["breath"]})]

    def write(self) -> Data:
        """Return the fields of a routine file."""
        hold: Data = {"hold_s": seconds(self.length), "as": self.kind.value}
        return {**hold, **write_sets(self), **write_breaths(self)}

    def lead_in(self, say: Prompts, lengths: Lengths) -> Track:
        """Return the count-in of an effort, or a word where nothing is strained against."""
        if self.kind is HoldKind.EFFORT:
            return count_in(say, lengths)
        key = "lead_timed" if self.kind is HoldKind.TIMED else "lead_stretch"
        return softly(say.say(key), lengths)

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the announcement, whole breaths to the end, "halfway", and the last seconds.

        `how` and `first` change nothing: a hold keeps its time, and nothing in it is counted.
        """
        del how, first
        whole = self.length // 1000
        key = "timed" if self.kind is HoldKind.TIMED else "hold"
        opening = Cue(Ms(0), say.say(key, time=say.duration(whole)), CueKind.MARK, n=whole)
        last = anchored_at_end([say.number(n) for n in range(LAST_SECONDS, 0, -1)], BEAT)
        firm = [opening, *(replace(cue, at=Ms(self.length + cue.at)) for cue in last)]
        free = Ms(lengths.span(opening)[1] + GAP), Ms(lengths.span(firm[1])[0] - GAP)
        breaths = _breaths(self, say, lengths, *free)
        cues = [*firm, *breaths]
        if self.length >= HALFWAY_FROM:
            cues += _halfway(self, cues, say, lengths)
        return Track(fitted(cues, lengths, self.length), self.length)

    def dose_line(self, say: Prompts) -> str:
        """Return how long the position is held."""
        key = "dose_timed" if self.kind is HoldKind.TIMED else "dose_hold"
        return say.say(key, time=say.duration(self.length // 1000))

    def brief_lines(self, _say: Prompts) -> list[str]:
        """Return nothing: the work begins with how long it lasts."""
        return []

    def less(self) -> Self | None:
        """Return two thirds of the time in whole seconds, or None if that is too short."""
        length = Ms(self.length * 2 // 3000 * 1000)
        return replace(self, length=length) if length >= SHORTEST else None

    def shorter(self) -> list[Self]:
        """Return the shorter forms; a long stretch stays long (S19)."""
        if self.kind is not HoldKind.LONG:
            return Timed.shorter(self)
        return [form for form in Timed.shorter(self) if form.length >= LONG_STRETCH]

    def unhurried(self) -> Self:
        """S19: return a stretch as a long one; an effort stays as it is."""
        if self.kind is not HoldKind.STRETCH:
            return self
        return replace(self, kind=HoldKind.LONG, length=max(LONG_STRETCH, self.length))


def _as_long_as(kind: HoldKind, valid: Range) -> Shape:
    """Return the condition that a hold of this kind is as long as it may be."""
    given: Shape = {"properties": {"as": {"const": kind.value}}}
    needed = {} if kind is HoldKind.STRETCH else {"required": ["as"]}
    length = shapes.number(f"seconds of {kind.value}", valid)
    return shapes.where({**given, **needed}, {"properties": {"hold_s": length}})


def _check_length(fields: Fields, kind: HoldKind, length: Ms) -> None:
    """S23: a level that is another kind of hold must be as long as that kind may be."""
    valid = LENGTHS[kind]
    if not valid.low * 1000 <= length <= valid.high * 1000:
        fields.note("as", f"{length / 1000:g} s is out of range", str(valid), valid.rule)


def _breaths(dose: Hold, say: Prompts, lengths: Lengths, free: Ms, until: Ms) -> list[Cue]:
    """Return whole breaths to the end of the hold or to its last seconds, said from `free` to
    `until`.

    They are stretched a little, so that none is cut. Where not one has room there is none: after a
    lone cue the breath would be held.
    """
    earliest = free - lengths.late(breath_line(Breath.IN, say))
    start = Ms(-(-earliest // BEAT) * BEAT)
    quiet = Ms(dose.length - LAST_SECONDS * BEAT - GAP)
    for end in (dose.length, quiet):
        cues = _whole_breaths(dose, start, end, say)
        spans = [lengths.span(cue) for cue in cues]
        nexts = [*(Ms(start - GAP) for start, _ in spans[1:]), until]
        if all(said <= free for (_, said), free in zip(spans, nexts, strict=True)):
            return cues
    return []


def _whole_breaths(dose: Hold, start: Ms, end: Ms, say: Prompts) -> list[Cue]:
    """Return as many breaths as come nearest to the written length; S24: none over ten seconds."""
    room, written = max(0, end - start), dose.breath_in + dose.breath_out
    longest = max(dose.breath_in, dose.breath_out)
    count = max(1, round(room / written), -(-room * longest // (written * UNTOLD_MS)))
    turn = room * dose.breath_in // (written * count)
    return [cue for n in range(count) for cue in _breath(start + room * n // count, turn, say)]


def _breath(at: int, turn: int, say: Prompts) -> list[Cue]:
    """Return the two cues of a breath."""
    return [
        Cue(Ms(at), breath_line(Breath.IN, say), CueKind.BREATH, breath=Breath.IN),
        Cue(Ms(at + turn), breath_line(Breath.OUT, say), CueKind.BREATH, breath=Breath.OUT),
    ]


def _halfway(dose: Hold, cues: Sequence[Cue], say: Prompts, lengths: Lengths) -> list[Cue]:
    """Return "halfway" at the first silence from the middle on, or nothing without one."""
    text = say.say("halfway")
    busy = sorted(lengths.span(cue) for cue in cues)
    at = dose.length // 2
    late = lengths.late(text)
    for start, end in busy:
        if end + GAP > at + late and at + late + lengths(text) + GAP > start:
            at = end + GAP - late
    if at > dose.length // 2 + HALFWAY_LATE:
        return []
    left = (dose.length - at) // 1000
    return [Cue(Ms(at), text, CueKind.MARK, n=left, optional=True)]
