"""A taught voice: how the user's own commands sounded when the coach asked for them. Pure.

The verifier gives each sound an embedding: a direction in which sounds of one person saying one
form lie close together. A taught form has a prototype, the mean of its takes. What is heard later
is compared with the prototypes, and that likeness is joined with the verifier's own opinion by a
small logistic regression over all speakers. Nothing of the sound itself is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log, sqrt
from typing import Final

from voicecoach.decision.hearing import Look

Embedding = tuple[float, ...]
"""A unit vector, or () where a verifier gives none."""

ENOUGH = 2
"""Takes of a form from which it has a prototype."""

KNOWN = (0.36, 5.93, -0.64, -3.28)
"""Log-odds of a taught form for which the verifier has a class: weights of the log-odds of its own
share, of the likeness to the form's prototype, of the highest likeness to another taught form, and
the constant. Read from the tune side by `bench/teach.py`."""

NEW = (8.37, -1.57, -4.81)
"""The same for a form without a class: likeness, highest other likeness, constant."""

TINY = 1e-6


@dataclass(frozen=True, slots=True)
class TaughtForm:
    """A form that the user has said."""

    takes: int
    prototype: Embedding


@dataclass(frozen=True, slots=True)
class TaughtVoice:
    """All that is kept of a user's voice."""

    measure: str = ""
    """What made the embeddings; those of another measure cannot be compared."""
    forms: Mapping[str, TaughtForm] = field(default_factory=dict)

    def with_takes(self, form: str, takes: Sequence[Embedding]) -> TaughtVoice:
        """Return it with a form, taught by these takes; without it if they are fewer than `ENOUGH`.

        A take that is unlike the others is dropped first: it was another sound.
        """
        rest = {known: of for known, of in self.forms.items() if known != form}
        alike = consistent(takes)
        if len(alike) >= ENOUGH:
            sums = [sum(column) for column in zip(*alike, strict=True)]
            rest[form] = TaughtForm(len(alike), unit(sums))
        return replace(self, forms=rest)

    def adapt(self, look: Look) -> Look:
        """Return a look with the user's own prototypes taken into account."""
        if not look.embedding or not self.forms:
            return look
        chance = {form: chance_of(form, look, self) for form in self.forms}
        known = {form: share for form, share in chance.items() if form in look.shares}
        new = {form: share for form, share in chance.items() if form not in look.shares}
        return replace(look, shares=_shared(look.shares, known), taught=new)


STRANGER: Final = TaughtVoice()
"""A user who has taught nothing."""


def features(form: str, look: Look, voice: TaughtVoice) -> tuple[float, float, float]:
    """Return the log-odds of the share of a taught form (0 without a class), the likeness to its
    prototype, and the highest likeness to another.
    """
    like = {name: dot(look.embedding, of.prototype) for name, of in voice.forms.items()}
    other = max((value for name, value in like.items() if name != form), default=0.0)
    share = min(max(look.shares.get(form, 0.5), TINY), 1 - TINY)
    return log(share / (1 - share)), like[form], other


def chance_of(form: str, look: Look, voice: TaughtVoice) -> float:
    """Return the probability that the user has said a taught form."""
    odds, same, other = features(form, look, voice)
    weights = KNOWN if form in look.shares else (0.0, *NEW)
    return 1 / (1 + exp(-dot(weights, (odds, same, other, 1.0))))


def _shared(shares: Mapping[str, float], known: Mapping[str, float]) -> Mapping[str, float]:
    """Return `shares` with those of the `known` forms replaced; the others share what is left."""
    total = max(1.0, sum(known.values()))
    taken = {form: share / total for form, share in known.items()}
    rest = sum(share for form, share in shares.items() if form not in taken)
    scale = (1 - sum(taken.values())) / rest if rest > 0 else 0.0
    return {form: taken.get(form, share * scale) for form, share in shares.items()}


LEAST_ALIKE = 0.1
"""Mean likeness to the other takes of a form below which a take is dropped."""


def consistent(takes: Sequence[Embedding]) -> list[Embedding]:
    """Return the takes that are like the others; all of fewer than three."""
    if len(takes) <= ENOUGH:
        return list(takes)
    return [take for at, take in enumerate(takes) if _mean_likeness(takes, at) >= LEAST_ALIKE]


def _mean_likeness(takes: Sequence[Embedding], at: int) -> float:
    others = [dot(takes[at], take) for n, take in enumerate(takes) if n != at]
    return sum(others) / len(others)


def dot(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the likeness of two embeddings: the cosine of the angle between them, -1 to 1."""
    return sum(x * y for x, y in zip(a, b, strict=True))


def unit(vector: Sequence[float]) -> Embedding:
    """Return the vector with a length of 1, to four digits."""
    length = sqrt(dot(vector, vector)) or 1.0
    return tuple(round(x / length, 4) for x in vector)
