"""Effort without pain ("too hard"): easier, then fewer, then skipped; never the same again."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.dialog import pain_response
from voicecoach.dialog.asking import ask
from voicecoach.dialog.levels import go_on_at
from voicecoach.dialog.resuming import can_ease, go_easier
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.safety_dialog import ask_open, halt
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WORK, State

FEW = 2
"""So many repetitions or strokes must be left for fewer of them to be something else."""


def too_much(s: SessionContext) -> None:
    """Too hard is not pain yet: ask which."""
    halt(s, "too_much")
    s.trouble.add(Complaint.EFFORT, State.ASK_EFFORT)
    ask_open(s, s.line("let_go"), *s.safely(Complaint.EFFORT))


def effort_only(s: SessionContext) -> None:
    """It does not hurt: an easier version, or fewer, or skip."""
    s.trouble.answered(State.ASK_EFFORT)
    if can_ease(s):
        ask(s, State.OFFER_EASIER, s.line("offer_mid"))
    elif _left(s) >= FEW:
        ask(s, State.OFFER_EASIER, s.line("offer_fewer"))
    else:
        pain_response.leave_exercise(s, [*s.get_out(), s.line("drop")], "skipped")


def ease(s: SessionContext) -> None:
    """Go on easier; where no easier version is left, with half of the repetitions that are left."""
    left = _left(s)
    if can_ease(s) or s.trouble.kind is not Complaint.EFFORT or left < FEW:
        go_easier(s)
        return
    assert s.mark is not None
    s.mark = replace(s.mark, rep=s.variant.dose.count - left // 2 + 1)
    go_on_at(s, s.level, [s.line("fewer")])


def _left(s: SessionContext) -> int:
    """Return how many repetitions or strokes of the set are left, the present one included."""
    if s.mark is None or s.mark.state not in WORK or s.variant.dose.timed:
        return 0
    return s.variant.dose.count - s.mark.rep + 1
