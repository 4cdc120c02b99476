"""Words of people in several conditions, as the verifier sees them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.barge.places import bounds
from models.recipe.corpus import TRAIN, Clip, read
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import read_sound
from voicecoach.decision.hearing import Look
from voicecoach.simulation import acoustics
from voicecoach.stt.look_window import AFTER, WINDOW, window_of
from voicecoach.stt.verifier import NetworkVerifier
from voicecoach.units import RATE

CLEAN, SOFT = "clean", "12 dB softer"
SNR_DB, REVERBERATION_MS, SOFTER_DB, FLOOR = 10.0, 500, 12.0, 8.0
"""The conditions; `FLOOR` is the amplitude of the noise of a quiet room."""

Floats = np.ndarray


@dataclass(frozen=True)
class Sound:
    """One recording in one condition."""

    id: str
    speaker: str
    word: str
    condition: str
    look: Look


def spoken(speech: Path, side: str) -> list[Clip]:
    """Return the lone words of a side."""
    return [
        c for c in read(speech) if c.side == side and c.kind in ("commands", "words") and c.text
    ]


def sounds(speech: Path, side: str, verifier: NetworkVerifier) -> Iterator[Sound]:
    """Yield each recording in each condition, with progress on standard error."""
    clips, spoil = spoken(speech, side), _conditions(speech)
    for number, clip in enumerate(clips, 1):
        if number % 20 == 0:
            print(f"\r{number}/{len(clips)} recordings", end="", file=sys.stderr, flush=True)
        samples = read_sound(Path(clip.path))
        _, end = bounds(samples)
        whole = np.pad(samples, (0, AFTER))[: end + AFTER].astype(np.float64)
        for name, change in spoil.items():
            sound = np.clip(np.rint(change(whole)), -32767, 32767).astype(np.int16)
            look = verifier.look(window_of(sound))
            yield Sound(clip.id, clip.speaker, str(clip.text), name, look)
    print(file=sys.stderr)


def _conditions(speech: Path) -> Mapping[str, Callable[[Floats], Floats]]:
    chance = np.random.default_rng(1)
    clips = [c for c in read(speech) if c.kind == "noise" and c.side == TRAIN]
    noises = [sound for clip in clips if len(sound := read_sound(Path(clip.path))) >= 2 * WINDOW]

    def noisy(sound: Floats) -> Floats:
        noise: Samples = noises[chance.integers(len(noises))]
        at = int(chance.integers(len(noise) - WINDOW))
        part = np.resize(noise[at : at + WINDOW].astype(np.float64), len(sound))
        level = 32768 * 10 ** (acoustics.active_dbfs(sound) / 20)
        return sound + part * level * 10 ** (-SNR_DB / 20) / (np.std(part) + 1)

    def reverberated(sound: Floats) -> Floats:
        seed = int(chance.integers(1 << 31))
        room = acoustics.room_response(REVERBERATION_MS, acoustics.USER_DIRECT_DB, seed)
        return acoustics.convolve(sound, room)[: len(sound)].astype(np.float64)

    def softer(sound: Floats) -> Floats:
        quiet: Floats = sound * 10 ** (-SOFTER_DB / 20) + chance.normal(0, FLOOR, len(sound))
        return quiet

    return {
        CLEAN: lambda sound: sound,
        f"{SNR_DB:.0f} dB": noisy,
        "reverberated": reverberated,
        SOFT: softer,
    }


assert WINDOW > RATE, "a look holds a word"
