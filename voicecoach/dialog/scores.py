"""The score before the first exercise and after the last (SAFETY S5, S27).

Asked of a user with a profile. Neither is a question about an alarm: without an answer nobody is
called. Who does not answer the first one is not there or cannot be heard, so the session waits.
"""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog import flow
from voicecoach.dialog.context import Context, Mark
from voicecoach.dialog.pain import HIGH_FROM, RISE
from voicecoach.dialog.reprompts import ask, wait
from voicecoach.dialog.states import State
from voicecoach.plan.track import silence
from voicecoach.units import Ms

WORSE_DAYS = 2
"""Days in a row with a worse end after which a clinician is suggested (S27)."""


def ask_start(s: Context) -> None:
    """S5: how the back is before anything is done."""
    s.mark = Mark(State.WELCOME, silence(Ms(0)), flow.first_exercise, 1)
    ask(s, State.ASK_START, s.line("ask_start"))


def start(s: Context) -> None:
    """Take the score, and begin; where it is strong already, ask whether to go on gently."""
    s.before = _number(s)
    s.record("answered", question=s.state.value, score=s.before)
    if s.before >= HIGH_FROM:
        ask(s, State.OFFER_GENTLE, s.line("strong_start"), s.line("offer_gentle"))
    else:
        flow.exercise(s, 0, [s.line("thanks_score")])


def without_start(s: Context) -> None:
    """Begin without a score: a rise cannot be told then, but 6 or more still can (S5)."""
    flow.exercise(s, 0, [s.line("without_score")])


def gently(s: Context) -> None:
    """Begin at the easier level of every exercise that has one."""
    for i, exercise in enumerate(s.plan.routine.exercises):
        if exercise.easier is not None:
            s.levels[i] = min(-1, s.levels.get(i, 0))
    flow.exercise(s, 0, [s.line("going_gently")])


def rather_not(s: Context) -> None:
    """Do not begin at all."""
    flow.leave(s, [], "ended")


def ask_end(s: Context, lines: Sequence[str], goodbye: Sequence[str]) -> None:
    """S27: after `lines`, ask for the pain now; `goodbye` is said after the answer."""
    s.asked_end, s.goodbye = True, tuple(goodbye)
    s.mark = Mark(State.CLOSING, flow.farewell(s, goodbye), flow.finish, 1)
    s.question = s.line("ask_end")
    s.record("asked", question=State.ASK_END.value, text=s.question)
    s.open, s.unclear = (State.ASK_END, s.question), 0
    wait(s, State.ASK_END, [*lines, s.question])


def end(s: Context) -> None:
    """Take the score, say what follows from it, and end."""
    s.after = _number(s)
    s.record("answered", question=s.state.value, score=s.after)
    _close(s, _reaction(s))


def without_end(s: Context) -> None:
    """End without a score."""
    _close(s, [])


def _close(s: Context, lines: list[str]) -> None:
    s.enter(State.CLOSING, flow.farewell(s, [*lines, *s.goodbye]), flow.finish)


def _reaction(s: Context) -> list[str]:
    if s.before is None or s.after is None or s.after < s.before + RISE:
        return [s.line("thanks_score")]
    lines = [s.line("end_worse")]
    if s.care.worse_days + 1 >= WORSE_DAYS:
        lines.append(s.line("end_worse_again"))
    return lines


def _number(s: Context) -> int:
    assert s.heard is not None
    assert s.heard.number is not None
    return s.heard.number
