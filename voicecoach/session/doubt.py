"""An utterance that may have been "stop": be quiet, ask, and go on if it was not."""

from __future__ import annotations

from voicecoach.session.situation import Situation
from voicecoach.session.state import EXERCISE, State
from voicecoach.session.waiting import wait


def may_have_halted(s: Situation) -> None:
    """Ask "did you say stop?" if that is worth it here and now."""
    if s.state not in EXERCISE or s.now < s.sure_until:
        return
    s.hush()
    s.question = s.line("ask_stop")
    s.record("asked", question=State.ASK_STOP.value, text=s.question)
    wait(s, State.ASK_STOP, [s.question])
