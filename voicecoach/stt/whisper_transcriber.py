"""Whisper tiny.en as a `Transcriber`: free speech, written down in short pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.language.words import normalise
from voicecoach.stt.whisper_encoder import WhisperEncoder, weights
from voicecoach.stt.whisper_vocabulary import Vocabulary
from voicecoach.units import RATE

LONGEST: Final = 6 * RATE
"""Frames of sound that are written down, the last ones: what is said to a coach is shorter."""
QUIET: Final = (RATE * 300 // 1000, RATE * 350 // 1000)
"""Frames of silence before and after it, as in the recordings that Whisper has learned from; the
second where nothing sure is written with the first: 50 ms changed the score of one sentence of a
synthetic voice by up to 0.6 (2026-11-28)."""
WORDS_A_SECOND, LEAST = 4, 8
"""Tokens that are allowed: people say up to four words a second; more is the decoder repeating
itself, which costs 3 ms a token."""
SURE: Final = -1.0
"""Least mean logarithm of the probability of a token, Whisper's own threshold."""
NO_SPEECH: Final = 0.6
"""Probability of silence from which nothing was said; Whisper's own threshold too."""


class WhisperTranscriber:
    """The `Transcriber` port, on the model that an encoder has loaded."""

    name = "whisper"

    def __init__(self, encoder: WhisperEncoder) -> None:
        self._encoder = encoder
        self._tokens = Vocabulary(weights() / "vocabulary.txt")

    def write(self, samples: Samples) -> str:
        """Write down what is said: see the port."""
        heard = samples[-LONGEST:]
        if not heard.any():
            return ""
        return next(filter(None, (self._written(heard, quiet) for quiet in QUIET)), "")

    def _written(self, heard: Samples, quiet: int) -> str:
        most = LEAST + WORDS_A_SECOND * len(heard) // RATE
        sound = np.pad(heard, quiet)
        found = self._encoder.write(sound, self._tokens.start, most)
        if found.no_speech >= NO_SPEECH or found.score < SURE:
            return ""
        words = normalise(self._tokens.text(found.tokens)).split()
        return " ".join(once(words, cut=len(found.tokens) >= most))


def once(words: Sequence[str], cut: bool) -> Sequence[str]:
    """Return `words` without what is only their beginning over and over: on short sounds the
    decoder does not find its end. The last time need not be whole. If it was `cut`, neither need be
    the second time, nor the last word.
    """
    for size in range(1, len(words) if cut else len(words) // 2 + 1):
        *before, last = (words[n % size] for n in range(len(words)))
        ends = last.startswith(words[-1]) if cut else last == words[-1]
        if ends and before == list(words[:-1]):
            return once(words[:size], cut=False)
    return words
