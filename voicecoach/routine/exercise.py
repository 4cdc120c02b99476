"""One exercise of a routine file, and the safety rules that concern it alone."""

from __future__ import annotations

from typing import Final

from voicecoach.routine.dose import read_dose, read_ms, vary_dose
from voicecoach.routine.fields import Fields, Range
from voicecoach.routine.identity import read_id, read_name
from voicecoach.routine.model import (
    Caution,
    Dose,
    Exercise,
    Hold,
    Position,
    Region,
    Sides,
    Strokes,
    Variant,
)
from voicecoach.routine.nodes import line_of
from voicecoach.routine.texts import Spoken, has_side
from voicecoach.units import Ms

SETTLE_S: Final = Range(0, 60, 'whoever needs longer says "pause"', whole=True)
DEFAULT_SETTLE: Final = Ms(8000)

REQUIRED: Final = (
    "id", "name", "position", "regions", "sides", "dose", "way_in", "full", "short", "way_out",
)  # fmt: skip
OPTIONAL: Final = ("easier", "harder", "contraindications", "settle_s", "assess")

_NEVER_ROLLED: Final = (Region.LOW_BACK, Region.NECK)


def read_exercise(fields: Fields) -> Exercise:
    """Return the exercise; whatever is wrong with it is noted in ``fields.findings``."""
    fields.check_keys(REQUIRED, OPTIONAL)
    spoken = Spoken(fields.choice("sides", Sides))
    dose_fields = fields.group("dose")
    dose = read_dose(dose_fields, spoken) if dose_fields else None
    exercise = Exercise(
        id=read_id(fields),
        name=read_name(fields),
        position=fields.choice("position", Position) or Position.SUPINE,
        regions=fields.choices("regions", Region, some=True),
        sides=spoken.sides or Sides.NONE,
        dose=dose or Hold(Ms(0)),
        way_in=fields.texts("way_in", spoken, some=True),
        full=fields.texts("full", spoken, some=True),
        short=fields.text("short", spoken),
        way_out=fields.texts("way_out", spoken, some=True),
        easier=_variant(fields, "easier", dose, spoken),
        harder=_variant(fields, "harder", dose, spoken),
        contraindications=fields.choices("contraindications", Caution),
        settle=read_ms(fields, "settle_s", SETTLE_S, DEFAULT_SETTLE),
        assess=fields.text("assess", spoken),
        line=line_of(fields.node),
    )
    _check_sides(fields, exercise)
    _check_rolling(fields, exercise)
    return exercise


def _variant(fields: Fields, key: str, plain: Dose | None, spoken: Spoken) -> Variant | None:
    own = fields.group(key)
    if own is None:
        return None
    own.check_keys((), ("say", "dose"))
    say = own.texts("say", spoken)
    dose_fields = own.group("dose")
    if not own.nodes.get("dose") and not say:
        own.note("", "nothing that differs", "write say, dose, or both")
    dose = vary_dose(dose_fields, plain, spoken) if dose_fields else plain
    return Variant(say, dose or Hold(Ms(0)))


def _check_sides(fields: Fields, exercise: Exercise) -> None:
    """S34: who only listens must be told which side, in every detail of speech."""
    if exercise.sides is not Sides.EACH:
        return
    for key, texts in (("full", (*exercise.way_in, *exercise.full)), ("short", (exercise.short,))):
        if key in fields.nodes and not has_side(*texts):
            hint = f"say {{side}} in {key} (safety rule S34)"
            fields.note(key, "'sides: each', but no {side}", hint)


def _check_rolling(fields: Fields, exercise: Exercise) -> None:
    """S21 and S22: where the roller may go, and a question between the sets."""
    levels = [exercise.variant(level).dose for level in (-1, 0, 1)]
    rolling = [dose for dose in levels if isinstance(dose, Strokes)]
    if rolling or exercise.position is Position.ROLLER:
        for region in exercise.regions:
            if region in _NEVER_ROLLED:
                hint = "only between the shoulder blades' top and the lower ribs (safety rule S21)"
                fields.note("regions", f"a roller never goes on the {region.value}", hint)
    if any(dose.sets > 1 for dose in rolling) and "assess" not in fields.keys:
        hint = "ask how it feels between the sets (safety rule S22)"
        fields.note("assess", "missing field 'assess'", hint)
