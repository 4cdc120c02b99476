"""Pain before and after each session, and where it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from voicecoach.history.figures import ENOUGH, Pain, change, trend
from voicecoach.report.overview.svg import dot, line, picture, text

WIDTH, HEIGHT = 340.0, 128.0
LEFT, RIGHT, TOP, BOTTOM = 22.0, 6.0, 8.0, 18.0
HIGHEST: Final = 10


def pain_chart(pains: Sequence[Pain], first: date, last: date) -> str:
    """Return the picture of the scores from the day `first` to `last`."""
    days = max(1, (last - first).days)

    def x(day: date) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * (day - first).days / days

    parts = [*_scale(), *_dates(first, last)]
    parts += [part for pain in pains for part in _change(pain, x(pain.on))]
    parts += [part for pain in pains for part in _scores(pain, x(pain.on))]
    parts += _trend(pains, first, last)
    return picture(WIDTH, HEIGHT, f"Pain from 0 to 10. {trend_in_words(pains)}", parts)


def trend_in_words(pains: Sequence[Pain]) -> str:
    """Return where the pain goes, as a sentence with its number."""
    points = change(pains)
    if points is None:
        return f"A trend is told from {ENOUGH} sessions with a score on different days."
    if not points:
        return "Pain before a session stayed about the same."
    way = "fell" if points < 0 else "rose"
    return f"Pain before a session {way} by {abs(points):.1f} points over this time."


def _y(score: float) -> float:
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - score / HIGHEST)


def _change(pain: Pain, x: float) -> list[str]:
    if pain.before is None or pain.after is None:
        return []
    return [line(x, _y(pain.before), x, _y(pain.after), "change")]


def _scores(pain: Pain, x: float) -> list[str]:
    told = (("before", pain.before), ("after", pain.after))
    return [
        dot(x, _y(score), 2.2, when, f"{pain.on}: {score} {when}")
        for when, score in told
        if score is not None
    ]


def _scale() -> list[str]:
    parts = []
    for score in range(0, HIGHEST + 1, 2):
        parts.append(line(LEFT, _y(score), WIDTH - RIGHT, _y(score), "grid"))
        parts.append(text(LEFT - 4, _y(score) + 2.5, str(score), "small", "end"))
    return parts


def _dates(first: date, last: date) -> list[str]:
    ends = [(first, LEFT, "start"), (last, WIDTH - RIGHT, "end")]
    return [text(x, HEIGHT - 5, str(day), "small", anchor) for day, x, anchor in ends]


def _trend(pains: Sequence[Pain], first: date, last: date) -> list[str]:
    slope = trend(pains)
    told = [pain for pain in pains if pain.before is not None]
    if slope is None:
        return []
    middles = sorted((p.before or 0) - slope * (p.on - first).days / 7 for p in told)
    start = middles[len(middles) // 2]
    end = start + slope * (last - first).days / 7
    places = [min(HIGHEST, max(0.0, score)) for score in (start, end)]
    return [line(LEFT, _y(places[0]), WIDTH - RIGHT, _y(places[1]), "trend")]
