"""Putting a question, waiting for the answer, and pausing: the same in every conversation."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog.context import Context
from voicecoach.dialog.reprompts import LATER, REOPENING, Ladder, climbing
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.states import SAFETY, TROUBLED, WAITING, State
from voicecoach.eventlog.kinds import Asked, Paused
from voicecoach.track import Item, lines_of, silence, spoken
from voicecoach.units import Ms

CLIMBS = frozenset({State.STOPPED, State.PAUSED, State.ASK_END})
"""States that follow a complaint or come without one."""


def wait(s: Context, state: State, lines: Sequence[Item], after: Ms | None = None) -> None:
    """Say `lines`, `after` each a silence, and wait in `state` for an answer."""
    ladder = _ladder(s, state)
    lines = [*map(s.line, s.turn.news), *lines]
    s.turn.news = ()
    track = s.speak(lines) if after is None else s.speak(lines, after)
    for quiet, key in ladder.rungs:
        line = s.line(key) if key else s.asking.text
        rung = spoken([line], s.lengths, after=Ms(0))
        track = track.then(silence(quiet)).then(rung)
    s.enter(state, track.then(silence(ladder.last)).closed(), ladder.then)


def _ladder(s: Context, state: State) -> Ladder:
    """Return what is said into the silence of `state`: after a complaint it leads to the helper."""
    if state in (State.STOPPED, State.PAUSED) and _pending(s):
        return REOPENING if state is State.STOPPED else LATER
    usual = s.LADDERS[state]
    return climbing(usual) if s.trouble.kind and state in CLIMBS else usual


def _pending(s: Context) -> bool:
    """Tell whether an alarm was cut, or a question about a complaint has no answer (S25)."""
    if s.ending.alarmed or s.asking.open is None:
        return s.ending.alarmed
    question, _ = s.asking.open
    return question in SAFETY or (question in TROUBLED and s.trouble.kind is not None)


def in_trouble(s: Context) -> bool:
    """Tell whether a complaint is open: a question about it, or what is offered after it."""
    asked = s.asking.open[0] if s.asking.open else s.state
    return not TROUBLED.isdisjoint({s.state, asked}) or s.trouble.kind is not None


def ask(s: Context, state: State, *lines: Item) -> None:
    """Put the question that stands last in `lines`, and wait for the answer."""
    put(s, state, lines_of(lines)[-1])
    wait(s, state, lines)


def put(s: Context, state: State, question: str, name: str = "") -> None:
    """Note that `question` is open; the log calls it `name`, or by its state."""
    s.asking.text, s.asking.unclear = question, 0
    s.record(Asked(question=name or state.value, text=question))
    if state is not State.CONFIRM_END:
        s.asking.open = (state, question)


def ask_again(s: Context) -> None:
    """Put the present safety question once more, in other words: those of its first rung."""
    _, key = s.LADDERS[s.state].rungs[0]
    wait(s, s.state, [s.line(key)])


def reopen_question(s: Context) -> None:
    """Put the question that has no answer yet once more."""
    assert s.asking.open is not None
    state, line = s.asking.open
    ask(s, state, line)


def repeat_question(s: Context) -> None:
    """Say the question again."""
    s.hush()
    wait(s, s.state, [s.asking.text])


def stand(s: Context, state: State, lines: Sequence[Item], hint: str) -> None:
    """Stand still in `state` after `lines`; "say again" gives the line `hint`."""
    s.asking.text = s.line(hint)
    wait(s, state, lines)


def pause(s: Context, key: str = "paused") -> None:
    """Be silent and stand still until the user says how to go on.

    A question about a complaint, or an alarm, comes again after half a minute, which is told.
    """
    s.hush()
    s.record(Paused())
    asks = key == "paused" and _pending(s) and not s.ending.alarmed
    later = [s.line("paused_later")] if asks else []
    stand(s, State.PAUSED, [s.line(key), *s.safely(Complaint.REST), *later], "paused_hint")


def inaudible(s: Context) -> None:
    """What was asked did not sound: ask again, once; the reminders of the state are further tries.

    A dialog that closes goes on to its end.
    """
    if s.state in WAITING and s.asking.text and not s.turn.silent_again:
        repeat_question(s)


def deaf(s: Context) -> None:
    """S26: say so, and pause; a question stays open, and a closing dialog goes on to its end."""
    if s.state in WAITING - {State.QUESTION}:
        s.hush()
        wait(s, s.state, [s.line("cannot_hear")])
    elif s.state is not State.CLOSING:
        pause(s, "cannot_hear")


def hears_again(s: Context) -> bool:
    """Put the open question again, after the news that the user is heard; tell whether one waits.

    Nothing goes on by that.
    """
    waits = s.state in WAITING and s.state in s.LADDERS
    if waits:
        repeat_question(s)
    return waits
