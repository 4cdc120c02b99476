"""A session after a restart of the program: a complaint that was open comes first (S25, S29)."""

from __future__ import annotations

from voicecoach.dialog import resuming
from voicecoach.dialog.alarms import alarm_cut
from voicecoach.dialog.asking import ask, in_trouble, reopen_question
from voicecoach.dialog.pain_response import after_breathing
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.session_state import NEVER
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import BreathingFinished, SessionRestored


def restored(s: SessionContext) -> None:
    """The program was restarted, or the sound is back: a question about a complaint comes again, an
    alarm is said again, the helper called again; all else as `resuming.restored` does.
    """
    if s.turn.restarted:
        s.record(SessionRestored(routine=s.plan.routine.id))
    if s.turn.restarted and not s.turn.agreed:
        _leave_position(s)
        if s.ending.alarmed:
            s.hush()
            alarm_cut(s)
            return
        if s.state is State.BREATHING:
            s.hush()
            s.record(BreathingFinished())
            after_breathing(s)
            return
        if s.asking.open and in_trouble(s):
            s.hush()
            _ask_again(s)
            return
    resuming.restored(s)


def _leave_position(s: SessionContext) -> None:
    """Note that the user may be anywhere: what leads out, and in again, is to be said."""
    s.place.strain, s.place.moved = None, True
    if s.begun and s.place.out is None:
        s.place.out = NEVER


def _ask_again(s: SessionContext) -> None:
    """Put the open question again. No answer to it may lead straight on with the set, as a low
    score after the first repetition does: then the score is asked for as after any complaint.
    """
    assert s.asking.open
    if s.asking.open[0] is State.CHECK_SCORE:
        ask(s, State.ASK_SCORE, s.line("ask_score"))
    else:
        reopen_question(s)
