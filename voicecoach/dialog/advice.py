"""Advice on request, from the sources: one or two sentences, and no promise.

docs/routines.md lists each line with its source.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from voicecoach.dialog.answers import tell
from voicecoach.dialog.session_context import SessionContext
from voicecoach.language.phrasebook import Command
from voicecoach.plan import narration

ADVICE: Final[Mapping[Command, str]] = {
    Command.SHOULD_HURT: "advice_hurt",
    Command.HOW_REST: "advice_rest",
    Command.HOW_SIT: "advice_sit",
    Command.AT_NIGHT: "advice_night",
    Command.TIGHT_HIPS: "advice_hips",
    Command.SEE_DOCTOR: "advice_doctor",
    Command.FOR_MY_BACK: "advice_for_my_back",
    Command.WHY_EXERCISE: "advice_why",
}
"""Keys of the lines that are the same in every routine."""


def advise(s: SessionContext) -> None:
    """Say the line of `ADVICE` that was asked for."""
    assert s.turn.heard is not None
    tell(s, [s.line(ADVICE[s.turn.heard.command])])


def how_often(s: SessionContext) -> None:
    """As the routine says; else morning and evening, heavy work twice a week (source 003, S32)."""
    tell(s, narration.how_often(s.plan.routine, s.prompts) or [s.line("advice_often")])


def how_fast(s: SessionContext) -> None:
    """Rolling the back is slow (source 000, S22); all else is slow and controlled (003)."""
    rolling = s.variant.dose.rolls
    tell(s, [s.line("advice_fast_rolling" if rolling else "advice_fast")])
