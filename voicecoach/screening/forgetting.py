"""A profile without what was told lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from voicecoach.screening.profile import Answers, Profile


def without_since(profile: Profile, day: date) -> Profile:
    """Return `profile` without what came into it on `day` or later.

    A block stays (S8): only a doctor's visit ends it.
    """
    return replace(
        profile,
        answers=Answers({f: a for f, a in profile.answers.given.items() if a.on < day}),
        dropped=tuple(entry for entry in profile.dropped if entry.on < day),
        scores=tuple(scores for scores in profile.scores if scores.on < day),
        exercises={id_: p for id_, p in profile.exercises.items() if p.on < day},
        routines={id_: p for id_, p in profile.routines.items() if p.on < day},
        preferences={id_: p for id_, p in profile.preferences.items() if p.on < day},
        favourites={id_: on for id_, on in profile.favourites.items() if on < day},
    )
