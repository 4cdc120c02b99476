"""An utterance that may have been "stop": be quiet, ask, and go on if it was not."""

from __future__ import annotations

from voicecoach.dialog.context import Context
from voicecoach.dialog.reprompts import wait
from voicecoach.dialog.states import EXERCISE, State


def may_have_halted(s: Context) -> None:
    """Ask "did you say stop?" if that is worth it here and now."""
    if s.state not in EXERCISE or s.now < s.sure_until:
        return
    s.hush()
    s.question = s.line("ask_stop")
    s.record("asked", question=State.ASK_STOP.value, text=s.question)
    wait(s, State.ASK_STOP, [s.question])
