"""How much: a dose of each kind with its ranges, which are those of SAFETY S22 to S24."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.routine.model import (
    Dose,
    Hold,
    HoldKind,
    Phase,
    Relaxation,
    Repetitions,
    Strokes,
    Tempo,
)
from voicecoach.routine.phases import read_breath, read_tempo, read_words
from voicecoach.units import Ms
from voicecoach.yaml_reader.fields import Fields, Range
from voicecoach.yaml_reader.nodes import line_of, path_of
from voicecoach.yaml_reader.text_lint import OUTSIDE

REPETITIONS: Final = Range(1, 50, "more belongs into further sets", whole=True)
SETS: Final = Range(1, 20, "a routine, not a training plan", whole=True)
REST_S: Final = Range(0, 60, "the coach counts to sixty", whole=True)
STRETCH_S: Final = Range(
    10, 30, "a stretch; 'as: long' takes up to 60, 'as: effort' from 5", whole=True, rule="S23"
)
LONG_S: Final = Range(10, 60, "a long stretch, as older people take it", whole=True, rule="S23")
EFFORT_S: Final = Range(5, 30, "an effort; it is shorter than a stretch", whole=True, rule="S23")
STROKES: Final = Range(1, 15, "sets of 10-15 strokes", whole=True, rule="S22")
STROKE_S: Final = Range(2, 4, "seconds for each way", rule="S22")
BREATH_S: Final = Range(2, 10, "a cue at least every 10 s", rule="S24")
RELAX_MIN: Final = Range(1, 30, "minutes of a guided rest")
SET_OF_STROKES_MS: Final = 30_000
"""S22: a set of fewer than ten strokes lasts at least so long; 15 of 4 s last two minutes."""
UNTOLD_MS: Final = 10_000
"""S24: a longer hold says how to breathe."""
CUE_EVERY_MS: Final = 60_000
"""A rest has one of the author's sentences a minute at most: more is chatter. Our own choice."""

HOLD_LENGTHS: Final[Mapping[HoldKind, Range]] = {
    HoldKind.STRETCH: STRETCH_S,
    HoldKind.LONG: LONG_S,
    HoldKind.EFFORT: EFFORT_S,
}
_LIFTING: Final = (Phase.LOWER, Phase.LIFT)
_ROLLING: Final = (Phase.THERE, Phase.BACK)


def read_amount(fields: Fields, kind: str, plain: Dose | None) -> Dose:
    """Return the dose of `kind` (the field that tells it); what is not given is that of `plain`."""
    if kind == "repetitions":
        given = plain if isinstance(plain, Repetitions) else None
        return _repetitions(fields, given or Repetitions(1, Tempo(1, 0, 1, 0)))
    if kind == "hold_s":
        return _hold(fields, plain if isinstance(plain, Hold) else None)
    if kind == "relax_min":
        resting = plain if isinstance(plain, Relaxation) else Relaxation(Ms(900_000))
        return _relaxation(fields, resting)
    rolling = plain if isinstance(plain, Strokes) else Strokes(10, Ms(3000))
    dose = _strokes(fields, rolling)
    if not _is_a_set(dose) and _is_a_set(rolling):  # else it is noted where the plain dose stands
        message = f"{dose.count} strokes in {2 * dose.count * dose.one_way / 1000:g} s are no set"
        fields.note("strokes", message, "10-15 strokes, or at least 30 s", "S22")
    return dose


def _repetitions(fields: Fields, base: Repetitions) -> Repetitions:
    return Repetitions(
        count=int(fields.number("repetitions", REPETITIONS, base.count)),
        tempo=read_tempo(fields, base.tempo),
        first=fields.choice("first", _LIFTING) or base.first,
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath=read_breath(fields, _LIFTING, base.breath),
        words=read_words(fields, _LIFTING, base.words),
        line=line_of(fields.node),
        path=path_of(fields.node),
    )


def _hold(fields: Fields, plain: Hold | None) -> Hold:
    base = plain or Hold(Ms(10_000))
    breath = _in_and_out(fields)
    kind = fields.choice("as", HoldKind) or base.kind
    length = read_ms(fields, "hold_s", HOLD_LENGTHS[kind], base.length)
    if "hold_s" not in fields.keys and kind is not base.kind:
        _check_length(fields, kind, length)
    if length > UNTOLD_MS and "breath" not in fields.keys and plain is None:
        hint = "a hold says how to breathe, such as breath: {in_s: 4, out_s: 6}"
        fields.note("breath", "missing field 'breath'", hint, "S24")
    return Hold(
        length=length,
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath_in=read_ms(breath, "in_s", BREATH_S, base.breath_in),
        breath_out=read_ms(breath, "out_s", BREATH_S, base.breath_out),
        kind=kind,
        line=line_of(fields.node),
        path=path_of(fields.node),
    )


def _check_length(fields: Fields, kind: HoldKind, length: Ms) -> None:
    """S23: a level that is another kind of hold must be as long as that kind may be."""
    valid = HOLD_LENGTHS[kind]
    if not valid.low * 1000 <= length <= valid.high * 1000:
        fields.note("as", f"{length / 1000:g} s is out of range", str(valid), valid.rule)


def _in_and_out(fields: Fields) -> Fields | None:
    """Return the seconds of breathing in and out. An empty group is a hold without breath."""
    breath = fields.group("breath")
    if breath is None:
        return None
    breath.check_keys((), ("in_s", "out_s"))
    if not breath.keys:
        fields.note("breath", "no breathing", "such as {in_s: 4, out_s: 6}", "S24")
    return breath


def _relaxation(fields: Fields, base: Relaxation) -> Relaxation:
    breath = _in_and_out(fields)
    minutes = fields.number("relax_min", RELAX_MIN, base.length / 60_000)
    if minutes * 2 != int(minutes * 2):
        fields.note("relax_min", f"{minutes:g} minutes", "whole or half minutes, which can be said")
    cues = fields.texts("cues", OUTSIDE, some=True) if "cues" in fields.keys else base.cues
    length = Ms(round(minutes * 60_000))
    if len(cues) * CUE_EVERY_MS > length:
        message = f"{len(cues)} cues in {minutes:g} minutes"
        fields.note("", message, "one a minute at most: a rest needs its quiet")
    return Relaxation(
        length=length,
        breath_in=read_ms(breath, "in_s", BREATH_S, base.breath_in),
        breath_out=read_ms(breath, "out_s", BREATH_S, base.breath_out),
        cues=cues,
        line=line_of(fields.node),
        path=path_of(fields.node),
    )


def _strokes(fields: Fields, base: Strokes) -> Strokes:
    return Strokes(
        count=int(fields.number("strokes", STROKES, base.count)),
        one_way=read_ms(fields, "stroke_s", STROKE_S, base.one_way),
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath=read_breath(fields, _ROLLING, base.breath),
        words=read_words(fields, _ROLLING, base.words),
        line=line_of(fields.node),
        path=path_of(fields.node),
    )


def _is_a_set(dose: Strokes) -> bool:
    """S22: ten strokes, or 30 s. A stroke that is too quick is noted for itself."""
    slow = dose.one_way >= STROKE_S.low * 1000
    return dose.count >= 10 or not slow or 2 * dose.count * dose.one_way >= SET_OF_STROKES_MS


def read_ms(fields: Fields | None, key: str, valid: Range, default: Ms) -> Ms:
    """Return the seconds under `key` as milliseconds."""
    return Ms(round(1000 * fields.number(key, valid, default / 1000))) if fields else default
