"""Real music, given as a folder of sound files: stretches out of the middle of each."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from bench.recognition.acoustics import Floats
from bench.recognition.channels import SPAN_S
from bench.recognition.kinds import MUSIC
from models.recipe.corpus import TEST, TUNE, Clip, bucket
from voicecoach.units import RATE

ENDINGS = (".ogg", ".flac", ".wav", ".mp3", ".opus")
PLACES = (1 / 3, 2 / 3)
"""Where the stretches of a piece begin, as shares of it."""
STRETCH = "@"
"""The path of a stretch ends in this and the second at which it begins."""


def music_clips(folder: Path | None) -> Iterator[Clip]:
    """Yield stretches of every piece; half of the pieces tune, half test."""
    import soundfile

    for path in sorted(folder.rglob("*") if folder else ()):
        if path.suffix.lower() in ENDINGS:
            seconds = soundfile.info(path).duration
            side = TUNE if bucket(path.stem) % 2 else TEST
            for place in PLACES:
                name = f"{STRETCH}{int(place * seconds)}"
                span = min(SPAN_S, seconds - int(place * seconds))
                where, who = f"{path}{name}", f"{MUSIC}:{path.stem}"
                yield Clip(who + name, where, None, who, MUSIC, True, span, "", side)


def stretch(path: Path) -> Floats:
    """Return a stretch at 16 kHz, its channels mixed."""
    import soundfile
    import soxr

    name, _, begin = path.name.rpartition(STRETCH)
    with soundfile.SoundFile(path.with_name(name)) as file:
        file.seek(int(begin) * file.samplerate)
        sound = file.read(round(SPAN_S * file.samplerate), "float32", always_2d=True).mean(axis=1)
        made: Floats = np.asarray(soxr.resample(sound, file.samplerate, RATE), np.float32)
    return made
