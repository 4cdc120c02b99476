"""The dose of an exercise: repetitions at a tempo, a hold, or rolling strokes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from voicecoach.errors import did_you_mean
from voicecoach.routine.fields import Fields, Range
from voicecoach.routine.model import Breath, Dose, Hold, Phase, Repetitions, Strokes, Tempo
from voicecoach.routine.nodes import line_of, shown
from voicecoach.routine.texts import Spoken
from voicecoach.units import Ms

REPETITIONS: Final = Range(1, 50, "more belongs into further sets", whole=True)
SETS: Final = Range(1, 20, "a routine, not a training plan", whole=True)
REST_S: Final = Range(0, 60, "the coach counts to sixty", whole=True)
HOLD_S: Final = Range(
    5,
    60,
    "stretches 10-30 s, for older users 30-60 s (safety rule S23); efforts from 5 s",
    whole=True,
)
STROKES: Final = Range(1, 15, "sets of 10-15 strokes (safety rule S22)", whole=True)
STROKE_S: Final = Range(2, 4, "2-4 s for each way (safety rule S22)")
BREATH_S: Final = Range(2, 10, "a cue at least every 10 s (safety rule S24)")
SET_OF_STROKES_MS: Final = range(30_000, 120_001)
"""S22: a set of fewer than ten strokes lasts at least 30 s; none lasts more than two minutes."""

KINDS: Final = ("repetitions", "hold_s", "strokes")
_SETS: Final = ("sets", "rest_s")
_REQUIRED: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": ("repetitions", "tempo"),
    "hold_s": ("hold_s",),
    "strokes": ("strokes", "stroke_s"),
}
_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "repetitions": (*_SETS, "first", "breath", "words"),
    "hold_s": (*_SETS, "breath"),
    "strokes": (*_SETS, "breath", "words"),
}
_LIFTING: Final = (Phase.LOWER, Phase.LIFT)
_ROLLING: Final = (Phase.THERE, Phase.BACK)


def read_dose(fields: Fields, spoken: Spoken) -> Dose | None:
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
    return _read(fields, kind, None, spoken)


def _likely_kind(fields: Fields) -> str | None:
    """Return the kind whose field is missing or misspelt, so that the rest is read as it."""
    if "stroke_s" in fields.keys:
        return "strokes"
    if "tempo" in fields.keys or "first" in fields.keys:
        return "repetitions"
    return next((kind for kind in KINDS if did_you_mean(kind, list(fields.keys))), None)


def vary_dose(fields: Fields, plain: Dose | None, spoken: Spoken) -> Dose | None:
    """Return `plain` with the given fields instead of its own; another kind stands alone."""
    own = kind_of(plain) if plain else None
    given = next((kind for kind in KINDS if kind in fields.keys), None)
    if own and given not in (own, None):
        return read_dose(fields, spoken)
    kind = given or own
    if kind is None:  # the plain dose is broken, and that is noted
        return None
    fields.check_keys((), (*_REQUIRED[kind], *_OPTIONAL[kind]))
    return _read(fields, kind, plain, spoken)


def kind_of(dose: Dose) -> str:
    """Return the field that tells the kind of `dose` in a file."""
    if isinstance(dose, Repetitions):
        return "repetitions"
    return "hold_s" if isinstance(dose, Hold) else "strokes"


def _read(fields: Fields, kind: str, plain: Dose | None, spoken: Spoken) -> Dose:
    if kind == "repetitions":
        given = plain if isinstance(plain, Repetitions) else None
        return _repetitions(fields, given or Repetitions(1, Tempo(1, 0, 1, 0)), spoken)
    if kind == "hold_s":
        return _hold(fields, plain if isinstance(plain, Hold) else Hold(Ms(10_000)))
    rolling = plain if isinstance(plain, Strokes) else Strokes(10, Ms(3000))
    return _strokes(fields, rolling, spoken)


def _repetitions(fields: Fields, base: Repetitions, spoken: Spoken) -> Repetitions:
    return Repetitions(
        count=int(fields.number("repetitions", REPETITIONS, base.count)),
        tempo=_tempo(fields, base.tempo),
        first=fields.choice("first", _LIFTING) or base.first,
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath=_breath(fields, _LIFTING, base.breath),
        words=_words(fields, _LIFTING, base.words, spoken),
        line=line_of(fields.node),
    )


def _hold(fields: Fields, base: Hold) -> Hold:
    breath = fields.group("breath")
    if breath:
        breath.check_keys((), ("in_s", "out_s"))
    return Hold(
        length=read_ms(fields, "hold_s", HOLD_S, base.length),
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath_in=read_ms(breath, "in_s", BREATH_S, base.breath_in),
        breath_out=read_ms(breath, "out_s", BREATH_S, base.breath_out),
        line=line_of(fields.node),
    )


def _strokes(fields: Fields, base: Strokes, spoken: Spoken) -> Strokes:
    dose = Strokes(
        count=int(fields.number("strokes", STROKES, base.count)),
        one_way=read_ms(fields, "stroke_s", STROKE_S, base.one_way),
        sets=int(fields.number("sets", SETS, base.sets)),
        rest=read_ms(fields, "rest_s", REST_S, base.rest),
        breath=_breath(fields, _ROLLING, base.breath),
        words=_words(fields, _ROLLING, base.words, spoken),
        line=line_of(fields.node),
    )
    length = 2 * dose.count * dose.one_way
    if dose.count < 10 and length not in SET_OF_STROKES_MS:
        message = f"{dose.count} strokes in {length / 1000:g} s are less than a set"
        fields.note("strokes", message, "10-15 strokes, or 30-120 s (safety rule S22)")
    return dose


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
        hint = "the first and third digit are at least 1: no bouncing (safety rule S23)"
        fields.note("tempo", f"'{code}' leaves no time to move", hint)
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
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, str], spoken: Spoken
) -> Mapping[Phase, str]:
    group = _phase_group(fields, "words", phases)
    if group is None:
        return default
    return {
        phase: group.text(phase.value, spoken) for phase in phases if phase.value in group.nodes
    }


def _phase_group(fields: Fields, key: str, phases: Iterable[Phase]) -> Fields | None:
    group = fields.group(key)
    if group:
        group.check_keys((), [phase.value for phase in phases])
    return group
