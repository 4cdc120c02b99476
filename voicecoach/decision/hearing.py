"""What a recogniser heard, and what a verifier found in the same sound: values to decide about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import inf

from voicecoach.language.phrasebook import UNKNOWN
from voicecoach.units import Frame

NEVER = Frame(2**62)
"""Later than any frame."""

OTHER, NOISE = "[other]", "[noise]"
"""Classes of a verifier besides its words: any other word, and no speech."""


@dataclass(frozen=True, slots=True)
class Look:
    """A verifier's second look at a stretch of sound: probabilities, which add up to 1."""

    shares: Mapping[str, float]
    fit: float = 0.0
    """Goodness of pronunciation of the phrase, on average: 0 is perfect, below -1 is poor."""
    weakest: float = 0.0
    """The same for its weakest phone."""
    embedding: tuple[float, ...] = ()
    """Where the sound lies among others, to be compared with what the user has taught: a unit
    vector, or () if the verifier gives none."""
    taught: Mapping[str, float] = field(default_factory=dict)
    """Probability, of each taught form without a share, that the user has said it."""

    def of(self, word: str) -> float | None:
        """Return the probability of `word`, 0 to 1; None if the verifier has no class for it."""
        return self.shares.get(word)

    @property
    def noise(self) -> float:
        """Probability that there was no speech."""
        return self.shares[NOISE]

    @property
    def best(self) -> tuple[str, float]:
        """The likeliest word, other words and noise left out, and its probability."""
        words = {w: share for w, share in self.shares.items() if w not in (OTHER, NOISE)}
        word = max(words, key=words.__getitem__)
        return word, words[word]


@dataclass(frozen=True, slots=True)
class Hearing:
    """A result of the recogniser, before the judge decides whether to obey it."""

    text: str
    """Words in lower case, separated by one blank; ``[unk]`` stands for any other sound."""
    start: Frame
    """First frame of the first word that is no ``[unk]``, on the clock of the blocks fed."""
    end: Frame
    """Frame after the last sound of the last word."""
    decided: Frame
    """Frames fed when the result came; never before `end` on a final result."""
    final: bool
    """False for a partial result, which may still change."""
    confidence: float = 1.0
    """0 to 1 of the least certain word; relative to the phrases that are live."""
    above_db: float = inf
    """On a final result: its highest level above that of the half second before it."""
    look: Look | None = None
    """What a verifier found in the same sound, if there is one."""
    free: bool = False
    """Whether the words are not limited to the live phrases: typed, or written down freely."""
    begun: Frame = NEVER
    """On a final result: the first frame of the utterance, other sounds included."""

    def later(self, frames: int) -> Hearing:
        """Return the same on a clock that is ahead by so many frames."""
        start, end, decided, begun = (
            at if at == NEVER else Frame(at + frames)
            for at in (self.start, self.end, self.decided, self.begun)
        )
        return replace(self, start=start, end=end, decided=decided, begun=begun)

    @property
    def said(self) -> str:
        """The words, without other sounds."""
        return " ".join(word for word in self.text.split() if word != UNKNOWN)
