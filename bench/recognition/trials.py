"""What is measured: which recordings, of whom, in which condition, with which phrases live."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.english import BOOK
from bench.recognition.live import ALL, COUNTING
from bench.recognition.spoil import CLEAN, HELD_ROOMS, Spoiler
from models.recipe.corpus import Clip, read, rirs

COMMANDS, SPEECH, WORDS, NOISE = "commands", "speech", "words", "noise"
SYNTHETIC = "synthetic"
NEGATIVES = (SPEECH, WORDS, NOISE)

QUICK = {SPEECH: 24, WORDS: 80, NOISE: 50, SYNTHETIC: 60}
QUICK_A_WORD = 12
"""Recordings that `--quick` takes of each kind, and of each command word."""

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
        return sorted(set(BOOK.meanings) - {clip.text for clip in self.of(COMMANDS)})

    def of(self, kind: str) -> list[Clip]:
        """Return the clips of a kind. A command word among the other words is a command."""
        return [clip for clip in self.clips if kind_of(clip) == kind]

    def trials(self, quick: bool) -> list[Trial]:
        """Return everything to be heard, those with the same phrases live together."""
        usual = [Trial(clip, CLEAN, ALL) for clip in (*self.clips, *self.synthetic)]
        spoiled = [
            Trial(clip, condition, ALL)
            for condition in self.spoiler.conditions[1:]
            for clip in self.clips
            if kind_of(clip) == COMMANDS or (kind_of(clip) in (SPEECH, WORDS) and not quick)
        ]
        other = [Trial(clip, CLEAN, COUNTING) for clip in self.clips if kind_of(clip) in NEGATIVES]
        return [*usual, *spoiled, *other]


def kind_of(clip: Clip) -> str | None:
    """Return the kind of a clip for this benchmark; None where it is not used.

    Spelling and orders are not: they contain numbers, so a false accept cannot be told from a hit.
    """
    if clip.kind in (COMMANDS, WORDS) and clip.text in BOOK.meanings:
        return COMMANDS
    if clip.kind == COMMANDS:
        return WORDS
    return clip.kind if clip.kind in (*NEGATIVES, SYNTHETIC) else None


def choose(
    folder: Path, everybody: bool, sealed: bool, quick: bool, synthetic: Iterable[Clip], help_: Path
) -> Data:
    """Return what is measured of `folder`; noise and rooms that it lacks come from `help_`.

    Unless `everybody` (or a `sealed` folder) is wanted, only speakers that the shipped model has
    not learned from. Mixtures of two readers are left out then: one of the two may have trained.
    Raises `FileNotFoundError` where there is no manifest.
    """
    known = read(folder)
    whole = everybody or sealed
    clips = [c for c in known if whole or (c.held and "+" not in c.speaker)]
    clips = [c for c in clips if kind_of(c)]
    spoken = {c.text for c in clips if kind_of(c) == COMMANDS}
    book = BOOK.meanings
    lone = [c for c in synthetic if c.held and c.text in book and c.text not in spoken]
    spoiler = _spoiler(known, folder, sealed, help_)
    if quick:
        return Data(_thin_all(clips), thin(lone, QUICK[SYNTHETIC]), spoiler)
    return Data(clips, thin(lone, SYNTHETIC_CLIPS), spoiler)


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
    keep = {f"not {kind}": QUICK[kind] for kind in NEGATIVES}
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
            *((kind, data.of(kind)) for kind in (COMMANDS, *NEGATIVES)),
            (SYNTHETIC, list(data.synthetic)),
        )
    }
