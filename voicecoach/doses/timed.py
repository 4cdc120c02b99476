"""Doses of a length of time, in which nothing is counted and the breath is led."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from voicecoach.doses.base import Activity, Data, Dose, read_ms, seconds
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.shapes import Shape

BREATH_S: Final = Range(2, 10, "a cue at least every 10 s", rule="S24")


@dataclass(frozen=True, slots=True)
class Timed(Dose):
    """A dose of `length`, without a count."""

    activity: ClassVar[Activity] = Activity.HOLDING

    length: Ms
    breath_in: Ms = Ms(4000)
    breath_out: Ms = Ms(6000)

    def at_most(self, amount: float) -> Self:
        """Return the dose with so many seconds at most."""
        return replace(self, length=min(self.length, Ms(round(1000 * amount))))


def read_breaths(fields: Fields, base: Timed) -> tuple[Ms, Ms]:
    """Return the lengths of breathing in and out, under `breath`."""
    breath = fields.group("breath")
    if breath:
        breath.check_keys((), ("in_s", "out_s"))
        if not breath.keys:
            fields.note("breath", "no breathing", "such as {in_s: 4, out_s: 6}", "S24")
    return (
        read_ms(breath, "in_s", BREATH_S, base.breath_in),
        read_ms(breath, "out_s", BREATH_S, base.breath_out),
    )


def breaths_shapes() -> dict[str, Shape]:
    """Return what `read_breaths` takes."""
    what = "how long to breathe in and out: {in_s: 4, out_s: 6} (S24)"
    ways = {"in_s": "in", "out_s": "out"}
    fields = {
        key: shapes.number(f"seconds of breathing {way}", BREATH_S) for key, way in ways.items()
    }
    return {"breath": {**shapes.group(what, fields), "minProperties": 1}}


def write_breaths(dose: Timed) -> Data:
    """Return the field that `read_breaths` reads."""
    return {"breath": {"in_s": seconds(dose.breath_in), "out_s": seconds(dose.breath_out)}}
