"""The coach's own sounds, which are no speech: made here, so that no file is needed.

A sign of life in a long silence is a soft breath: noise that swells and fades. It is no tone,
because recognisers find words in tones (of a minute of chords ours made five commands).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from voicecoach.audio.clip import Clip, Samples, as_samples
from voicecoach.audio.noise import Band, at_level, noise
from voicecoach.ports import Progress, Voice
from voicecoach.units import RATE

SECONDS: Final = 1.6
DBFS: Final = -34.0
"""Root mean square, 13 dB under the coach's speech: heard in a quiet room, and easy to sleep by."""
BAND: Final = Band(150.0, 1800.0, slope=0.8)


def soft_breath() -> Samples:
    """Return the sound: int16 of shape ``(n,)``, the same samples each time."""
    count = int(SECONDS * RATE)
    swell = np.sin(np.pi * np.arange(count) / count) ** 2
    return as_samples(at_level(noise(count, BAND, seed=5) * swell, DBFS))


CHIME_HZ: Final = (523.25, 783.99)
"""C and G: two notes of a gong each with one overtone, and no word of speech."""
CHIME_DBFS: Final = -26.0
CHIME_SECONDS: Final = 0.45
SECOND_NOTE: Final = 0.12
"""Seconds from the first note to the second."""


def chime() -> Samples:
    """Return the sound: int16 of shape ``(n,)``, the same samples each time."""
    t = np.arange(int(CHIME_SECONDS * RATE)) / RATE
    sound = np.zeros(len(t))
    for at, hz in zip((0.0, SECOND_NOTE), CHIME_HZ, strict=True):
        since = np.maximum(0.0, t - at)
        tone = np.sin(2 * np.pi * hz * since) + 0.3 * np.sin(4 * np.pi * hz * since)
        sound += tone * (t >= at) * (1 - np.exp(-since / 0.008)) * np.exp(-since / 0.09)
    sound *= np.minimum(1.0, (CHIME_SECONDS - t) / 0.05)
    return as_samples(np.rint(at_level(sound, CHIME_DBFS)))


class SoundingVoice:
    """A voice beside which there are sounds, each for a text of its own. Implements `Voice`."""

    def __init__(self, voice: Voice, sounds: Mapping[str, Samples]) -> None:
        self._voice = voice
        self._sounds = {text: Clip(text, samples) for text, samples in sounds.items()}

    @property
    def name(self) -> str:
        """Name of the voice inside."""
        return self._voice.name

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips: sounds for their texts, speech for all other texts."""
        wanted = list(dict.fromkeys(texts))
        spoken = [text for text in wanted if text not in self._sounds]
        clips = {**self._voice.render(spoken, progress), **self._sounds}
        return {text: clips[text] for text in wanted}

    def close(self) -> None:
        """Close the voice inside."""
        self._voice.close()
