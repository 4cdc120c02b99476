"""The dose of an exercise: repetitions at a tempo, a hold, rolling strokes, or a guided rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from voicecoach.errors import did_you_mean
from voicecoach.routine.fields import Fields, Range
from voicecoach.routine.model import (
    Breath,
    Dose,
    Hold,
    HoldKind,
    Phase,
    Relaxation,
    Repetitions,
    Strokes,
    Tempo,
)
from voicecoach.routine.nodes import line_of, path_of, shown
from voicecoach.routine.texts import OUTSIDE
from voicecoach.units import Ms

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
KINDS: Final = ("repetitions", "hold_s", "strokes", "relax_min")
_SETS: Final = ("sets", "rest_s")
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": ("repetitions", "tempo"),
    "hold_s": ("hold_s",),
    "strokes": ("strokes", "stroke_s"),
    "relax_min": ("relax_min", "cues"),
}
_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": (*_SETS, "first", "breath", "words"),
    "hold_s": (*_SETS, "breath", "as"),
    "strokes": (*_SETS, "breath", "words"),
    "relax_min": ("breath",),
}
_NAMES: Final = {Hold: "hold_s", Relaxation: "relax_min", Strokes: "strokes"}
_LIFTING: Final = (Phase.LOWER, Phase.LIFT)
_ROLLING: Final = (Phase.THERE, Phase.BACK)


def read_dose(fields: Fields) -> Dose | None:
    """Return the dose, or None when its kind cannot even be guessed (noted)."""
    given = [kind for kind in KINDS if kind in fields.keys]
    kind = given[0] if given else _likely_kind(fields)
    if kind is None:
        fields.note("", "no kind of dose", f"write one of {', '.join(KINDS)}")
        return None
    others = given[1:]
    if others:
        fields.note("", f"{' and '.join(given)} in one dose", f"write one of {', '.join(KINDS)}")
    foreign = [key for other in others for key in (*_REQUIRED[other], *_OPTIONAL[other])]
    fields.check_keys(_REQUIRED[kind], (*_OPTIONAL[kind], *foreign))
    return _read(fields, kind, None)


def _likely_kind(fields: Fields) -> str | None:
    """Return the kind whose field is missing or misspelt, so that the rest is read as it."""
    if "stroke_s" in fields.keys:
        return "strokes"
    if "tempo" in fields.keys or "first" in fields.keys:
        return "repetitions"
    if "cues" in fields.keys:
        return "relax_min"
    return next((kind for kind in KINDS if did_you_mean(kind, list(fields.keys))), None)


def vary_dose(fields: Fields, plain: Dose | None) -> Dose | None:
    """Return `plain` with the given fields instead of its own; another kind stands alone."""
    own = kind_of(plain) if plain else None
    given = next((kind for kind in KINDS if kind in fields.keys), None)
    if own and given not in (own, None):
        return read_dose(fields)
    kind = given or own
    if kind is None:  # the plain dose is broken, and that is noted
        return None
    fields.check_keys((), (*_REQUIRED[kind], *_OPTIONAL[kind]))
    return _read(fields, kind, plain)


def kind_of(dose: Dose) -> str:
    """Return the field that tells the kind of `dose` in a file."""
    return _NAMES.get(type(dose), "repetitions")


def _read(fields: Fields, kind: str, plain: Dose | None) -> Dose:
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
        tempo=_tempo(fields, base.tempo),
        first=fields.choice("first", _LIFTING) or base.first,
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath=_breath(fields, _LIFTING, base.breath),
        words=_words(fields, _LIFTING, base.words),
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
        breath=_breath(fields, _ROLLING, base.breath),
        words=_words(fields, _ROLLING, base.words),
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


def _tempo(fields: Fields, default: Tempo) -> Tempo:
    code = fields.text("tempo")
    if not code:
        return default
    if not re.fullmatch("[0-9]{4}", code):
        hint = 'four digits: seconds of lower, pause, lift, pause, such as "3120"'
        fields.note("tempo", f"'{shown(code)}' is not a tempo", hint)
        return default
    tempo = Tempo(*map(int, code))
    if not (tempo.lower and tempo.lift):
        hint = "the first and third digit are at least 1: no bouncing"
        fields.note("tempo", f"'{code}' leaves no time to move", hint, "S23")
    return tempo


def _breath(
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, Breath]
) -> Mapping[Phase, Breath]:
    group = _phase_group(fields, "breath", phases)
    if group is None:
        return default
    read = {phase: group.choice(phase.value, Breath) for phase in phases}
    return {phase: breath for phase, breath in read.items() if breath}


def _words(
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, str]
) -> Mapping[Phase, str]:
    group = _phase_group(fields, "words", phases)
    if group is None:
        return default
    return {
        phase: group.text(phase.value, OUTSIDE) for phase in phases if phase.value in group.nodes
    }


def _phase_group(fields: Fields, key: str, phases: Iterable[Phase]) -> Fields | None:
    group = fields.group(key)
    if group:
        group.check_keys((), [phase.value for phase in phases])
    return group
