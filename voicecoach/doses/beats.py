"""Doses that are counted: two phases that come round again, each with its breath and words."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import ClassVar, Self

from voicecoach.doses.base import Data, Dose, Manner, breath_line
from voicecoach.language.prompts import Prompts
from voicecoach.language.sides import LEFT, RIGHT
from voicecoach.track import CENTRE, GAP, NONE, Breath, Cue, CueKind, Lengths, Track, fitted
from voicecoach.units import Ms
from voicecoach.yaml_reader import shapes
from voicecoach.yaml_reader.fields import Fields
from voicecoach.yaml_reader.shapes import Shape
from voicecoach.yaml_reader.text_lint import OUTSIDE, Spoken


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

    @property
    def breathes_out_first(self) -> bool:
        """Whether the first phase is a breath out."""
        return self.breath.get(self.beats(Manner()).phases[0]) is Breath.OUT

    def side(self, n: int) -> str:
        """Return the side that repetition `n` names, where they take turns: the left is first."""
        return LEFT if n % 2 else RIGHT

    def at_most(self, amount: float) -> Self:
        """Return the dose with so many repetitions or strokes at most."""
        return replace(self, count=min(self.count, int(amount)))

    @abstractmethod
    def beats(self, how: Manner) -> Beats:
        """Return one repetition or stroke at the pace of `how`."""

    def track(self, say: Prompts, lengths: Lengths, how: Manner, first: int = 1) -> Track:
        """Return the counts, each with the words that fit beside it, and the second phases.

        The breath is cued in both phases of each repetition or in none, so that it alternates.
        """
        beats = self.beats(how)
        speech = Speech(self, beats, say, lengths, how)
        cued = [speech.breathes(n) for n in range(1, self.count + 1)]
        speech = replace(speech, how=replace(how, wordy=how.wordy and all(cued)))
        cues: list[Cue] = []
        for n in range(first, self.count + 1):
            at = Ms((n - first) * beats.length)
            cues += [speech.count(at, n), *speech.second(Ms(at + beats.turn), n)]
        end = Ms((self.count - first + 1) * beats.length)
        return Track(fitted(cues, lengths, Ms(end + CENTRE)), end)


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said in the repetitions of a dose, led in one manner."""

    dose: Counted
    beats: Beats
    say: Prompts
    lengths: Lengths
    how: Manner

    def breathes(self, n: int) -> bool:
        """Tell whether both phases of repetition `n` have room for their breath, if they name it.

        Every text is asked for, so that all of them are rendered before the session.
        """
        if not (self.how.wordy and self.dose.breath):
            return True
        first, second = self.beats.phases
        counted, led = self._numbered(n, self._led(first, n)), self._led(second, n)
        return bool(self._fitting(counted, self._turning(n)) and self._fitting(led, self._back(n)))

    def count(self, at: Ms, n: int) -> Cue:
        """Return the cue on the first beat: the number with the longest words that fit.

        A silent count is a cue without a text: it is still a place to resume at.
        """
        phase = self.beats.phases[0]
        bare = self._numbered(n, [""])
        room = self._turning(n) if self._second_texts(n) else self._until_next(n, NONE)
        fitting = self._fitting(self._numbered(n, self._led(phase, n)), room)
        breath = self.dose.breath.get(phase) if fitting else None
        text = (fitting or bare)[0]
        return Cue(at, text, CueKind.COUNT, n, self.dose.count, breath=breath)

    def second(self, at: Ms, n: int) -> list[Cue]:
        """Return the cue at the start of the second phase, or none."""
        phase = self.beats.phases[1]
        fitting = self._fitting(self._second_texts(n), self._back(n))
        if not fitting:
            return []
        breath = self.dose.breath.get(phase) if self.how.wordy else None
        kind = self.beats.second_kind
        return [Cue(at, fitting[0], kind, enter=False, breath=breath)]

    def _second_texts(self, n: int) -> list[str]:
        always = self.beats.second_line
        return [*self._led(self.beats.phases[1], n), *([self.say.say(always)] if always else [])]

    def _led(self, phase: Phase, n: int) -> list[str]:
        """Return the words and the breath of `phase`, the longest first; none if not `wordy`."""
        if not self.how.wordy:
            return []
        breath = self.dose.breath.get(phase)
        bare = [breath_line(breath, self.say), self.say.say(breath.value)] if breath else []
        return [*self._words(phase, n), *bare]

    def _words(self, phase: Phase, n: int) -> list[str]:
        """Return the words of `phase`, then only those of their clauses that name a side.

        Which arm it is matters more than the breath, where a long number leaves no room for both.
        """
        words, side = self.dose.words.get(phase, ""), self.dose.side(n)
        sided = ", ".join(clause for clause in words.split(", ") if "side}" in clause)
        return [self.say.sided(form, side) for form in dict.fromkeys((words, sided)) if form]

    def _numbered(self, n: int, texts: Sequence[str]) -> list[str]:
        number = self.say.number(n) if self.how.counting else ""
        return [", ".join(part for part in (number, text) if part) for text in texts]

    def _turning(self, n: int) -> Ms:
        """Return the room for what is said in the first phase."""
        return Ms(self.beats.turn - GAP + self._late(self._second_texts(n)))

    def _back(self, n: int) -> Ms:
        """Return the room for what is said in the second phase."""
        return self._until_next(n, self.beats.turn)

    def _until_next(self, n: int, since: Ms) -> Ms:
        """Return the room from `since` in repetition `n` to the next one's count."""
        if n == self.dose.count:
            return Ms(self.beats.length - since - GAP + CENTRE)
        following = self._numbered(n + 1, ["", *self._led(self.beats.phases[0], n + 1)])
        return Ms(self.beats.length - since - GAP + self._late(following))

    def _late(self, texts: Sequence[str]) -> Ms:
        """Return how long after its time the first sound of any of `texts` comes."""
        return min((self.lengths.late(text) for text in texts if text), default=NONE)

    def _fitting(self, texts: Sequence[str], room: Ms) -> list[str]:
        """Return the texts that end within `room` of their time. Each is asked for its length."""
        over = [self.lengths(text) + self.lengths.late(text) for text in texts]
        return [text for text, end in zip(texts, over, strict=True) if end <= room]


def read_breath(
    fields: Fields, phases: Iterable[Phase], default: Mapping[Phase, Breath]
) -> Mapping[Phase, Breath]:
    """Return the breathing cues under `breath`, by phase."""
    group = _phase_group(fields, "breath", phases)
    if group is None:
        return default
    read = {phase: group.choice(phase.value, Breath) for phase in phases}
    named = {phase: breath for phase, breath in read.items() if breath}
    if named and set(named.values()) != set(Breath):
        hint = f"name in and out, one for each of {' and '.join(p.value for p in phases)}"
        fields.note("breath", "a breath that does not alternate", hint, "S24")
    return named


def read_words(
    fields: Fields,
    phases: Iterable[Phase],
    default: Mapping[Phase, str],
    spoken: Spoken = OUTSIDE,
) -> Mapping[Phase, str]:
    """Return what is said at the start of a phase, under `words`."""
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


def phases_shapes(phases: tuple[Phase, Phase], *, sided: bool = False) -> dict[str, Shape]:
    """Return what `read_breath` and `read_words` take; the words may name the side if `sided`."""
    one, other = (phase.value for phase in phases)
    cues = {name: shapes.choice("breathe in or out at its start", Breath) for name in (one, other)}
    led = "the breath at the start of each phase: in at one, out at the other (S24)"
    said = "what is said at the start of a phase instead of the breath"
    words = {name: shapes.text("said at its start", sided=sided) for name in (one, other)}
    both = {"dependencies": {one: [other], other: [one]}}
    return {"breath": {**shapes.group(led, cues), **both}, "words": shapes.group(said, words)}


def write_phases(dose: Counted) -> Data:
    """Return the fields that `read_breath` and `read_words` read."""
    breath = {phase.value: breath.value for phase, breath in dose.breath.items()}
    return {"breath": breath, "words": {phase.value: text for phase, text in dose.words.items()}}
