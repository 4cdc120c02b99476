"""The second look by two opinions: the default verifier's, and Whisper's encoder with our head."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import OTHER, Look
from voicecoach.stt.look_window import WINDOW, window_of
from voicecoach.stt.verifier import NetworkVerifier
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
        self._encoder = WhisperEncoder()

    @property
    def words(self) -> frozenset[str]:
        """The words that it has a class for."""
        return self._default.words

    def look(
        self, samples: Samples, phrase: str = "", length: int = 0, early: bool = False
    ) -> Look:
        """Look at the end of `samples`: see the port.

        Both opinions are joined where the recogniser heard words that both know, to their end.
        Elsewhere the default looks alone: at the beginning of a word ("sta-" of "start") Whisper's
        head finds another, and it is sure of too much in a phrase that no one said in its training.
        So a halt that is not final is decided as without it, and as soon. The words that only
        Whisper's head knows count as another word: too few people said them.
        """
        default = self._default.look(samples, phrase, length, early)
        words = phrase.split()
        if early or not words or not self._default.words.issuperset(words):
            return default
        scores = self._head.scores(self._encoder.rows(window_of(samples)))
        joined = self._head.fused(scores, default.shares)
        shares = {name: joined[name] for name in default.shares}
        shares[OTHER] = max(0.0, 1.0 - sum(shares.values()) + shares[OTHER])
        return Look(shares, default.fit, default.weakest)

    def cost_ms(self) -> float:
        """Return the processor time of a look here: the shortest of some."""
        hiss = np.random.default_rng(1).normal(0, 100, WINDOW).astype(np.int16)
        return min(self._timed(hiss) for _ in range(TRIES))

    def _timed(self, samples: Samples) -> float:
        begun = time.process_time()
        self.look(samples, KNOWN)
        return 1000 * (time.process_time() - begun)
