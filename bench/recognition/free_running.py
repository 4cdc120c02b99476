"""Whisper as a rival, free-running: whatever is said is written down, and the text is understood.

It takes the place of the program's recogniser (the port `Recogniser`); the voice activity detector
of pocketsphinx cuts the utterances, and the program's own judge reads the text as it reads what is
typed. Whisper hears no phrase before it has ended, so nothing is obeyed early.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bench.recognition.weights import whisper_base
from models.recipe.transcriber import PROMPT, PROMPT_ENGLISH, Transcriber
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import FULL_SCALE
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import UNKNOWN, normalise
from voicecoach.units import RATE, Frame

SHORTEST = RATE // 10
"""Frames of the shortest utterance that is written down."""


def tiny_en() -> Transcriber:
    """Return Whisper tiny.en. Raises `ModelError`."""
    return Transcriber(prompt=PROMPT)


def base() -> Transcriber:
    """Return Whisper base, which knows many languages. Raises `ModelError`."""
    return Transcriber(whisper_base(), PROMPT_ENGLISH)


MODELS: dict[str, Callable[[], Transcriber]] = {"tiny.en": tiny_en, "base": base}


class FreeRunning:
    """The `Recogniser` port by a transcriber."""

    def __init__(self, transcriber: Transcriber) -> None:
        import pocketsphinx  # type: ignore[import-untyped]

        self._library, self._transcriber = pocketsphinx, transcriber
        self._renew(0)

    def listen(self, phrases: frozenset[str]) -> None:
        """Do nothing: whatever is said is written down; the judge knows what is live."""

    def restart(self) -> None:
        """Forget everything heard."""
        self._renew(0)

    def feed(self, block: Samples) -> list[Hearing]:
        """Take int16 samples of any length; write down each utterance that has ended."""
        self._fed += len(block)
        self._bytes += block.tobytes()
        heard: list[Hearing] = []
        size = self._endpointer.frame_bytes
        while len(self._bytes) >= size:
            frame = bytes(self._bytes[:size])
            del self._bytes[:size]
            heard += self._frame(self._endpointer.process(frame))
        return heard

    def flush(self) -> list[Hearing]:
        """Close what is open and return it."""
        heard = self._frame(self._endpointer.end_stream(bytes(self._bytes) or bytes(2)), True)
        self._renew(self._fed)
        return heard

    def close(self) -> None:
        """Free the model."""
        self._transcriber = None  # type: ignore[assignment]

    def _renew(self, origin: int) -> None:
        self._endpointer: Any = self._library.Endpointer()
        self._origin, self._fed = origin, origin
        self._bytes, self._speech = bytearray(), bytearray()

    def _frame(self, speech: bytes | None, last: bool = False) -> list[Hearing]:
        self._speech += speech or b""
        if self._speech and (last or not self._endpointer.in_speech):
            return self._written()
        return []

    def _written(self) -> list[Hearing]:
        samples = np.frombuffer(bytes(self._speech), np.int16)
        self._speech = bytearray()
        now = Frame(self._fed)
        begin, end = (
            min(Frame(self._origin + round(seconds * RATE)), now)
            for seconds in (self._endpointer.speech_start, self._endpointer.speech_end)
        )
        if len(samples) < SHORTEST:
            return []
        text = normalise(self._transcriber.text(samples.astype(np.float32) / FULL_SCALE))
        return [Hearing(text or UNKNOWN, begin, max(begin, end), now, final=True, free=True)]
