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
    write_sets,
)
from voicecoach.doses.registry import register
from voicecoach.doses.timed import Timed, read_breaths, write_breaths
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
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of

STRETCH_S: Final = Range(
    10, 30, "a stretch; 'as: long' takes up to 60, 'as: effort' from 5", whole=True, rule="S23"
)
LONG_S: Final = Range(10, 60, "a long stretch, as older people take it", whole=True, rule="S23")
EFFORT_S: Final = Range(5, 30, "an effort; it is shorter than a stretch", whole=True, rule="S23")
UNTOLD_MS: Final = 10_000
"""S24: a longer hold says how to breathe."""
LONG_STRETCH: Final = Ms(30_000)
"""S19, S23: a stretch of a user aged 65 or over lasts 30 to 60 s (ACSM)."""
SHORTEST: Final = Ms(10_000)
"""A hold is not made shorter than that: there is no room for its words."""
LAST_SECONDS: Final = 5
"""How many seconds are counted down."""
HALFWAY_FROM: Final = Ms(12_000)
"""A shorter hold has no room for "halfway" before its last five seconds."""


class HoldKind(Enum):
    """What a hold is, which decides how long it may be (SAFETY rule S23)."""

    STRETCH = "stretch"
    LONG = "long"
    """A stretch of up to a minute, as older people take it."""
    EFFORT = "effort"
    """Muscles at work."""


LENGTHS: Final[Mapping[HoldKind, Range]] = {
    HoldKind.STRETCH: STRETCH_S,
    HoldKind.LONG: LONG_S,
    HoldKind.EFFORT: EFFORT_S,
}


@register
@dataclass(frozen=True, slots=True)
class Hold(Timed):
    """A position held for a time: start, halfway, last five seconds, breath in between."""

    NAME: ClassVar[str] = "hold_s"
    REQUIRED: ClassVar[tuple[str, ...]] = ("hold_s",)
    OPTIONAL: ClassVar[tuple[str, ...]] = ("sets", "rest_s", "breath", "as")

    kind: HoldKind = HoldKind.STRETCH

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

    def write(self) -> Data:
        """Return the fields of a routine file."""
        hold: Data = {"hold_s": seconds(self.length), "as": self.kind.value}
        return {**hold, **write_sets(self), **write_breaths(self)}

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the announcement, "halfway", the last seconds, and breaths where there is room.

        `how` and `first` change nothing: a hold keeps its time, and nothing in it is counted.
        """
        del how, first
        whole = self.length // 1000
        opening = Cue(Ms(0), say.say("hold", n=say.number(whole)), CueKind.MARK, n=whole)
        last = anchored_at_end([say.number(n) for n in range(LAST_SECONDS, 0, -1)], BEAT)
        cues = [opening, *(replace(cue, at=Ms(self.length + cue.at)) for cue in last)]
        if self.length >= HALFWAY_FROM:
            half = Ms(self.length // 2)
            cues.append(Cue(half, say.say("halfway"), CueKind.MARK, n=half // 1000, enter=False))
        cues += _breaths(self, say, Ms(lengths(opening.text) + GAP))
        breathed = _breathed(fitted(cues, lengths, self.length), say)
        return Track(fitted(breathed, lengths, self.length), self.length)

    def dose_line(self, say: Prompts) -> str:
        """Return how long the position is held."""
        return say.count("dose_hold", self.length // 1000)

    def less(self) -> Self | None:
        """Return two thirds of the time in whole seconds, or None if that is too short."""
        length = Ms(self.length * 2 // 3000 * 1000)
        return replace(self, length=length) if length >= SHORTEST else None

    def unhurried(self) -> Self:
        """S19: return a stretch as a long one; an effort stays as it is."""
        if self.kind is not HoldKind.STRETCH:
            return self
        return replace(self, kind=HoldKind.LONG, length=max(LONG_STRETCH, self.length))


def _check_length(fields: Fields, kind: HoldKind, length: Ms) -> None:
    """S23: a level that is another kind of hold must be as long as that kind may be."""
    valid = LENGTHS[kind]
    if not valid.low * 1000 <= length <= valid.high * 1000:
        fields.note("as", f"{length / 1000:g} s is out of range", str(valid), valid.rule)


def _breathed(cues: Sequence[Cue], say: Prompts) -> tuple[Cue, ...]:
    """Return `cues`; a lone "breathe in" becomes "breathe out", so that no breath is held."""
    breaths = [cue for cue in cues if cue.breath]
    if len(breaths) != 1:
        return tuple(cues)
    text = breath_line(Breath.OUT, say)
    out = replace(breaths[0], text=text, enter=False, breath=Breath.OUT)
    return tuple(out if cue is breaths[0] else cue for cue in cues)


def _breaths(dose: Hold, say: Prompts, earliest: Ms) -> list[Cue]:
    """Return the breathing cues, each on a whole second; a resume enters at "in"."""
    cues = []
    at, breath = Ms(-(-earliest // BEAT) * BEAT), Breath.IN
    while at < dose.length:
        inward = breath is Breath.IN
        text = breath_line(breath, say)
        cues.append(Cue(at, text, CueKind.BREATH, enter=inward, breath=breath, optional=True))
        at = Ms(at + (dose.breath_in if inward else dose.breath_out))
        breath = Breath.OUT if inward else Breath.IN
    return cues
