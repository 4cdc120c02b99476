"""Waiting states: what is said while nothing goes on, and what happens when nobody answers.

The no-reply ladders are tracks like any other, so that they need no timers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from voicecoach.dialog import flow
from voicecoach.dialog.context import Context, Then
from voicecoach.dialog.effects import CallHelper
from voicecoach.dialog.states import SAFETY, WAITING, State
from voicecoach.plan.track import silence, spoken
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Ladder:
    """Lines said into a silence, each after a wait, and what follows the last wait."""

    rungs: tuple[tuple[Ms, str], ...]
    """(Silence before the line, key of the line)."""
    last: Ms
    then: Then


def no_answer(s: Context) -> None:
    """Nobody answered a safety question: call the helper, then end (S25)."""
    s.effects.append(CallHelper("no answer to a safety question"))
    s.record("helper_called", why="no answer")
    flow.leave(s, [s.line("check_in_last"), *s.get_out()], "no_answer")


def pause(s: Context, key: str = "paused") -> None:
    """Be silent and stand still until somebody says so."""
    s.hush()
    s.record("paused")
    s.question = s.line("paused_hint")
    wait(s, State.PAUSED, [s.line(key)])


def deaf(s: Context) -> None:
    """S26: say so, and pause; a question stays, and a session that closes goes on to its end."""
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, [s.line("cannot_hear")])
    elif s.state is not State.CLOSING:
        pause(s, "cannot_hear")


def reopen(s: Context) -> None:
    """Put the question that still stands once more."""
    assert s.open is not None
    state, line = s.open
    ask(s, state, line)


def _unconfirmed(s: Context) -> None:
    """Nobody said that the session should end: back to the question before, or pause."""
    if s.open:
        reopen(s)
    else:
        pause(s)


UNASKED = Ms(60_000)
"""After a doubt that nobody answered, another is raised only this much later: a television in the
room must not hold up the session."""


def _nobody_halted(s: Context) -> None:
    """Nobody said that it was meant as a halt. Halt words were live all along."""
    s.sure_until = Ms(s.now + UNASKED)
    s.go_back([s.line("going_on")])


def _forgotten(s: Context) -> None:
    s.asked_end = True  # nobody is there to answer
    flow.leave(s, s.way_out(), "ended")


def _nobody_there(s: Context) -> None:
    """Who does not answer at the start cannot be heard, or is not there: wait, do not begin."""
    pause(s, "nobody_there")


def _unscored(s: Context) -> None:
    from voicecoach.dialog import scores  # which asks by way of this module

    scores.without_end(s)


def _safety(key: str) -> Ladder:
    """S25: 15 s, twice; then check-ins at 15, 45 and 120 s of further silence."""
    rungs = [(15, key), (30, "check_in"), (30, "check_in"), (75, "check_in")]
    return Ladder(tuple((Ms(s * 1000), k) for s, k in rungs), Ms(15_000), no_answer)


def _patient(key: str) -> Ladder:
    """Nothing is wrong, or all is said: hints further and further apart, then the end."""
    rungs = tuple((Ms(s * 1000), key) for s in (15, 30, 75, 180))
    return Ladder(rungs, Ms(600_000), _forgotten)


LADDERS = {
    State.ASK_HURT: _safety("ask_hurt_again"),
    State.ASK_EFFORT: _safety("ask_hurt_again"),
    State.ASK_BREATHING: _safety("ask_breathing_again"),
    State.ASK_SCORE: _safety("ask_score_again"),
    State.ASK_SHARP: _safety("ask_sharp_again"),
    State.ASK_WHERE: _safety("ask_where_again"),
    State.CHECK_SCORE: _safety("ask_score_again"),
    State.OFFER_EASIER: _patient("offer_again"),
    State.OFFER_NEXT: _patient("offer_next_again"),
    State.OFFER_BREATHING: _patient("offer_breathing_again"),
    State.STOPPED: _patient("stopped_hint"),
    State.PAUSED: _patient("paused_hint"),
    State.CONFIRM_END: Ladder((), Ms(10_000), _unconfirmed),
    State.ASK_START: Ladder(((Ms(15_000), "ask_start_again"),), Ms(15_000), _nobody_there),
    State.ASK_END: Ladder(((Ms(15_000), "ask_end"),), Ms(15_000), _unscored),
    State.OFFER_GENTLE: _patient("offer_gentle"),
    State.ASK_STOP: Ladder((), Ms(4_000), _nobody_halted),
}
"""What each waiting state does about silence."""


_REOPENING = Ladder((), Ms(15_000), reopen)


def _pending(s: Context, state: State) -> bool:
    """Tell whether the silence of `state` hides a safety question that nobody answered (S25)."""
    halted = state in (State.STOPPED, State.PAUSED)
    return halted and s.open is not None and s.open[0] in SAFETY


def wait(s: Context, state: State, lines: Sequence[str]) -> None:
    """Say `lines` and wait in `state` for an answer."""
    ladder = _REOPENING if _pending(s, state) else LADDERS[state]
    track = s.speak(lines)
    for quiet, key in ladder.rungs:
        rung = spoken([s.line(key)], s.plan.length, after=Ms(0))
        track = track.then(silence(quiet)).then(rung)
    s.enter(state, track.then(silence(ladder.last)).closed(), ladder.then)


def ask(s: Context, state: State, *lines: str) -> None:
    """Put the question that stands last in `lines`, and wait for the answer."""
    s.question = lines[-1]
    s.record("asked", question=state.value, text=s.question)
    s.unclear = 0
    if state is not State.CONFIRM_END:
        s.open = (state, s.question)
    wait(s, state, lines)


def ask_again(s: Context) -> None:
    """Put the present safety question once more, in other words: those of its first rung."""
    _, key = LADDERS[s.state].rungs[0]
    wait(s, s.state, [s.line(key)])


def confirm_end(s: Context) -> None:
    """Ask before the session is ended."""
    ask(s, State.CONFIRM_END, s.line("confirm_end"))


def begin_breathing(s: Context, then: Then) -> None:
    """Lead a minute of calm breathing, and then."""
    s.record("breathing_started")
    s.enter(State.BREATHING, s.plan.breathing(), partial(_end_breathing, then=then))


def _end_breathing(s: Context, then: Then) -> None:
    s.record("breathing_finished")
    then(s)
