"""After the questions about a complaint are answered: how the session goes on (SAFETY S7, S29)."""

from __future__ import annotations

from voicecoach.dialog import flow, pain_response
from voicecoach.dialog.asking import stand
from voicecoach.dialog.ending import leave
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.safety_dialog import ask_open
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import State


def breathes(s: SessionContext) -> None:
    """No trouble with the breath: ask whether it has passed, or go on with the pain."""
    s.trouble.answered(State.ASK_BREATHING)
    go_on(s)


def unhelped(s: SessionContext) -> None:
    """The user wants no help: ask what is the matter."""
    s.trouble.answered(State.ASK_HELP)
    go_on(s)


def unhurt(s: SessionContext) -> None:
    """Nothing hurts."""
    s.trouble.answered(State.ASK_HURT)
    go_on(s)


def passed(s: SessionContext) -> None:
    """It has passed: from now on only what is done lying or sitting; the second time, nothing."""
    s.trouble.answered(State.ASK_PASSED)
    if s.place.unsteady:
        leave(s, [s.line("twice_unwell"), *s.get_out()], "ended")
        return
    flow.keep_low(s)
    if s.begun:
        s.place.unfit.add(s.place.index)
    go_on(s)


def go_on(s: SessionContext) -> None:
    """Put the next open question, or act on what is known."""
    lead = s.line("take_time")
    if ask_open(s, lead):
        return
    if s.pain.report is not None:
        pain_response.judge(s)
    elif s.trouble.kind is Complaint.UNWELL:
        pain_response.leave_exercise(s, [lead])
    elif s.ending.outcome:
        s.part([lead, *s.get_out()], s.goodbye())
    else:
        s.asking.open = None
        stand(s, State.STOPPED, [lead, s.line(s.STOPPED_HINT)], s.STOPPED_HINT)
