"""95 % intervals of shares and of rates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import exp, sqrt
from typing import TypedDict

import numpy as np

Z = 1.959964
"""The normal deviate that 2.5 % exceed."""

TAIL = 0.025
RESAMPLES = 1000


class Share(TypedDict):
    """`count` of `of`, as a share 0 to 1 with its interval; all None where `of` is 0."""

    count: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class Rate(TypedDict):
    """`count` events in `hours`, per hour with the interval; None where `hours` is 0."""

    count: int
    hours: float
    per_hour: float | None
    low: float | None
    high: float | None


def share(count: int, of: int) -> Share:
    """Return a share with Wilson's score interval (E. B. Wilson, JASA 22, 1927)."""
    if not of:
        return Share(count=count, of=of, share=None, low=None, high=None)
    p = count / of
    middle = (p + Z * Z / (2 * of)) / (1 + Z * Z / of)
    half = Z * sqrt(p * (1 - p) / of + Z * Z / (4 * of * of)) / (1 + Z * Z / of)
    low, high = max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half))  # rounding
    return Share(count=count, of=of, share=p, low=low, high=high)


def rate(count: int, hours: float) -> Rate:
    """Return a rate with the exact interval of a Poisson count (F. Garwood, Biometrika 28, 1936).

    Events are taken as independent: bursts in one recording make the true interval wider.
    """
    if not hours:
        return Rate(count=count, hours=0.0, per_hour=None, low=None, high=None)
    low, high = (bound / hours for bound in poisson_bounds(count))
    return Rate(count=count, hours=hours, per_hour=count / hours, low=low, high=high)


def poisson_bounds(count: int) -> tuple[float, float]:
    """Return the means of which `count` or more, and `count` or fewer, have a chance of 2.5 %."""
    top = 3.0 * count + 20
    low = _root(lambda mean: TAIL - (1 - _at_most(count - 1, mean)), top) if count else 0.0
    return low, _root(lambda mean: _at_most(count, mean) - TAIL, top)


def _at_most(count: int, mean: float) -> float:
    """Return the chance of `count` or fewer events."""
    term = total = exp(-mean)
    for n in range(1, count + 1):
        term *= mean / n
        total += term
    return total


def _root(falling: Callable[[float], float], top: float) -> float:
    """Return the zero of a falling function on 0 to `top`, by bisection."""
    low, high = 0.0, top
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return (low + high) / 2


Group = tuple[str, float, float]
"""Of one recording: its speaker, what is counted in it, and what that is a part of."""


def share_by(groups: Sequence[Group]) -> Share:
    """Return a share with the wider of Wilson's interval and a bootstrap over the speakers."""
    plain = share(round(sum(g[1] for g in groups)), round(sum(g[2] for g in groups)))
    low, high = bootstrap(groups)
    if plain["low"] is not None and plain["high"] is not None:
        plain["low"], plain["high"] = min(plain["low"], low), max(plain["high"], high)
    return plain


def rate_by(groups: Sequence[Group]) -> Rate:
    """Return a rate with the wider of Poisson's interval and a bootstrap over the speakers."""
    plain = rate(round(sum(g[1] for g in groups)), sum(g[2] for g in groups))
    low, high = bootstrap(groups)
    if plain["low"] is not None and plain["high"] is not None:
        plain["low"], plain["high"] = min(plain["low"], low), max(plain["high"], high)
    return plain


def bootstrap(groups: Sequence[Group]) -> tuple[float, float]:
    """Return a 95 % interval of a ratio: speakers are drawn with replacement (fixed seed).

    Clips of one speaker fail together, so they are no independent trials.
    """
    speakers = {name: at for at, name in enumerate(dict.fromkeys(g[0] for g in groups))}
    sums = np.zeros((len(speakers), 2))
    for name, count, of in groups:
        sums[speakers[name]] += count, of
    if not sums[:, 1].sum():
        return 0.0, 0.0
    chance = np.random.default_rng(1)
    drawn = sums[chance.integers(0, len(sums), (RESAMPLES, len(sums)))].sum(axis=1)
    low, high = np.quantile(drawn[:, 0] / np.maximum(drawn[:, 1], 1e-9), [TAIL, 1 - TAIL])
    return float(low), float(high)
