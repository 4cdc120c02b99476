"""The phases of a repetition or stroke: their lengths, their breath and their words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from voicecoach.routine.model import Phase, Tempo
from voicecoach.track import Breath
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.nodes import shown
from voicecoach.yaml_reader.text_lint import OUTSIDE


def read_tempo(fields: Fields, default: Tempo) -> Tempo:
    """Return the four digits under `tempo`. S23: each way takes a second at least."""
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


def read_breath(
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, Breath]
) -> Mapping[Phase, Breath]:
    """Return the breathing cues under `breath`, by phase."""
    group = _phase_group(fields, "breath", phases)
    if group is None:
        return default
    read = {phase: group.choice(phase.value, Breath) for phase in phases}
    return {phase: breath for phase, breath in read.items() if breath}


def read_words(
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, str]
) -> Mapping[Phase, str]:
    """Return what is said at the start of a phase, under `words`."""
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
