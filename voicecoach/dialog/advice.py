"""Advice on request, from the sources: one or two sentences, and no promise.

docs/routines.md lists each line with its source.
"""

from __future__ import annotations

from voicecoach.dialog.answers import reply
from voicecoach.dialog.session_context import SessionContext
from voicecoach.plan import narration


def should_hurt(s: SessionContext) -> None:
    """Uncomfortable is common, sharp is not (sources 000, 003)."""
    reply(s, [s.line("advice_hurt")])


def how_often(s: SessionContext) -> None:
    """As the routine says; else morning and evening, heavy work twice a week (source 003, S32)."""
    reply(s, narration.how_often(s.plan.routine, s.prompts) or [s.line("advice_often")])


def how_fast(s: SessionContext) -> None:
    """Rolling the back is slow (source 000, S22); all else is slow and controlled (003)."""
    rolling = s.variant.dose.rolls
    reply(s, [s.line("advice_fast_rolling" if rolling else "advice_fast")])


def how_long_to_rest(s: SessionContext) -> None:
    """No longer than 48 hours (source 003, S31)."""
    reply(s, [s.line("advice_rest")])


def how_to_sit(s: SessionContext) -> None:
    """Posture at the desk (source 001), and not for long (003)."""
    reply(s, [s.line("advice_sit")])


def at_night(s: SessionContext) -> None:
    """Enough sleep (source 003); the massage comes before it (002)."""
    reply(s, [s.line("advice_night")])


def tight_hips(s: SessionContext) -> None:
    """The hip flexors may be the cause (sources 001, 003); the lower back is not rolled (S21)."""
    reply(s, [s.line("advice_hips")])


def see_a_doctor(s: SessionContext) -> None:
    """What is strong or lasts, or comes well after an injury (source 004)."""
    reply(s, [s.line("advice_doctor")])


def for_my_back(s: SessionContext) -> None:
    """Tense muscles, not a disc or another trouble of the spine (source 004, S18)."""
    reply(s, [s.line("advice_for_my_back")])


def why_exercise(s: SessionContext) -> None:
    """To withstand what comes, also without a complaint (source 003)."""
    reply(s, [s.line("advice_why")])
