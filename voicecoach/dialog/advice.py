"""Advice on request, from the sources: one or two sentences, and no promise."""

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
