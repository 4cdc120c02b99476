"""A guided rest: breathing aloud, then a few words now and then, time left, a soft end.

It is no hold: nothing is strained and there is no temptation to hold the breath, so the cue every
ten seconds of SAFETY rule S24 would be chatter here. How often something is said is our own choice.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import ClassVar, Final, Self

from voicecoach.doses.base import Data, Dose, Manner, seconds
from voicecoach.doses.lead_in import softly
from voicecoach.doses.registry import register
from voicecoach.doses.schedule import Schedule
from voicecoach.doses.timed import Timed, breaths_shapes, read_breaths, write_breaths
from voicecoach.language.prompts import Prompts
from voicecoach.track import Breath, Cue, CueKind, Lengths, Track, fitted, spoken
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of
from voicecoach.yaml_reader.shapes import Shape
from voicecoach.yaml_reader.text_lint import OUTSIDE

RELAX_MIN: Final = Range(1, 30, "minutes of a guided rest")
CUE_EVERY_MS: Final = 60_000
"""A rest has one of the author's sentences a minute at most: more is chatter. Our own choice."""

SHORTEST_REST: Final = 300_000
"""A rest is not made shorter than that for want of time: the first minute goes by in settling."""

ALOUD: Final = Ms(65_000)
"""Breathing is led from the start for the whole breaths in so long: about a minute after the
opening; and for half of a rest that is shorter than twice this."""
BREATHS_EVERY: Final = Ms(150_000)
"""From then on a few breaths are led again every two to three minutes."""
BREATHS_AGAIN: Final = 3
CHECK_FIRST: Final = Ms(180_000)
CHECK_EVERY: Final = Ms(300_000)
"""A check-in comes early, and then between two times left, which come every five minutes."""
MINUTES_LEFT: Final = (25, 20, 15, 10, 5, 1)
LAST: Final = Ms(90_000)
"""Nothing of the coach's own begins later than so long before the end, but the time and the end."""
LEAD: Final = Ms(25_000)
"""By how much the start may be longer: its opening and the longest breath."""
END: Final = Ms(20_000)
"""The soft end begins so long before the end, so that there is time to follow it."""


@register
@dataclass(frozen=True, slots=True)
class Relaxation(Timed):
    """A guided rest of minutes: breathing aloud at first, then a few words now and then."""

    NAME: ClassVar[str] = "relax_min"
    REQUIRED: ClassVar[tuple[str, ...]] = ("relax_min", "cues")
    OPTIONAL: ClassVar[tuple[str, ...]] = ("breath",)
    INSTRUCTIONS: ClassVar[tuple[str, ...]] = ("cues",)
    TIGHT_HINT: ClassVar[str] = "fewer or shorter cues"
    rests: ClassVar[bool] = True

    cues: tuple[str, ...] = ()
    """The exercise's own sentences, spread over the rest."""
    sets: int = field(default=1, init=False)
    rest: Ms = field(default=Ms(0), init=False)

    @property
    def instructions(self) -> tuple[str, ...]:
        """The cues."""
        return self.cues

    @classmethod
    def read(cls, fields: Fields, plain: Dose | None) -> Relaxation:
        """Return the rest in `fields`."""
        base = plain if isinstance(plain, Relaxation) else Relaxation(Ms(900_000))
        minutes = fields.number("relax_min", RELAX_MIN, base.length / 60_000)
        if minutes * 2 != int(minutes * 2):
            hint = "whole or half minutes, which can be said"
            fields.note("relax_min", f"{minutes:g} minutes", hint)
        own = fields.texts("cues", OUTSIDE, some=True) if "cues" in fields.keys else base.cues
        length = Ms(round(minutes * 60_000))
        if len(own) * CUE_EVERY_MS > length:
            message = f"{len(own)} cues in {minutes:g} minutes"
            fields.note("", message, "one a minute at most: a rest needs its quiet")
        breath_in, breath_out = read_breaths(fields, base)
        line, path = line_of(fields.node), path_of(fields.node)
        return Relaxation(length, breath_in, breath_out, own, line=line, path=path)

    @classmethod
    def shapes(cls) -> dict[str, Shape]:
        """Return what each field may be."""
        rest = shapes.number("length of the rest, in whole or half minutes", RELAX_MIN)
        what = "sentences spread over the rest, one a minute at most"
        cues = shapes.listed(what, shapes.text("a sentence of the exercise"), some=True)
        most = int(RELAX_MIN.high * 60_000 // CUE_EVERY_MS)
        return {
            "relax_min": {**rest, "multipleOf": 0.5},
            "cues": {**cues, "maxItems": most},
            **breaths_shapes(),
        }

    def write(self) -> Data:
        """Return the fields of a routine file."""
        minutes = seconds(self.length // 60)
        return {"relax_min": minutes, **write_breaths(self), "cues": list(self.cues)}

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the whole rest. Not `wordy`: breathing once, then check-ins and times.

        A resume may enter at every cue. Raises `TightError` if one of the
        `cues` finds no place. `first` changes nothing.
        """
        del first
        schedule = Schedule(Ms(self.length - END), lengths)
        start = _lead(self, say, schedule)
        schedule.put(spoken([say.say("relax_end")], lengths), Ms(self.length - END))
        _put_times_left(self, say, schedule)
        last = Ms(self.length - LAST)
        if how.wordy:
            breaths = _breaths(self, BREATHS_AGAIN, say)
            again = spoken([say.say("relax_breath")], lengths).then(breaths)
            schedule.repeat(again, Ms(start + BREATHS_EVERY), BREATHS_EVERY, last)
        check = spoken([say.say("relax_check")], lengths)
        schedule.repeat(check, CHECK_FIRST, CHECK_EVERY, last)
        if how.wordy:
            schedule.spread(self.cues, start)
        return Track(fitted(schedule.cues, lengths, self.length), self.length)

    def dose_line(self, say: Prompts) -> str:
        """Return how many minutes the rest takes."""
        return say.say("dose_relax", time=say.duration(self.length // 1000))

    def brief_lines(self, say: Prompts) -> list[str]:
        """Return the minutes alone."""
        return [say.say("dose_brief", time=say.duration(self.length // 1000))]

    def lead_in(self, say: Prompts, lengths: Lengths) -> Track:
        """Return a word instead of a count."""
        return softly(say.say("lead_rest"), lengths)

    def shorter(self) -> list[Self]:
        """Return the rest with fewer minutes: one a cue at least, and not under `SHORTEST_REST`."""
        least = max(SHORTEST_REST, (len(self.cues) + 1) * CUE_EVERY_MS)
        lengths = range(self.length - 60_000, least - 1, -60_000)
        return [replace(self, length=Ms(length)) for length in lengths]

    def at_most(self, amount: float) -> Self:
        """Return the rest with so many minutes at most."""
        return replace(self, length=min(self.length, Ms(round(60_000 * amount))))

    def less(self) -> None:
        """Return None: a rest is not made shorter."""
        return


def _aloud(dose: Relaxation) -> Ms:
    """Return for how long breathing is led at the start, a breath more or less."""
    return Ms(min(ALOUD, dose.length // 2))


def _lead(dose: Relaxation, say: Prompts, schedule: Schedule) -> Ms:
    """Put the opening and the breaths aloud at the start, and return when they end."""
    opening = spoken([say.say("relax")], schedule.lengths)
    count = (_aloud(dose) - opening.length) // (dose.breath_in + dose.breath_out)
    lead = opening.then(_breaths(dose, max(1, count), say))
    schedule.put(lead, Ms(0))
    return lead.length


def _breaths(dose: Relaxation, count: int, say: Prompts) -> Track:
    """Return `count` breaths, each cue at the start of its phase."""
    whole = dose.breath_in + dose.breath_out
    cues: list[Cue] = []
    for at in range(0, count * whole, whole):
        out = Ms(at + dose.breath_in)
        inward, outward = say.say("breathe_in"), say.say("breathe_out")
        cues.append(Cue(Ms(at), inward, CueKind.BREATH, breath=Breath.IN))
        cues.append(Cue(out, outward, CueKind.BREATH, breath=Breath.OUT))
    return Track(tuple(cues), Ms(count * whole))


def _put_times_left(dose: Relaxation, say: Prompts, schedule: Schedule) -> None:
    for minutes in MINUTES_LEFT:
        at = dose.length - minutes * 60_000
        # No length of a line may decide which lines there are: all of them are rendered before.
        if at >= _aloud(dose) + LEAD:
            schedule.put(_left(minutes, say, schedule.lengths), Ms(at))


def _left(minutes: int, say: Prompts, lengths: Lengths) -> Track:
    text = say.count("relax_left", minutes)
    cue = Cue(Ms(0), text, CueKind.MARK, n=minutes * 60)
    return Track((cue,), lengths.span(cue)[1])
