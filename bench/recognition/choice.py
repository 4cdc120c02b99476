"""Whose recordings are measured: those of speakers that no model has learned from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.english import BOOK
from bench.recognition.channels import SPAN_S
from bench.recognition.kinds import CHORDS, COMMANDS, NATURAL, NOISE, SPEECH, SYNTHETIC, kind_of
from bench.recognition.music_files import music_clips
from bench.recognition.phrasings import natural_clips
from bench.recognition.spoil import HELD_ROOMS, MUSIC, Spoiler
from bench.recognition.thinning import QUICK, quick_part, thin
from bench.recognition.trials import Data
from models.recipe.corpus import TEST, TUNE, Clip, read, rirs

HELD, ALL_SPEAKERS = "held", "all"
SIDES = {TEST: (TEST,), TUNE: (TUNE,), HELD: (TUNE, TEST)}
"""Whose recordings are measured -> sides of the split (`models/recipe/corpus.py`)."""

PIECES = 40
"""Pieces of synthetic music."""

SYNTHETIC_CLIPS = 600
"""Synthetic clips taken at most: about three a phrase."""


@dataclass(frozen=True)
class Wanted:
    """What to measure besides the recordings, and how much."""

    speakers: str = TUNE
    sealed: bool = False
    quick: bool = False
    hours: float = 0.0
    """Of virtual listening."""
    music: Path | None = None
    """A folder of real music."""
    natural: Path | None = None
    """A folder in which natural phrasings by synthetic voices are kept; None leaves them out."""


def choose(folder: Path, wanted: Wanted, synthetic: Iterable[Clip], help_: Path) -> Data:
    """Return what is measured of `folder`; noise and rooms that it lacks come from `help_`.

    Mixtures of two readers are left out of the sides: one of the two may have trained. A `sealed`
    folder is measured whole. Raises `FileNotFoundError` where there is no manifest.
    """
    known = read(folder)
    sides = SIDES.get(wanted.speakers, ())
    whole = wanted.speakers == ALL_SPEAKERS or wanted.sealed
    clips = [c for c in known if whole or (c.side in sides and "+" not in c.speaker)]
    clips = [c for c in clips if kind_of(c)] + _chords(wanted.speakers)
    clips += [c for c in music_clips(wanted.music) if whole or c.side in sides]
    spoken = {c.text for c in clips if kind_of(c) == COMMANDS}
    book = BOOK.meanings
    lone = [c for c in synthetic if c.held and c.text in book and c.text not in spoken]
    natural = list(natural_clips(wanted.natural)) if wanted.natural else []
    spoiler = _spoiler(known, clips, folder, wanted.sealed, help_)
    if wanted.quick:
        part = {clip.id for clip in thin((c for c, _ in natural), QUICK[NATURAL])}
        natural = [(clip, state) for clip, state in natural if clip.id in part]
        lone, clips = thin(lone, QUICK[SYNTHETIC]), quick_part(clips)
    return Data(clips, thin(lone, SYNTHETIC_CLIPS), spoiler, natural, wanted.hours)


def _chords(speakers: str) -> list[Clip]:
    """Return pieces of synthetic music: others to tune with than to test."""
    first = 1000 if speakers == TUNE else 0
    seeds = range(first, first + PIECES)
    return [Clip(f"{MUSIC}{n}", f"{MUSIC}{n}", None, f"{n}", CHORDS, True, SPAN_S) for n in seeds]


def _spoiler(
    known: Sequence[Clip], chosen: Sequence[Clip], folder: Path, sealed: bool, help_: Path
) -> Spoiler:
    """Noise and rooms that are not in training: a sealed folder's own, else those held out."""
    clips = known if folder == help_ else read(help_)
    noises = [c for c in known if sealed and c.kind == NOISE]
    noises = noises or [c for c in clips if c.kind == NOISE and c.held]
    rooms = rirs(folder) if sealed else []
    rooms = rooms or [path for path in rirs(help_) if path.stem in HELD_ROOMS]
    voices = [Path(c.path) for c in chosen if kind_of(c) == SPEECH]
    return Spoiler([Path(c.path) for c in noises], rooms, voices)
