"""Whisper as a rival, free-running: whatever is said is written down, and the text is understood.

It takes the place of the program's recogniser (the port `Recogniser`); the voice activity detector
of pocketsphinx cuts the utterances, and the program's own judge reads the text as it reads what is
typed. Whisper hears no phrase before it has ended, so nothing is obeyed early.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from bench.recognition.endpointer import Endpointer
from bench.recognition.weights import whisper_base
from models.recipe.transcriber import PROMPT, PROMPT_ENGLISH, REPEATED, Transcriber
from voicecoach.audio.clip import Samples
from voicecoach.audio.wav import FULL_SCALE
from voicecoach.decision.hearing import Hearing
from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.language.words import normalise
from voicecoach.units import RATE, Frame

SHORTEST = RATE // 10
"""Frames of the shortest utterance that is written down."""


def tiny_en(penalty: float = REPEATED) -> Transcriber:
    """Return Whisper tiny.en. Raises `ModelError`."""
    return Transcriber(prompt=PROMPT, penalty=penalty)


def base(penalty: float = REPEATED) -> Transcriber:
    """Return Whisper base, which knows many languages. Raises `ModelError`."""
    return Transcriber(whisper_base(), PROMPT_ENGLISH, penalty)


MODELS: dict[str, Callable[..., Transcriber]] = {"tiny.en": tiny_en, "base": base}


class FreeRunning:
    """The `Recogniser` port by a transcriber."""

    def __init__(self, transcriber: Transcriber) -> None:
        self._transcriber, self._endpointer = transcriber, Endpointer()
        self._speech = bytearray()

    def listen(self, phrases: frozenset[str]) -> None:
        """Do nothing: whatever is said is written down; the judge knows what is live."""

    def restart(self) -> None:
        """Forget everything heard."""
        self._renew(Frame(0))

    def feed(self, block: Samples) -> list[Hearing]:
        """Take int16 samples of any length; write down each utterance that has ended."""
        return [found for speech in self._endpointer.feed(block) for found in self._piece(speech)]

    def flush(self) -> list[Hearing]:
        """Close what is open and return it."""
        heard = self._piece(self._endpointer.finish(), True)
        self._renew(self._endpointer.fed)
        return heard

    def close(self) -> None:
        """Free the model."""
        self._transcriber = None  # type: ignore[assignment]

    def _renew(self, origin: Frame) -> None:
        self._endpointer.renew(origin)
        self._speech = bytearray()

    def _piece(self, speech: bytes | None, last: bool = False) -> list[Hearing]:
        self._speech += speech or b""
        if self._speech and (last or not self._endpointer.in_speech):
            return self._written()
        return []

    def _written(self) -> list[Hearing]:
        samples = np.frombuffer(bytes(self._speech), np.int16)
        self._speech = bytearray()
        now, end = self._endpointer.fed, self._endpointer.end
        begin = min(self._endpointer.start, now)
        if len(samples) < SHORTEST:
            return []
        text = normalise(self._transcriber.text(samples.astype(np.float32) / FULL_SCALE))
        return [Hearing(text or UNKNOWN, begin, max(begin, end), now, final=True, free=True)]
