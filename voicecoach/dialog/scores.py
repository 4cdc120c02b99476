"""The score before the first exercise and after the last (SAFETY S5, S27).

Asked of a user with a profile. Neither is a question about an alarm: without an answer, no helper
is called, unless a complaint came just before. Without an answer to the first one the session
waits: the user is away, or is not heard.
"""

from __future__ import annotations

from voicecoach.dialog import flow
from voicecoach.dialog.asking import ask, pause
from voicecoach.dialog.ending import leave
from voicecoach.dialog.next import Next
from voicecoach.dialog.pain import HIGH_FROM, RISE
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import State
from voicecoach.eventlog.kinds import Answered
from voicecoach.track import silence
from voicecoach.units import Ms

WORSE_DAYS = 2
"""Days in a row with a worse end after which a clinician is suggested (S27)."""


def greeted(s: SessionContext) -> None:
    """After the greeting: ask for the score where that is wanted (S5), then begin."""
    if s.care.asks:
        ask_start(s)
    else:
        flow.first_exercise(s)


def ask_start(s: SessionContext) -> None:
    """S5: how the back is before anything is done."""
    s.hold(State.WELCOME, silence(Ms(0)), Next.FIRST_EXERCISE)
    key = "ask_start_short" if s.care.instructed else "ask_start"
    ask(s, State.ASK_START, s.line(key))


def start(s: SessionContext) -> None:
    """Take the score, and begin; where it is strong already, ask whether to go on gently."""
    s.pain.start = s.number
    s.record(Answered(question=s.state.value, score=s.number))
    if s.number >= HIGH_FROM:
        ask(s, State.OFFER_GENTLE, s.line("strong_start"), s.line("offer_gentle"))
    else:
        thanks = [] if s.care.instructed else [s.line("thanks_score")]
        flow.first_exercise(s, [*thanks, *s.care.recall.last])


def without_start(s: SessionContext) -> None:
    """Begin without a score: a rise cannot be known then, but 6 or more still can (S5)."""
    flow.first_exercise(s, [s.line("without_score")])


def not_there(s: SessionContext) -> None:
    """No answer at the start: the user cannot be heard, or is away. Wait, do not begin."""
    pause(s, "nobody_there")


def gently(s: SessionContext) -> None:
    """Begin at the easier level of every exercise that has one."""
    for i, exercise in enumerate(s.plan.routine.exercises):
        if exercise.easier is not None:
            s.place.levels[i] = min(-1, s.place.levels.get(i, 0))
    flow.first_exercise(s, [s.line("going_gently")])


def rather_not(s: SessionContext) -> None:
    """Do not begin at all."""
    leave(s, [], "ended")


def end(s: SessionContext) -> None:
    """Take the score, say what follows from it, and end."""
    s.pain.end = s.number
    s.record(Answered(question=s.state.value, score=s.number))
    _close(s, _reaction(s))


def without_end(s: SessionContext) -> None:
    """End without a score."""
    _close(s, [])


def _close(s: SessionContext, lines: list[str]) -> None:
    track = s.farewell([*lines, *s.ending.goodbye])
    s.enter(State.CLOSING, track, Next.GOODBYE_SAID)


def _reaction(s: SessionContext) -> list[str]:
    before, after = s.pain.start, s.pain.end
    if before is None or after is None or after < before + RISE:
        return [s.line("thanks_score")]
    lines = [s.line("end_worse")]
    if s.care.worse_days + 1 >= WORSE_DAYS:
        lines.append(s.line("end_worse_again"))
    return lines
