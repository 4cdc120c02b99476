"""Fixed parts of the recordings, the same ones on every machine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from bench.recognition.kinds import (
    ACCENTED,
    CHORDS,
    COMMANDS,
    CUTS,
    MUSIC,
    NATURAL,
    NOISE,
    SPEECH,
    SYNTHETIC,
    WORDS,
    kind_of,
)
from models.recipe.corpus import Clip

QUICK = {SPEECH: 24, ACCENTED: 24, WORDS: 80, NOISE: 50, CHORDS: 8, MUSIC: 8, CUTS: 60,
         SYNTHETIC: 60, NATURAL: 90}  # fmt: skip
QUICK_A_WORD = 12
"""Recordings that `--quick` takes of each kind, and of each command word."""

COMMON, A_WORD = 10, 25
"""Recordings that a word has at least, and of which so many are heard on other lines."""


def thin(clips: Iterable[Clip], keep: int) -> list[Clip]:
    """Return `keep` of the clips, the same ones on every machine."""
    return sorted(clips, key=lambda clip: sha256(clip.id.encode()).hexdigest())[:keep]


def quick_part(clips: Sequence[Clip]) -> list[Clip]:
    """Return a fixed part of the clips: so many of each kind, and of each command word."""
    lots: dict[str, list[Clip]] = {}
    for clip in clips:
        kind = str(kind_of(clip))
        lots.setdefault(str(clip.text) if kind == COMMANDS else f"not {kind}", []).append(clip)
    keep = {f"not {kind}": count for kind, count in QUICK.items()}
    return [clip for name, lot in lots.items() for clip in thin(lot, keep.get(name, QUICK_A_WORD))]


def in_part(clip: Clip, share: float) -> bool:
    """Return whether a clip is in a fixed part of all, in its every condition."""
    return int(sha256(f"part {clip.id}".encode()).hexdigest()[:8], 16) < share * 2**32


def common(commands: Sequence[Clip]) -> list[Clip]:
    """Return some recordings of each common word."""
    words: dict[str, list[Clip]] = {}
    for clip in commands:
        words.setdefault(str(clip.text), []).append(clip)
    lots = [lot for lot in words.values() if len(lot) >= COMMON]
    return [clip for lot in lots for clip in thin(lot, A_WORD)]
