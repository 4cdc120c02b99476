"""A voice of tones: as deterministic as arithmetic, and quick."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from zlib import crc32

import numpy as np

from voicecoach.audio.clip import Clip, Samples, Word
from voicecoach.errors import VoiceError
from voicecoach.ports import Progress
from voicecoach.units import RATE, Frame, Ms, to_frames

WORD = Ms(250)


class FakeVoice:
    """Speaks each word as `word` milliseconds of a tone of its own pitch; notes what it rendered.

    The pitch follows the text alone, so two texts of equal length still differ.
    """

    def __init__(self, word: Ms = WORD, name: str = "tones") -> None:
        self._word, self._name = word, name
        self.rendered: list[str] = []

    @property
    def name(self) -> str:
        """The name it was made with."""
        return self._name

    @property
    def identity(self) -> str:
        """What its samples depend on."""
        return f"tones {self._name} {self._word}"

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the tones."""
        wanted = list(dict.fromkeys(texts))
        if not all(text.strip() for text in wanted):
            raise VoiceError("there is nothing to say", "a text is empty", "give it a word")
        clips = {}
        for text in wanted:
            clips[text] = Clip(text, self._tones(text), self._words(text))
            self.rendered.append(text)
            if progress:
                progress(len(clips), len(wanted))
        return clips

    def render_slowly(self, text: str) -> Clip:
        """Return the tones, a quarter longer."""
        slow = Ms(self._word * 5 // 4)
        return FakeVoice(slow, self._name).render([text])[text]

    def close(self) -> None:
        """Free nothing."""

    def _tones(self, text: str) -> Samples:
        pitches = [200 + crc32(word.encode()) % 800 for word in text.split()]
        return np.concatenate([_tone(pitch, self._word) for pitch in pitches])

    def _words(self, text: str) -> tuple[Word, ...]:
        """A tone begins and ends with its word, and is its vowel."""
        span = to_frames(self._word)
        starts = [Frame(number * span) for number in range(len(text.split()))]
        return tuple(
            Word(word.strip(".,;:!?"), start, Frame(start + span), start)
            for word, start in zip(text.split(), starts, strict=True)
        )


@cache
def _tone(pitch: int, length: Ms) -> Samples:
    frames = np.arange(to_frames(length))
    return np.rint(4000 * np.cos(2 * np.pi * pitch * frames / RATE)).astype(np.int16)
