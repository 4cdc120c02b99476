"""95 % intervals of shares and of rates."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, sqrt
from typing import TypedDict

Z = 1.959964
"""The normal deviate that 2.5 % exceed."""

TAIL = 0.025


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
