"""An utterance that may have been "stop": be quiet, ask, and go on if it was not."""

from __future__ import annotations

from voicecoach.dialog.asking import stand
from voicecoach.dialog.returning import go_back
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import Asked
from voicecoach.units import Ms

UNASKED = Ms(60_000)
"""After such a question without an answer, the next comes this much later at the earliest: a
television in the room must not hold up the session."""


def may_have_halted(s: SessionContext) -> None:
    """Ask "did you say stop?", unless that was asked lately in vain."""
    if s.now < s.asking.sure_until:
        return
    s.hush()
    question = s.line("ask_stop")
    s.record(Asked(question=State.ASK_STOP.value, text=question))
    stand(s, State.ASK_STOP, [question], "ask_stop")


def not_stopped(s: SessionContext) -> None:
    """No answer: it was not meant as a halt. Halt words were live all along."""
    s.asking.sure_until = Ms(s.now + UNASKED)
    go_back(s, [s.line("going_on")])
