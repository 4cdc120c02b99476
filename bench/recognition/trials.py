"""What is measured: each recording in its conditions, and which phrases are live."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.english import BOOK
from bench.recognition.crowd import BOTH
from bench.recognition.kinds import (
    ACCENTED,
    CHORDS,
    COMMANDS,
    CUTS,
    FEW_LIVE,
    MUSIC,
    NATURAL,
    NEGATIVES,
    NOISE,
    SYNTHETIC,
    TALK,
    WORDS,
    kind_of,
)
from bench.recognition.listening import rounds
from bench.recognition.live import ALL, COUNTING, closed_set
from bench.recognition.spoil import CLEAN, ROOM, Spoiler
from bench.recognition.thinning import common, thin
from models.recipe.corpus import Clip
from voicecoach.language.phrasebook import Command

SPOILED_ACCENTED = 120
"""Sentences of accented speakers heard in other conditions."""

SPOILED_BARS = ("10 dB", "0 dB", ROOM, "telephone")
"""Conditions of command words that a bar is about."""


@dataclass(frozen=True)
class Trial:
    """One recording to be heard once."""

    clip: Clip
    condition: str
    live: str


@dataclass(frozen=True)
class Data:
    """The recordings chosen; `synthetic` are of phrases that no person says in the folder."""

    clips: Sequence[Clip]
    synthetic: Sequence[Clip]
    spoiler: Spoiler
    natural: Sequence[tuple[Clip, str]] = ()
    """Natural phrasings, each with its state."""
    hours: float = 0.0
    """Of virtual listening."""

    @property
    def said(self) -> list[str]:
        """The phrases of the grammar that people say, alone or cut out of sentences."""
        texts = {str(clip.text) for clip in (*self.of(COMMANDS), *self.of(CUTS))}
        return sorted(BOOK.grammar(Command) & texts)

    def of(self, kind: str) -> list[Clip]:
        """Return the clips of a kind. A command word among the other words is a command."""
        return [clip for clip in self.clips if kind_of(clip) == kind]

    def trials(self, quick: bool) -> list[Trial]:
        """Return everything to be heard, those with the same phrases live together."""
        usual = [Trial(clip, CLEAN, ALL) for clip in (*self.clips, *self.synthetic)]
        lines = () if quick else self.spoiler.lines
        other = [Trial(clip, CLEAN, COUNTING) for clip in self.clips if kind_of(clip) in FEW_LIVE]
        closed = [Trial(clip, CLEAN, closed_set(str(clip.text))) for clip in self.of(CUTS)]
        closed += [Trial(clip, CLEAN, state) for clip, state in self.natural]
        return [
            *usual,
            *self._spoiled(quick),
            *(Trial(clip, line, ALL) for line in lines for clip in common(self.of(COMMANDS))),
            *self._listening(),
            *other,
            *sorted(closed, key=lambda trial: trial.live),
        ]

    def for_bars(self) -> list[Trial]:
        """Return what the bars are about: the other conditions on a part of the recordings."""
        part = {clip.id for clip in common(self.of(COMMANDS))}
        return [trial for trial in self.trials(quick=False) if _has_bar(trial, part)]

    def _spoiled(self, quick: bool) -> Iterator[Trial]:
        part = {clip.id for clip in thin(self.of(ACCENTED), SPOILED_ACCENTED)}
        both = (BOTH,) if self.spoiler.voices and not quick else ()
        for condition in (*self.spoiler.conditions[1:], *both):
            for clip in self.clips:
                kind = kind_of(clip)
                if kind in _heard_in(condition, quick) and (kind != ACCENTED or clip.id in part):
                    yield Trial(clip, condition, ALL)

    def _listening(self) -> Iterator[Trial]:
        found = [c for c in self.clips if kind_of(c) in (*TALK, NOISE, CHORDS, MUSIC)]
        return (Trial(clip, condition, ALL) for clip, condition in rounds(found, self.hours))


def _has_bar(trial: Trial, part: Collection[str]) -> bool:
    kind = kind_of(trial.clip)
    if kind in (CUTS, NATURAL):
        return trial.live != ALL
    if trial.condition == CLEAN or (kind in TALK and trial.condition in SPOILED_BARS):
        return trial.live == ALL
    return kind == COMMANDS and trial.condition in SPOILED_BARS and trial.clip.id in part


def _heard_in(condition: str, quick: bool) -> tuple[str, ...]:
    """Return the kinds heard in a condition: speech in those that a bar is about, too."""
    if condition == BOTH:
        return TALK
    if quick:
        return (COMMANDS,)
    return (COMMANDS, WORDS) if condition == "10 dB" else (COMMANDS, WORDS, *TALK)


def census(trials: Sequence[Trial]) -> dict[str, Any]:
    """Return how many clips, speakers and hours of each kind are heard, each clip once."""
    kinds: dict[str, dict[str, Clip]] = {}
    for trial in trials:
        kinds.setdefault(str(kind_of(trial.clip)), {})[trial.clip.id] = trial.clip
    order = [k for k in (COMMANDS, CUTS, *NEGATIVES, SYNTHETIC, NATURAL) if k in kinds]
    return {
        kind: {
            "clips": len(clips),
            "speakers": len({clip.speaker for clip in clips.values()}),
            "hours": sum(clip.seconds for clip in clips.values()) / 3600,
        }
        for kind, clips in ((kind, kinds[kind]) for kind in order)
    }
