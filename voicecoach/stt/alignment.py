"""How well the sounds of a phrase fit a stretch of sound: a forced alignment (Viterbi).

The measure is the goodness of pronunciation (Witt and Young, 2000): per frame, the score of the
expected phone less the best score of any phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from voicecoach.stt.fbank import Floats

Lexicon = Mapping[str, Sequence[Sequence[int]]]
"""Word -> pronunciations, each the outputs for the first frames of its phones; the output for the
rest of a phone is the next one."""

SILENCE = 0
FAR = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Fit:
    """Goodness of pronunciation of a phrase; 0 is perfect."""

    mean: float
    """Over all frames of the phrase."""
    weakest: float
    """Over the frames of its weakest phone."""


@dataclass
class _Chain:
    """Phones of a phrase: `before[i]` are the possible predecessors of phone i, -1 is the start."""

    first: list[int] = field(default_factory=list)
    rest: list[int] = field(default_factory=list)
    before: list[list[int]] = field(default_factory=list)
    ends: list[int] = field(default_factory=lambda: [-1])

    def phone(self, output: int, before: list[int]) -> int:
        self.first.append(output)
        self.rest.append(output if output == SILENCE else output + 1)
        self.before.append(before)
        return len(self.first) - 1

    def silence(self) -> None:
        """Add optional silence, or any other sound."""
        self.ends = [*self.ends, self.phone(SILENCE, list(self.ends))]

    def word(self, prons: Sequence[Sequence[int]]) -> None:
        ends = []
        for pron in prons:
            at = list(self.ends)
            for output in pron:
                at = [self.phone(output, at)]
            ends += at
        self.ends = ends


@dataclass(frozen=True)
class Path:
    """The best path of a phrase through a stretch of sound."""

    outputs: NDArray[np.intp]
    """The output expected in each row."""
    phones: NDArray[np.intp]
    """The number of the phone in each row."""
    spoken: NDArray[np.bool_]
    """Whether a row belongs to the phrase, and not to the silence around it."""


def align(phrase: str, lexicon: Lexicon, scores: Floats) -> Path | None:
    """Align `phrase` with `scores`, log likelihoods of shape ``(rows, outputs)``.

    Returns None if the sound is too short for it, or a word is not in the lexicon.
    """
    words = phrase.split()
    if not words or any(word not in lexicon for word in words):
        return None
    chain = _Chain()
    chain.silence()
    for word in words:
        chain.word(lexicon[word])
        chain.silence()
    path = _best_path(chain, scores)
    if path is None:
        return None
    entered = np.concatenate([[True], path[1:] != path[:-1]])
    first = np.array(chain.first)[path]
    return Path(np.where(entered, first, np.array(chain.rest)[path]), path, first != SILENCE)


def fit(phrase: str, lexicon: Lexicon, scores: Floats) -> Fit | None:
    """Return how well `phrase` fits; None as `align` does, or if none of it was found."""
    path = align(phrase, lexicon, scores)
    if path is None or not path.spoken.any():
        return None
    short = scores[np.arange(len(scores)), path.outputs] - scores.max(axis=1)
    phones = np.unique(path.phones[path.spoken])
    weakest = min(short[path.phones == phone].mean() for phone in phones)
    return Fit(float(short[path.spoken].mean()), float(weakest))


def _best_path(chain: _Chain, scores: Floats) -> NDArray[np.intp] | None:
    """Return the number of the phone in each row, along the best path."""
    rows, size = len(scores), len(chain.first)
    if not rows:
        return None
    links = np.full((size, size), FAR, np.float32)
    for i, before in enumerate(chain.before):
        links[i, [b for b in before if b >= 0]] = 0
    start = np.array([-1 in before for before in chain.before])
    now = np.where(start, scores[0, chain.first], FAR)
    came = np.tile(np.arange(size), (rows, 1))
    for t in range(1, rows):
        reach = links + now
        source = reach.argmax(axis=1)
        enter = reach[np.arange(size), source] + scores[t, chain.first]
        stay = now + scores[t, chain.rest]
        came[t] = np.where(enter > stay, source, came[t])
        now = np.maximum(enter, stay)
    at = max(chain.ends, key=lambda end: now[end])
    if now[at] < FAR / 2:
        return None
    path = np.zeros(rows, np.intp)
    for t in range(rows - 1, -1, -1):
        path[t] = at
        at = int(came[t, at])
    return path
