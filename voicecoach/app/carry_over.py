"""What a profile brings into a session, and what a session brings into the profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from voicecoach.dialog.care import Care, Outcome
from voicecoach.history.recall import Recall
from voicecoach.screening.profile import Dropped, Preference, Profile, Scores
from voicecoach.screening.verdicts import Adapted

NOTHING: Final = Recall()


def care(
    adapted: Adapted,
    profile: Profile,
    today: date,
    unsteady: bool = False,
    recalled: Recall = NOTHING,
) -> Care:
    """Return what a session has to know of its user; `unsteady`: dizzy during the questions.

    A step up that was taken in earlier sessions holds where nothing asks for less (S42).
    """
    done = profile.exercises
    here = profile.routines.get(adapted.routine.id)
    return Care(
        asks=True,
        opening=adapted.sentences,
        changes=tuple((change.rule, change.exercises) for change in adapted.changes),
        recall=recalled,
        levels={**({} if profile.level else recalled.levels), **adapted.levels},
        lie_left=adapted.lie_left,
        worse_days=profile.worse_days,
        unsteady=unsteady,
        known=frozenset(id_ for id_, practice in done.items() if practice.lately(today)),
        met=here is not None and here.lately(today),
        instructed=bool(profile.routines),
    )


def remembered(profile: Profile, outcome: Outcome, today: date, routine: str) -> Profile:
    """Return the profile after a session of `routine`, however it ended (S8, S27)."""
    left_out = [Dropped(d.exercise, d.region, today) for d in outcome.dropped]
    scores = Scores(today, outcome.start, outcome.end)
    after = profile.after_session(scores, left_out, outcome.done)
    after = after.practised(routine, outcome.done, today)
    if (outcome.start, outcome.end) == (None, None):  # then the last scores are still the last
        after = replace(after, scores=profile.scores)
    for exercise, count in outcome.wants.items():
        after = after.prefer(exercise, _preference(count, today))
    if outcome.likes is not None:
        after = after.like(routine, today if outcome.likes else None)
    return after.block(today) if outcome.blocked else after


def _preference(count: int | None, today: date) -> Preference | None:
    if count is None:
        return None
    return Preference(today, out=not count, count=count)
