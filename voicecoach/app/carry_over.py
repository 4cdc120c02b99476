"""What a profile brings into a session, and what a session brings into the profile."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from voicecoach.dialog.care import Care, Outcome
from voicecoach.screening.profile import Dropped, Profile, Scores
from voicecoach.screening.verdicts import Adapted


def care(adapted: Adapted, profile: Profile, unsteady: bool = False) -> Care:
    """Return what a session has to know of its user; `unsteady`: dizzy during the questions."""
    levels, left = adapted.levels, adapted.lie_left
    return Care(True, adapted.sentences, levels, left, profile.worse_days, unsteady)


def remembered(profile: Profile, outcome: Outcome, today: date) -> Profile:
    """Return the profile after a session, however it ended (S8, S27)."""
    left_out = [Dropped(d.exercise, d.region, today) for d in outcome.dropped]
    scores = Scores(today, outcome.start, outcome.end)
    after = profile.after_session(scores, left_out, outcome.done)
    if (outcome.start, outcome.end) == (None, None):  # then the last scores are still the last
        after = replace(after, scores=profile.scores)
    return after.block(today) if outcome.blocked else after
