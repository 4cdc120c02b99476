"""Reads speech back: Whisper tiny.en writes down what it hears, without knowing what was meant.

It proves the coach's own clips. It is of another make than the recogniser that hears the user, and
too slow for that.
"""

from __future__ import annotations

import re
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.stt.log_mel import HOP
from voicecoach.stt.whisper_encoder import WhisperEncoder, weights
from voicecoach.stt.whisper_vocabulary import Vocabulary
from voicecoach.units import RATE

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
LONGEST: Final = 60
"""Tokens of an answer."""


class WhisperReader:
    """Writes down what is said in a sound.

    Raises `ModelError` if the extra `whisper` is missing or damaged.
    """

    name = "whisper tiny.en"

    def __init__(self) -> None:
        self._encoder = WhisperEncoder()
        self._tokens = Vocabulary(weights() / "vocabulary.txt")

    def read(self, samples: Samples) -> str:
        """Return the words of int16 `samples`, as Whisper spells them."""
        heard = self._read(samples, WINDOW)
        return self._read(samples, WHOLE) if REPEATED.search(heard) else heard

    def _read(self, samples: Samples, window: int) -> str:
        sound = np.pad(samples[:MOST], (BEFORE, 0))
        size = max(window, len(sound) + RATE) // (2 * HOP) * (2 * HOP)
        whole = np.pad(sound, (0, max(0, size - len(sound))))[:size].astype(np.int16)
        found = self._encoder.write(whole, self._tokens.start, LONGEST)
        return self._tokens.text(found.tokens, "replace").strip()
