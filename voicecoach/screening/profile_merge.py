"""Two programs that know one user: what both were told is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from voicecoach.screening.facts import Fact
from voicecoach.screening.profile import KEPT_SCORES, Answer, Answers, Dropped, Practice, Profile

K = TypeVar("K")
V = TypeVar("V")


def merged(base: Profile, mine: Profile, theirs: Profile) -> Profile:
    """Return `theirs` with all that changed from `base` to `mine`.

    Where both changed the same thing, the later day counts, else mine; a block stays (S8).
    """
    return Profile(
        answers=Answers(_answers(base, mine, theirs)),
        dropped=_dropped(base, mine, theirs),
        scores=_together(base.scores, mine.scores, theirs.scores)[-KEPT_SCORES:],
        exercises=_practised(base.exercises, mine.exercises, theirs.exercises),
        routines=_practised(base.routines, mine.routines, theirs.routines),
        preferences=_changed(base.preferences, mine.preferences, theirs.preferences),
        favourites=_changed(base.favourites, mine.favourites, theirs.favourites),
        blocked=_blocked(base.blocked, mine.blocked, theirs.blocked),
    )


def _answers(base: Profile, mine: Profile, theirs: Profile) -> dict[Fact, Answer]:
    before, told, other = base.answers.given, mine.answers.given, theirs.answers.given
    result = _changed(before, told, other)
    both = {fact for fact in told.keys() & other.keys() if before.get(fact) != other[fact]}
    return {**result, **{f: other[f] for f in both if other[f].on > told[f].on}}


def _dropped(base: Profile, mine: Profile, theirs: Profile) -> tuple[Dropped, ...]:
    by_id = ({entry.exercise: entry for entry in one.dropped} for one in (base, mine, theirs))
    return tuple(_changed(*by_id).values())


def _changed(base: Mapping[K, V], mine: Mapping[K, V], theirs: Mapping[K, V]) -> dict[K, V]:
    """Return `theirs` with what was added, replaced or removed from `base` to `mine`."""
    removed = base.keys() - mine.keys()
    kept = {key: value for key, value in theirs.items() if key not in removed}
    return {**kept, **{key: value for key, value in mine.items() if base.get(key) != value}}


def _together(base: Iterable[V], mine: Iterable[V], theirs: Iterable[V]) -> tuple[V, ...]:
    """Return `theirs` without what was removed from `base` to `mine`, then what was added."""
    before, after = Counter(base), Counter(mine)
    removed, added = before - after, after - before
    kept = []
    for entry in theirs:
        if removed[entry]:
            removed[entry] -= 1
        else:
            kept.append(entry)
    return (*kept, *added.elements())


def _practised(
    base: Mapping[str, Practice], mine: Mapping[str, Practice], theirs: Mapping[str, Practice]
) -> dict[str, Practice]:
    result = _changed(base, mine, theirs)
    for id_ in mine.keys() & theirs.keys():
        before = base[id_].times if id_ in base else 0
        times = theirs[id_].times + mine[id_].times - before
        result[id_] = Practice(times, max(mine[id_].on, theirs[id_].on))
    return result


def _blocked(base: date | None, mine: date | None, theirs: date | None) -> date | None:
    if mine == base:
        return theirs
    if theirs == base:
        return mine
    return max((day for day in (mine, theirs) if day), default=None)
