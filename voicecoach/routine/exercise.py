"""One exercise: in a routine file, or shared in a file of its own."""

from __future__ import annotations

from typing import Final

from voicecoach.doses.base import Dose, read_ms
from voicecoach.doses.hold import Hold
from voicecoach.routine.dose import read_dose, vary_dose
from voicecoach.routine.identity import read_id, read_name
from voicecoach.routine.limits import read_limits
from voicecoach.routine.model import Caution, Exercise, Load, Position, Region, Variant
from voicecoach.routine.safety import check_exercise
from voicecoach.units import Ms
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of
from voicecoach.yaml_reader.text_lint import Sides, Spoken

SETTLE_S: Final = Range(0, 60, 'whoever needs longer says "pause"', whole=True)
DEFAULT_SETTLE: Final = Ms(8000)
START_SETTLE: Final = Ms(6000)
"""With `start`: two seconds to do it, and the count-in. A strain is not waited in (S36)."""

REQUIRED: Final = (
    "id", "name", "position", "regions", "sides", "dose", "way_in", "full", "short", "way_out",
)  # fmt: skip
OPTIONAL: Final = (
    "way_in_short", "start", "release", "easier", "harder", "contraindications", "loads",
    "settle_s", "assess", "limits",
)  # fmt: skip

_RULES: Final = {"way_out": ("how to leave the position, spoken after a halt", "S30")}


def read_exercise(fields: Fields) -> Exercise:
    """Return the exercise; whatever is wrong with it is noted in ``fields.findings``."""
    fields.check_keys(REQUIRED, OPTIONAL, _RULES)
    spoken = Spoken(fields.choice("sides", Sides))
    dose_fields = fields.group("dose")
    dose = read_dose(dose_fields) if dose_fields else None
    easier = _variant(fields, "easier", dose, spoken)
    bound = tuple(d for d in (dose, easier and easier.dose) if d)
    exercise = Exercise(
        id=read_id(fields),
        name=read_name(fields),
        position=fields.choice("position", Position) or Position.SUPINE,
        regions=fields.choices("regions", Region, some=True),
        sides=spoken.sides or Sides.NONE,
        dose=dose or Hold(Ms(0)),
        way_in=fields.script("way_in", spoken, some=True),
        full=fields.script("full", spoken, some=True),
        short=fields.text("short", spoken),
        way_out=fields.script("way_out", spoken, some=True, rule="S30"),
        way_in_short=fields.script("way_in_short", spoken),
        start=fields.script("start", spoken),
        release=fields.script("release", spoken),
        easier=easier,
        harder=_variant(fields, "harder", dose, spoken),
        contraindications=fields.choices("contraindications", Caution),
        loads=fields.choices("loads", Load),
        settle=read_ms(fields, "settle_s", SETTLE_S, default_settle("start" in fields.keys)),
        limits=read_limits(fields, bound),
        assess=fields.text("assess", spoken),
        line=line_of(fields.node),
    )
    check_exercise(fields, exercise)
    return exercise.within()


def default_settle(start: bool) -> Ms:
    """Return how long an exercise with or without `start` settles where its file is silent."""
    return START_SETTLE if start else DEFAULT_SETTLE


def _variant(fields: Fields, key: str, plain: Dose | None, spoken: Spoken) -> Variant | None:
    own = fields.group(key)
    if own is None:
        return None
    own.check_keys((), ("say", "start", "short", "dose"))
    say, start = own.texts("say", spoken), own.script("start", spoken)
    short = own.text("short", spoken) if "short" in own.keys else ""
    dose_fields = own.group("dose")
    if not own.nodes.get("dose") and not say and not start and not short:
        own.note("", "nothing that differs", "write say, start, short, dose, or several of them")
    dose = vary_dose(dose_fields, plain) if dose_fields else plain
    return Variant(say, dose or Hold(Ms(0)), start, short)
