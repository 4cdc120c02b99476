"""What a recogniser heard, and what a verifier found in the same sound: values to decide about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from voicecoach.units import Frame

OTHER, NOISE = "[other]", "[noise]"
"""What a look may find besides the words it knows."""


@dataclass(frozen=True, slots=True)
class Look:
    """A second look at a stretch of sound: probabilities of what it ends in; they add up to 1."""

    shares: Mapping[str, float]
    fit: float = 0.0
    """How well the phrase that was heard fits, on average: 0 is perfect, below -1 is poor."""
    weakest: float = 0.0
    """The same of its weakest phone."""

    def of(self, word: str) -> float | None:
        """Return the probability of `word`, or None if the verifier does not know it."""
        return self.shares.get(word)

    @property
    def noise(self) -> float:
        """Probability that nobody spoke."""
        return self.shares[NOISE]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest word, other words and noise left out, and its probability."""
        words = {w: share for w, share in self.shares.items() if w not in (OTHER, NOISE)}
        word = max(words, key=words.__getitem__)
        return word, words[word]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What a recogniser believes it heard, before anybody decides whether to obey."""

    text: str
    """Words in lower case, separated by one blank; ``[unk]`` stands for any other sound."""
    start: Frame
    """First frame of the first word that is no ``[unk]``, on the clock of the blocks fed."""
    end: Frame
    """Frame after the last sound of the last word."""
    decided: Frame
    """Frames fed when the recogniser said so; never before `end` on a final result."""
    final: bool
    """False for a partial result, which may still change."""
    confidence: float = 1.0
    """0 to 1 of the least certain word; relative to the phrases that are live."""
    above_db: float = inf
    """On a final result: how loud it was at most, above what was heard just before it."""
    look: Look | None = None
    """What a verifier found in the same sound, where there is one."""
