"""A session that was cut off, as it may go on, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from voicecoach.app.carry_over import remembered
from voicecoach.app.pipeline import Clips
from voicecoach.app.recorded import care_of, prepared_event, routine_of
from voicecoach.app.unfinished import Trace, Unfinished
from voicecoach.dialog.session import Session
from voicecoach.dialog.unfinished_dialog import CutOff
from voicecoach.errors import CoachError
from voicecoach.eventlog.inputs import SessionPrepared
from voicecoach.language.model import Language
from voicecoach.language.prompts import Prompts
from voicecoach.plan.plan import Plan
from voicecoach.routine.model import Routine
from voicecoach.screening.facts import Fact
from voicecoach.screening.person import Person
from voicecoach.screening.profile import Profile
from voicecoach.screening.summary import refusal_today
from voicecoach.units import seconds

Compiled = Callable[[Routine, Sequence[str]], tuple[Plan, Clips]]
"""Compiles a routine with the lines of its opening, and renders what is missing."""


@dataclass(frozen=True, slots=True)
class Now:
    """What holds at the start after the cut."""

    profile: Profile
    today: date
    language: Language
    voice: str
    helper: bool


@dataclass(frozen=True, slots=True)
class Comeback:
    """The session as it was cut off."""

    session: Session
    clips: Clips
    prepared: SessionPrepared
    before: Profile
    """What was known of the user when it began ..."""
    told: Profile
    """... and what it brought until it was cut off."""


def comeback(cut: Trace, now: Now, compiled: Compiled) -> Comeback | None:
    """Return the session as it was cut off. None where it may not go on, or would be another one.

    An alarm goes on in any case: it only ends.
    """
    fits = isinstance(cut, Unfinished) and _still_fits(cut, now)
    if not isinstance(cut, Unfinished) or not (fits or cut.open):
        return None
    found = _restored(cut, now, compiled)
    if found is None or not (fits or found[0].alarmed):
        return None
    before = _known_before(cut, now.profile)
    told = remembered(before, found[0].result, now.today, found[0].routine.id)
    return Comeback(*found, before, told)


def _restored(
    cut: Unfinished, now: Now, compiled: Compiled
) -> tuple[Session, Clips, SessionPrepared] | None:
    try:
        known, routine = care_of(cut.prepared), routine_of(cut.prepared, now.language)
        plan, clips = compiled(routine, (*known.opening, *known.recall.lines))
        talk = cut.prepared.talk
        session = Session(plan, talk, known, now.helper)
        session.load(cut.state, cut.now)
    except (CoachError, ValueError):  # another version of the program wrote it
        return None
    prepared = prepared_event(plan, clips, now.voice, talk, known, now.helper)
    if not cut.made_of(prepared):
        return None
    at = seconds(session.now)
    return session, clips, msgspec.structs.replace(prepared, t=at, state=cut.state)


def _still_fits(cut: Unfinished, now: Now) -> bool:
    """Tell whether the user is asked nothing more today, and has told nothing new since."""
    profile = now.profile
    asked = profile.answers == cut.before.answers and not profile.due(now.today)
    return asked and refusal_today(profile, now.today, now.language.prompts) is None


def _known_before(cut: Unfinished, profile: Profile) -> Profile:
    """Return `profile` without what the session has brought so far: it brings that again."""
    before = cut.before
    return replace(
        profile,
        dropped=before.dropped,
        scores=before.scores,
        exercises=before.exercises,
        routines=before.routines,
    )


def offer_of(session: Session, prompts: Prompts) -> CutOff:
    """Return what is said of a session that may go on."""
    says = prompts.say("unfinished", name=session.left_in or "")
    return CutOff(says, open=False, lie_left=session.lie_left)


def offer_without(cut: Trace, now: Now) -> CutOff | None:
    """Return what is said of one that may not go on: nothing, unless a complaint was open."""
    left = Person(now.profile, now.today).holds(Fact.PREGNANT_LONG)
    says = now.language.prompts.say("cut_off")
    return CutOff(says, open=True, lie_left=left) if cut.open else None
