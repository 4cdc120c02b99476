"""The second look by two opinions: the default verifier's, and Whisper's encoder with our head."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import Look
from voicecoach.stt.look_window import WINDOW, window_of
from voicecoach.stt.verifier import NetworkVerifier, without_few
from voicecoach.stt.whisper_encoder import WhisperEncoder
from voicecoach.stt.whisper_head import WhisperHead

BUDGET_MS: Final = 50.0
"""Most milliseconds of processor time of a look: it stands between a word and what it does. On a
desktop computer a look takes 9 ms, of which the default's is 4 (x86-64, 2026-11-27)."""

TRIES: Final = 5
KNOWN: Final = "stop"
"""A word that both know, for which both look."""


class WhisperVerifier:
    """The `Verifier` port. Raises `ModelError` if the extra or the model folder is damaged."""

    name = "whisper"

    def __init__(self, folder: Path) -> None:
        self._default = NetworkVerifier(folder)
        self._head = WhisperHead(folder)
        self.encoder = WhisperEncoder()

    @property
    def words(self) -> frozenset[str]:
        """The words that it has a class for."""
        return self._default.words

    def look(
        self, samples: Samples, phrase: str = "", length: int = 0, early: bool = False
    ) -> Look:
        """Look at the end of `samples`: see the port.

        Both opinions are joined about the end of a word that both know, and about a sound in which
        the recogniser found no phrase. Elsewhere the default looks alone: at the beginning of a
        word ("sta-" of "start") Whisper's head finds another, and it is sure of too much in a
        phrase that no one said in its training. So a halt that is not final is decided as without
        it, and as soon.
        """
        default, every = self._default.looks(samples, phrase, length)
        if early or not self._default.words.issuperset(phrase.split()):
            return default
        scores = self._head.scores(self.encoder.rows(window_of(samples)))
        return replace(default, shares=without_few(self._head.fused(scores, every)))

    def cost_ms(self) -> float:
        """Return the processor time of a look here: the shortest of some."""
        hiss = np.random.default_rng(1).normal(0, 100, WINDOW).astype(np.int16)
        return min(self._timed(hiss) for _ in range(TRIES))

    def _timed(self, samples: Samples) -> float:
        begun = time.process_time()
        self.look(samples, KNOWN)
        return 1000 * (time.process_time() - begun)
