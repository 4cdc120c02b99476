"""Reads speech back: Whisper tiny.en writes down what it hears, without knowing what was meant.

It proves the coach's own clips. It is of another make than the recogniser that hears the user, and
too slow for that.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.stt.log_mel import HOP, log_mel
from voicecoach.stt.whisper_encoder import WhisperEncoder, weights
from voicecoach.units import RATE

START, NO_TIMES = "<|startoftranscript|>", "<|notimestamps|>"
SPECIAL: Final = re.compile(r"<\|.*\|>")

BEFORE: Final = RATE // 10
"""Silence put before the sound: Whisper misses what begins at once."""
WINDOW: Final = 12 * RATE
"""Samples that Whisper gets, at least. Its own window of 30 s takes 0.38 CPU seconds, this one
0.09; with the bare sound it repeats itself."""
WHOLE: Final = 30 * RATE
"""Its own window, where it repeats itself all the same."""
REPEATED: Final = re.compile(r"(\b.{10,})\W+\1", re.IGNORECASE)
MOST: Final = 29 * RATE
"""Longer sounds are read up to here."""
LONGEST: Final = 120
"""Tokens of an answer."""


class WhisperReader:
    """Writes down what is said in a sound.

    Raises `ModelError` if the extra `whisper` is missing or damaged.
    """

    name = "whisper tiny.en"

    def __init__(self) -> None:
        self._encoder = WhisperEncoder()
        tokens = (weights() / "vocabulary.txt").read_text("utf-8").split("\n")
        self._texts = [b"" if SPECIAL.fullmatch(one) else _bytes(one) for one in tokens]
        self._prompt = [tokens.index(START), tokens.index(NO_TIMES)]

    def read(self, samples: Samples) -> str:
        """Return the words of int16 `samples`, as Whisper spells them."""
        heard = self._read(samples, WINDOW)
        return self._read(samples, WHOLE) if REPEATED.search(heard) else heard

    def _read(self, samples: Samples, window: int) -> str:
        sound = np.pad(samples[:MOST], (BEFORE, 0))
        size = max(window, len(sound) + RATE) // (2 * HOP) * (2 * HOP)
        mel = log_mel(np.pad(sound, (0, max(0, size - len(sound))))[:size].astype(np.int16))
        tokens = self._encoder.decode(mel, self._prompt, LONGEST)
        return b"".join(self._texts[one] for one in tokens).decode("utf-8", "replace").strip()


def _bytes(token: str) -> bytes:
    """Return the bytes of a token; each is written as a printable character of its own."""
    return bytes(BYTES[character] for character in token if character in BYTES)


def _alphabet() -> dict[str, int]:
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printable]
    return {chr(byte): byte for byte in printable} | {
        chr(256 + number): byte for number, byte in enumerate(others)
    }


BYTES: Final = _alphabet()
"""GPT-2's alphabet: the byte that each character of a token stands for."""
