"""Advice on request, from the sources: one or two sentences, and no promise.

docs/routines.md lists each line with its source.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from voicecoach.dialog.session_context import Answer, SessionContext
from voicecoach.language.phrasebook import Command
from voicecoach.plan import narration
from voicecoach.track import Item
from voicecoach.units import Ms

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


def _always(key: str) -> Answer:
    return lambda s, _at: [s.line(key)]


def how_often(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """As the routine says; else morning and evening, heavy work twice a week (source 003, S32)."""
    return narration.how_often(s.plan.routine, s.prompts) or [s.line("advice_often")]


def how_fast(s: SessionContext, _at: Ms) -> Sequence[Item]:
    """Rolling the back is slow (source 000, S22); all else is slow and controlled (003)."""
    return [s.line("advice_fast_rolling" if s.variant.dose.rolls else "advice_fast")]


ANSWERS: Final[Mapping[Command, Answer]] = {
    Command.HOW_OFTEN: how_often,
    Command.HOW_FAST: how_fast,
    **{command: _always(key) for command, key in ADVICE.items()},
}
