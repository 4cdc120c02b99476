"""What is measured: which recordings, of whom, in which condition, with which phrases live."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.english import BOOK
from bench.recognition.channels import CHANNELS, SPAN_S
from bench.recognition.live import ALL, COUNTING, closed_set
from bench.recognition.spoil import CLEAN, HELD_ROOMS, MUSIC, ROOM, Spoiler
from models.recipe.corpus import TEST, TUNE, Clip, read, rirs
from voicecoach.language.phrasebook import Command

COMMANDS, SPEECH, WORDS, NOISE = "commands", "speech", "words", "noise"
ACCENTED, CUTS, CHORDS = "accented speech", "cuts", "music"
SYNTHETIC = "synthetic"
TALK = (SPEECH, ACCENTED)
NEGATIVES = (*TALK, WORDS, NOISE, CHORDS)

FEW_LIVE = (SPEECH, WORDS, NOISE)
"""What is heard also with few phrases live."""

HELD, ALL_SPEAKERS = "held", "all"
SIDES = {TEST: (TEST,), TUNE: (TUNE,), HELD: (TUNE, TEST)}
"""Whose recordings are measured -> sides of the split (`models/recipe/corpus.py`)."""

PIECES = 40
"""Pieces of synthetic music."""

QUICK = {SPEECH: 24, ACCENTED: 24, WORDS: 80, NOISE: 50, CHORDS: 8, CUTS: 60, SYNTHETIC: 60}
QUICK_A_WORD = 12
"""Recordings that `--quick` takes of each kind, and of each command word."""

SPOILED_ACCENTED = 120
"""Sentences of accented speakers heard in other conditions."""

SPOILED_BARS = ("10 dB", "0 dB", ROOM, "telephone")
"""Conditions of command words that a bar is about."""

COMMON, A_WORD = 10, 25
"""Recordings that a word has at least, and of which so many are heard on other lines."""

SYNTHETIC_CLIPS = 600
"""Synthetic clips taken at most: about three a phrase."""


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

    @property
    def unheard(self) -> list[str]:
        """The phrases that no recording of a person has."""
        return sorted(BOOK.grammar(Command) - {clip.text for clip in self.of(COMMANDS)})

    def of(self, kind: str) -> list[Clip]:
        """Return the clips of a kind. A command word among the other words is a command."""
        return [clip for clip in self.clips if kind_of(clip) == kind]

    def trials(self, quick: bool) -> list[Trial]:
        """Return everything to be heard, those with the same phrases live together."""
        usual = [Trial(clip, CLEAN, ALL) for clip in (*self.clips, *self.synthetic)]
        part = {clip.id for clip in thin(self.of(ACCENTED), SPOILED_ACCENTED)}
        spoiled = [
            Trial(clip, condition, ALL)
            for condition in self.spoiler.conditions[1:]
            for clip in self.clips
            if kind_of(clip) in (COMMANDS, *_also_in(condition, quick))
            and (kind_of(clip) != ACCENTED or clip.id in part)
        ]
        lines = [] if quick else [Trial(c, x, ALL) for x in CHANNELS for c in self._common()]
        other = [Trial(clip, CLEAN, COUNTING) for clip in self.clips if kind_of(clip) in FEW_LIVE]
        closed = [Trial(clip, CLEAN, closed_set(str(clip.text))) for clip in self.of(CUTS)]
        return [*usual, *spoiled, *lines, *other, *sorted(closed, key=lambda trial: trial.live)]

    def for_bars(self) -> list[Trial]:
        """Return what the bars are about: the other conditions on a part of the recordings."""
        part = {clip.id for clip in self._common()}
        return [trial for trial in self.trials(quick=False) if _has_bar(trial, part)]

    def _common(self) -> list[Clip]:
        """Return some recordings of each common word."""
        words: dict[str, list[Clip]] = {}
        for clip in self.of(COMMANDS):
            words.setdefault(str(clip.text), []).append(clip)
        common = [lot for lot in words.values() if len(lot) >= COMMON]
        return [clip for lot in common for clip in thin(lot, A_WORD)]


def _has_bar(trial: Trial, part: Collection[str]) -> bool:
    kind = kind_of(trial.clip)
    if kind == CUTS:
        return trial.live != ALL
    if trial.condition == CLEAN or kind in TALK:
        return trial.live == ALL
    return kind == COMMANDS and trial.condition in SPOILED_BARS and trial.clip.id in part


def _also_in(condition: str, quick: bool) -> tuple[str, ...]:
    """Return what is heard in a condition besides command words: speech where a bar is about it."""
    if quick:
        return ()
    return (WORDS,) if condition == "10 dB" else (*TALK, WORDS)


def kind_of(clip: Clip) -> str | None:
    """Return the kind of a clip for this benchmark; None where it is not used.

    Spelling and orders are not: they contain numbers, so a false accept cannot be told from a hit.
    """
    if clip.kind == "cuts":
        return CUTS if clip.text in BOOK.meanings else None
    if clip.kind == "speechocean":
        return ACCENTED
    if clip.kind in (COMMANDS, WORDS) and clip.text in BOOK.meanings:
        return COMMANDS
    if clip.kind == COMMANDS:
        return WORDS
    return clip.kind if clip.kind in (SPEECH, WORDS, NOISE, CHORDS, SYNTHETIC) else None


def choose(
    folder: Path, speakers: str, sealed: bool, quick: bool, synthetic: Iterable[Clip], help_: Path
) -> Data:
    """Return what is measured of `folder`; noise and rooms that it lacks come from `help_`.

    `speakers` is one of `SIDES`, none of whom the shipped model has learned from, or
    `ALL_SPEAKERS`; a `sealed` folder is measured whole. Mixtures of two readers are left out of the
    sides: one of the two may have trained. Raises `FileNotFoundError` where there is no manifest.
    """
    known = read(folder)
    sides = SIDES.get(speakers, ())
    whole = speakers == ALL_SPEAKERS or sealed
    clips = [c for c in known if whole or (c.side in sides and "+" not in c.speaker)]
    clips = [c for c in clips if kind_of(c)] + _music(speakers)
    spoken = {c.text for c in clips if kind_of(c) == COMMANDS}
    book = BOOK.meanings
    lone = [c for c in synthetic if c.held and c.text in book and c.text not in spoken]
    spoiler = _spoiler(known, folder, sealed, help_)
    if quick:
        return Data(_thin_all(clips), thin(lone, QUICK[SYNTHETIC]), spoiler)
    return Data(clips, thin(lone, SYNTHETIC_CLIPS), spoiler)


def _music(speakers: str) -> list[Clip]:
    """Return pieces of synthetic music: others to tune with than to test."""
    first = 1000 if speakers == TUNE else 0
    seeds = range(first, first + PIECES)
    return [Clip(f"{MUSIC}{n}", f"{MUSIC}{n}", None, f"{n}", CHORDS, True, SPAN_S) for n in seeds]


def _spoiler(known: Sequence[Clip], folder: Path, sealed: bool, help_: Path) -> Spoiler:
    """Noise and rooms that are not in training: a sealed folder's own, else those held out."""
    clips = known if folder == help_ else read(help_)
    noises = [c for c in known if sealed and c.kind == NOISE]
    noises = noises or [c for c in clips if c.kind == NOISE and c.held]
    rooms = rirs(folder) if sealed else []
    rooms = rooms or [path for path in rirs(help_) if path.stem in HELD_ROOMS]
    return Spoiler([Path(c.path) for c in noises], rooms)


def _thin_all(clips: Sequence[Clip]) -> list[Clip]:
    """Return a fixed part of the clips: so many of each kind, and of each command word."""
    lots: dict[str, list[Clip]] = {}
    for clip in clips:
        kind = str(kind_of(clip))
        lots.setdefault(str(clip.text) if kind == COMMANDS else f"not {kind}", []).append(clip)
    keep = {f"not {kind}": QUICK[kind] for kind in (*NEGATIVES, CUTS)}
    return [clip for name, lot in lots.items() for clip in thin(lot, keep.get(name, QUICK_A_WORD))]


def thin(clips: Iterable[Clip], keep: int) -> list[Clip]:
    """Return `keep` of the clips, the same ones on every machine."""
    return sorted(clips, key=lambda clip: sha256(clip.id.encode()).hexdigest())[:keep]


def census(data: Data) -> dict[str, Any]:
    """Return how many clips, speakers and hours there are of each kind."""
    return {
        kind: {
            "clips": len(clips),
            "speakers": len({clip.speaker for clip in clips}),
            "hours": sum(clip.seconds for clip in clips) / 3600,
        }
        for kind, clips in (
            *((kind, data.of(kind)) for kind in (COMMANDS, CUTS, *NEGATIVES)),
            (SYNTHETIC, list(data.synthetic)),
        )
    }
