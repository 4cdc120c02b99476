"""What comes before a session and after it: the answers, what follows, what is remembered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from voicecoach.app.routine_library import exercise_library
from voicecoach.audio.clip import Clip
from voicecoach.dialog.care import Care, Outcome
from voicecoach.dialog.core import Core
from voicecoach.dialog.refusal_dialog import Refusal, refusal_lines
from voicecoach.dialog.screening_dialog import Prelude, prelude_lines
from voicecoach.errors import DeclinedError
from voicecoach.language.prompts import Prompts
from voicecoach.paths import shipped
from voicecoach.routine.model import Exercise, Routine
from voicecoach.routine.parse import parse_exercise
from voicecoach.screening.adapt import adapt
from voicecoach.screening.profile import Dropped, Profile, Scores
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.verdicts import Adapted, Declined
from voicecoach.track import Lengths

Clips = Mapping[str, Clip]
Render = Callable[[list[str]], Clips]
"""Renders lines to sound."""
Drive = Callable[[Core, Clips], str]
"""Leads a core to its end, live or in a simulated room, and returns the outcome."""


@dataclass(frozen=True, slots=True)
class Talker:
    """Holds the small talks before a session."""

    say: Prompts
    render: Render
    drive: Drive

    def ask(self, screening: Screening) -> tuple[Profile | None, str]:
        """Ask the questions that are due; return the profile (None: unchanged) and the outcome.

        The outcome is "asked" when every question was answered.
        """
        clips = self.render(prelude_lines(self.say))
        prelude = Prelude(screening, self.say, lengths(clips))
        outcome = self.drive(prelude, clips)
        return prelude.profile, outcome

    def refuse(self, declined: Declined) -> str:
        """Say why there is no session, and what to do instead; return the outcome."""
        clips = self.render(refusal_lines(declined, self.say))
        return self.drive(Refusal(declined, self.say, lengths(clips)), clips)


def lengths(clips: Clips) -> Lengths:
    """Return the lengths of lines that were rendered."""
    return lambda text: clips[text].length


def suited(routine: Routine, profile: Profile, today: date) -> Adapted | Declined:
    """Return `routine` as it suits the user today; shared exercises may take the place of some."""
    return adapt(routine, profile, today, shared_exercises(Path(routine.path).parent))


def shared_exercises(folder: Path | None = None) -> list[Exercise]:
    """Return the exercises of which routines in `folder` may be made, by their ids."""
    texts = exercise_library(folder or shipped("routines"))
    return [parse_exercise(text, path).exercises[0] for _, (path, text) in sorted(texts.items())]


def care(adapted: Adapted, profile: Profile) -> Care:
    """Return what a session has to know of its user."""
    levels, left = adapted.levels, adapted.lie_left
    return Care(True, adapted.sentences, levels, left, profile.worse_days)


def after(profile: Profile, outcome: Outcome, today: date) -> Profile:
    """Return the profile after a session, however it ended (S8, S27)."""
    left_out = [Dropped(d.exercise, d.region, today) for d in outcome.dropped]
    scores = Scores(today, outcome.start, outcome.end)
    remembered = profile.after_session(scores, left_out, outcome.done)
    if (outcome.start, outcome.end) == (None, None):  # then the last scores are still the last
        remembered = replace(remembered, scores=profile.scores)
    return remembered.block(today) if outcome.blocked else remembered


def declined_error(declined: Declined) -> DeclinedError:
    """Return the error that ends the program where there is no session."""
    rule = f" (safety rule {declined.rule})" if declined.rule else ""
    why = " ".join(declined.why) + rule
    return DeclinedError("There is no session today", why, " ".join(declined.instead))
