"""Whisper tiny.en as a `Transcriber`: free speech, written down in short pieces."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.language.phrasebook import normalise
from voicecoach.stt.whisper_encoder import WhisperEncoder, weights
from voicecoach.units import RATE

LONGEST: Final = 6 * RATE
"""Frames of sound that are written down, the last ones: what is said to a coach is shorter."""
QUIET: Final = RATE * 3 // 10
"""Frames of silence before and after it, as in the recordings that Whisper has learned from."""
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
        quiet = np.zeros(QUIET, np.int16)
        most = LEAST + WORDS_A_SECOND * len(heard) // RATE
        sound = np.concatenate([quiet, heard, quiet])
        found = self._encoder.write(sound, self._tokens.start, most)
        if found.no_speech >= NO_SPEECH or found.score < SURE:
            return ""
        words = normalise(self._tokens.text(found.tokens)).split()
        return " ".join(once(words, cut=len(found.tokens) >= most))


class Vocabulary:
    """Tokens and their text, from a file with a token a line."""

    def __init__(self, path: Path) -> None:
        self._tokens = path.read_text("utf-8").splitlines()
        self._bytes = _bytes()
        names = ("<|startoftranscript|>", "<|notimestamps|>")
        self.start = [self._tokens.index(name) for name in names]
        """What the decoder is given first."""

    def text(self, tokens: Sequence[int]) -> str:
        """Return the text of tokens, those that are no text left out."""
        letters = "".join(self._tokens[n] for n in tokens if n < self.start[0])
        found = bytes(self._bytes[letter] for letter in letters if letter in self._bytes)
        return found.decode("utf-8", errors="ignore")


def once(words: Sequence[str], cut: bool) -> Sequence[str]:
    """Return `words` without what is only their beginning over and over: on short sounds the
    decoder does not find its end. If it was `cut`, the last time may not be whole.
    """
    for size in range(1, len(words) if cut else len(words) // 2 + 1):
        whole = cut or len(words) % size == 0
        if whole and all(word == words[n % size] for n, word in enumerate(words)):
            return words[:size]
    return words


def _bytes() -> dict[str, int]:
    """Return the byte of each letter in a token: those that can be printed stand for themselves,
    the others for letters from 256 on (GPT-2's encoding).
    """
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [n for n in range(256) if n not in plain]
    return {chr(n): n for n in plain} | {chr(256 + n): byte for n, byte in enumerate(others)}
