"""Going on after an interruption: at the mark, one level easier, or with the open question."""

from __future__ import annotations

from voicecoach.dialog.alarms import repeat_alarm
from voicecoach.dialog.asking import inaudible as ask_inaudible
from voicecoach.dialog.asking import pause, reopen_question, repeat_question, stand
from voicecoach.dialog.levels import go_on_at
from voicecoach.dialog.returning import go_back
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import ACTIVE, State

EASIEST, HARDEST = -1, 1


def go_easier(s: SessionContext) -> None:
    """Go on one level easier, from the repetition that was interrupted."""
    if can_ease(s):
        go_on_at(s, max(EASIEST, s.level - 1), [s.line("easier")])
    else:
        go_back(s, [s.line("going_on")])


def resume(s: SessionContext) -> None:
    """Go on after a stop; a question without an answer, as after pain, comes first (S29)."""
    if s.ending.alarmed:
        repeat_alarm(s)
    elif s.asking.open:
        reopen_question(s)
    else:
        go_back(s, [s.line("going_on")])


def inaudible(s: SessionContext) -> None:
    """What was said did not sound: say it again. If that did not sound either, pause: no one shall
    go on without hearing. The reminders of the pause are further tries.
    """
    if s.state not in ACTIVE - {State.CLOSING}:
        ask_inaudible(s)
    elif s.turn.silent_again:
        pause(s)
    else:
        s.hush()
        go_back(s)


def stay(s: SessionContext) -> None:
    """The session does not end: back to where it stood. A halt stays a halt (S29)."""
    stood = s.asking.stood
    if s.asking.open is None and stood in (State.STOPPED, State.PAUSED):
        hint = "stopped_hint" if stood is State.STOPPED else "paused_hint"
        stand(s, stood, [s.line(hint)], hint)
    else:
        resume(s)


def not_confirmed(s: SessionContext) -> None:
    """The end was not confirmed: back to the question before, or pause."""
    if s.asking.open:
        reopen_question(s)
    else:
        pause(s)


def can_ease(s: SessionContext) -> bool:
    """Tell whether an easier way is left."""
    return s.level > EASIEST and (s.exercise.easier is not None or s.level > 0)


def go_elsewhere(s: SessionContext) -> bool:
    """Go on where the session must, if it may not go where the user wants; tell whether.

    An open question cannot be passed by (S29), and nothing leads out of the closing.
    """
    if not s.asking.open and not s.ending.outcome:
        return False
    s.hush()
    resume(s)
    return True


def restored(s: SessionContext) -> None:
    """The program was restarted, or the sound is back: pause at the cue that was cut, or put the
    question again.

    Where the user is by now is not known.

    Nothing goes on unasked but the closing, of which the line that was cut is said again. A user
    who was asked, and agreed, need not say so twice; a question without an answer comes first.
    """
    if s.state is State.CLOSING:
        s.hush()
        go_back(s)
    elif s.turn.agreed:
        _go_on(s)
    elif s.state in ACTIVE:
        s.place.strain = None  # long over, wherever the user is
        pause(s, "paused_hint")
        s.place.moved = True
    else:
        repeat_question(s)


def _go_on(s: SessionContext) -> None:
    """Go on as the user wants, with the way in; a question without an answer comes first."""
    s.hush()
    s.place.strain, s.place.out = None, s.now
    if s.asking.open or s.mark:
        resume(s)
    else:
        repeat_question(s)


def aside_said(s: SessionContext) -> None:
    """Go on where an answer interrupted."""
    go_back(s)
