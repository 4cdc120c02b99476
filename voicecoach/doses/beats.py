"""Doses that are counted: two phases that come round again, each with its breath and words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import ClassVar

from voicecoach.doses.base import Data, Dose, Manner, breath_line
from voicecoach.language.prompts import Prompts
from voicecoach.track import GAP, Breath, Cue, CueKind, Lengths, Track, fitted
from voicecoach.units import Ms
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.text_lint import OUTSIDE


class Phase(Enum):
    """A moving part of a repetition or stroke; pauses carry no cue."""

    LOWER = "lower"
    LIFT = "lift"
    THERE = "there"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Beats:
    """One repetition or stroke at a pace: its two phases and how long they take."""

    phases: tuple[Phase, Phase]
    turn: Ms
    """Where the second phase begins."""
    length: Ms
    """Of both phases."""
    second_kind: CueKind
    """Of the cue at the start of the second phase."""
    second_line: str = ""
    """Key of the line that begins the second phase where its words do not."""


@dataclass(frozen=True, slots=True)
class Counted(Dose):
    """A dose of `count` repetitions or strokes, each counted aloud at its start."""

    PHASES: ClassVar[tuple[Phase, Phase]]
    """The phases that may have a breath and words."""

    count: int = field()  # an explicit field, or the property of `Dose` would be its default
    breath: Mapping[Phase, Breath] = field(default_factory=dict, kw_only=True)
    """The breathing cue spoken at the start of a phase."""
    words: Mapping[Phase, str] = field(default_factory=dict, kw_only=True)
    """Instead of the bare breathing cue: what is said at the start of a phase."""

    @abstractmethod
    def beats(self, how: Manner) -> Beats:
        """Return one repetition or stroke at the pace of `how`."""

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the counts, each with the words that fit beside it, and the second phases."""
        beats = self.beats(how)
        cues: list[Cue] = []
        for n in range(first, self.count + 1):
            at = Ms((n - first) * beats.length)
            cues.append(_count(self, beats, at, n, say, lengths, how))
            text = _words(self, beats, beats.phases[1], say, how)[0]
            if text:
                turn = Ms(at + beats.turn)
                breath = self.breath.get(beats.phases[1])
                kind = beats.second_kind
                cues.append(Cue(turn, text, kind, enter=False, breath=breath, optional=True))
        end = Ms((self.count - first + 1) * beats.length)
        return Track(fitted(cues, lengths, end), end)


def _count(
    dose: Counted, beats: Beats, at: Ms, n: int, say: Prompts, lengths: Lengths, how: Manner
) -> Cue:
    """Return the cue on the first beat: the number with the longest words that fit.

    A silent count is a cue without a text: it is still a place to resume at.
    """
    number = say.number(n) if how.counting else ""
    words = _words(dose, beats, beats.phases[0], say, how)
    texts = [", ".join(part for part in (number, word) if part) for word in words]
    second = _words(dose, beats, beats.phases[1], say, how)[0]
    room = Ms((beats.turn if second else beats.length) - GAP)
    breath = dose.breath.get(beats.phases[0])
    text = _first_that_fits(texts, lengths, room)
    return Cue(at, text, CueKind.COUNT, n, dose.count, breath=breath)


def _first_that_fits(texts: Sequence[str], lengths: Lengths, room: Ms) -> str:
    # every text is asked for, so that all of them are rendered before the session
    fitting = [text for text in texts if not text or lengths(text) <= room]
    return fitting[0] if fitting else texts[-1]


def _words(dose: Counted, beats: Beats, phase: Phase, say: Prompts, how: Manner) -> list[str]:
    """Return what may be said at the start of `phase`, the longest first; "" is silence."""
    texts: list[str] = []
    if how.wordy:
        texts.append(dose.words.get(phase, ""))
        breath = dose.breath.get(phase)
        if breath:
            texts += [breath_line(breath, say), say.say(breath.value)]
    always = phase is beats.phases[1] and beats.second_line
    return [*filter(None, texts), say.say(beats.second_line) if always else ""]


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


def write_phases(dose: Counted) -> Data:
    """Return the fields that `read_breath` and `read_words` read."""
    breath = {phase.value: breath.value for phase, breath in dose.breath.items()}
    return {"breath": breath, "words": {phase.value: text for phase, text in dose.words.items()}}
