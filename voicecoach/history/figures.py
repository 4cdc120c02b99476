"""Figures of past sessions: pain and its trend, dose by week, complaints by place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from statistics import median
from typing import Final

from voicecoach.history.past import Past

ENOUGH: Final = 4
"""Sessions with a score from which a trend is told. Our own choice: fewer are chance."""

STEADY: Final = 1.0
"""Points from the first to the last session below which pain counts as unchanged. Our own choice; a
change of two points is what people notice (Farrar 2001)."""


MONTH: Final = timedelta(days=28)
"""Of which "how is it going" tells the trend."""


@dataclass(frozen=True, slots=True)
class Pain:
    """The pain of one session, 0 to 10; None where it was not told."""

    on: date
    before: int | None
    after: int | None


def pains(sessions: Iterable[Past]) -> list[Pain]:
    """Return the pain of each session in which any score was told."""
    found = (Pain(p.began.date(), p.session.before, p.session.after) for p in sessions)
    return [pain for pain in found if (pain.before, pain.after) != (None, None)]


def of_month(sessions: Iterable[Past], today: date) -> list[Pain]:
    """Return the pain of the sessions of the last four weeks that have a score before them."""
    return [p for p in pains(sessions) if p.on > today - MONTH and p.before is not None]


def trend(pains: Sequence[Pain]) -> float | None:
    """Return how the pain before sessions changes, in points a week; None if that is not known.

    The median of the slopes between every two sessions of different days (Theil 1950, Sen 1968):
    one bad day does not turn it.
    """
    told = [(pain.on.toordinal() / 7, pain.before) for pain in pains if pain.before is not None]
    slopes = [(b - a) / (u - t) for (t, a), (u, b) in combinations(told, 2) if u != t]
    return median(slopes) if len(told) >= ENOUGH and slopes else None


def change(pains: Sequence[Pain]) -> float | None:
    """Return by how many points the trend moves from the first to the last of `pains`, 0 where it
    is steady; None where that is not known.
    """
    slope = trend(pains)
    if slope is None:
        return None
    points = slope * (pains[-1].on - pains[0].on).days / 7
    return points if abs(points) >= STEADY else 0.0


def week_of(day: date) -> date:
    """Return the Monday of the week of `day`."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class Dose:
    """How much of an exercise was done in a week."""

    repetitions: int
    seconds: float


def doses(sessions: Iterable[Past]) -> dict[str, dict[date, Dose]]:
    """Return the dose of each exercise, by the name that was spoken last, week by week."""
    names: dict[str, str] = {}
    found: dict[str, dict[date, Dose]] = {}
    for past in sessions:
        week = week_of(past.began.date())
        visits = {entry.visit: entry for entry in past.exercises}
        names |= {entry.exercise: entry.name for entry in past.exercises}
        for one in (one for one in past.sets if one.visit in visits):
            weeks = found.setdefault(visits[one.visit].exercise, {})
            so_far = weeks.get(week, Dose(0, 0.0))
            more = Dose(so_far.repetitions + one.repetitions, so_far.seconds + one.seconds)
            weeks[week] = more
    return _by_name(found, names)


def _by_name(
    found: Mapping[str, dict[date, Dose]], names: Mapping[str, str]
) -> dict[str, dict[date, Dose]]:
    shown = Counter(names[id_] for id_ in found)
    labels = {
        id_: names[id_] if shown[names[id_]] == 1 else f"{names[id_]} ({id_})" for id_ in found
    }
    return {labels[id_]: weeks for id_, weeks in found.items()}


def complaints_by_place(sessions: Iterable[Past]) -> Counter[str]:
    """Return how many complaints of pain there were in each region that was named."""
    return Counter(
        complaint.region for past in sessions for complaint in past.complaints if complaint.region
    )


def changed(sessions: Iterable[Past]) -> dict[str, Counter[str]]:
    """Return in how many sessions each rule changed an exercise, by its id; "" is the whole."""
    found: dict[str, Counter[str]] = {}
    for past in sessions:
        for change_ in past.changes:
            found.setdefault(change_.rule, Counter())[change_.exercise] += 1
    return found
