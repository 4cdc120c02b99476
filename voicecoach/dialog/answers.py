"""Answers to questions of the user: how long, how many, what next, which side, how, where."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog import flow
from voicecoach.dialog.asking import wait
from voicecoach.dialog.context import REACTION
from voicecoach.dialog.player import Said
from voicecoach.dialog.returning import time_left_line
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import WAITING, WORK, State
from voicecoach.dialog.time_left import time_left
from voicecoach.plan.narration import dose_lines
from voicecoach.track import Item, lines_of
from voicecoach.units import Ms
from voicecoach.yaml_reader.text_lint import Sides

CAN_SAY = {
    State.WELCOME: "can_say_welcome",
    State.BREATHING: "can_say_breathing",
    State.PAUSED: "can_say_paused",
    State.STOPPED: "can_say_stopped",
}
"""Keys of the lines that name what is live; any other state stands in an exercise."""


def reply(s: SessionContext, lines: Sequence[Item]) -> Ms:
    """Answer without changing anything: aside while the routine goes on, else in place.

    Returns when the answer will have been said.
    """
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, lines)
        return Ms(s.now + s.speak(lines, Ms(0)).length)
    if len(lines) == 1 and isinstance(lines[0], str):
        return s.answer(_always(lines[0]))
    return s.aside(*lines)


def tell(s: SessionContext, lines: Sequence[Item]) -> None:
    """Answer a question of the user's; an answer that is cut is said again on the way back."""
    until = reply(s, lines)
    s.asking.tell(tuple(lines_of(lines)), until)


def _always(line: str) -> Said:
    return lambda _: line


def reply_at(s: SessionContext, said: Said) -> None:
    """Answer by a line that depends on the moment: what is true when it begins to sound."""
    if s.state in WAITING:
        s.hush()
        wait(s, s.state, [said(Ms(s.now + REACTION))])
    else:
        s.answer(said)
    s.asking.take_answer()


def how_long(s: SessionContext) -> None:
    """How long the session still takes."""
    reply_at(s, lambda at: s.prompts.time_left(time_left(s, at)))


def how_many(s: SessionContext) -> None:
    """How many repetitions or strokes, or how much of the hold or rest, are left."""
    if s.interrupted in WORK:
        dose = s.variant.dose
        more = _seconds_left if dose.timed else _repetitions_left
        reply_at(s, lambda at: more(s, at))
    elif s.place.index in s.place.finished:
        whats_next(s)
    else:
        tell(s, dose_lines(s.exercise, s.variant.dose, s.prompts)[:1])


def _repetitions_left(s: SessionContext, at: Ms) -> str:
    return s.prompts.more(s.variant.dose.count - s.rep_at(at))


def _seconds_left(s: SessionContext, at: Ms) -> str:
    return time_left_line(s, s.left_at(at))


def whats_next(s: SessionContext) -> None:
    """What comes after this exercise."""
    following = flow.next_index(s) if s.begun else 0
    if following is None:
        tell(s, [s.line("last")])
    else:
        tell(s, [s.line("next_exercise", name=s.plan.exercise(following).name)])


def which_side(s: SessionContext) -> None:
    """Which side works now, or how the next exercise goes, where the present one is over."""
    if s.place.index in s.place.finished:
        _sides_of_next(s)
        return
    side = s.station.side if s.begun else None
    tell(s, [s.line("side_is", side=side) if side else s.line("side_none")])


def _sides_of_next(s: SessionContext) -> None:
    following = flow.next_index(s)
    each = following is not None and s.plan.exercise(following).sides is Sides.EACH
    tell(s, [s.line("dose_each_side" if each else "side_none")])


def how_to(s: SessionContext) -> None:
    """Describe the exercise in full; then go on where it was interrupted."""
    tell(s, s.sided([*s.exercise.full, *s.variant.say]))


def where(s: SessionContext) -> None:
    """Which exercise this is."""
    n, of = s.place.index + 1, len(s.plan.routine.exercises)
    say = s.prompts
    tell(s, [say.say("where", n=say.number(n), of=say.number(of), name=s.exercise.name)])


def can_say(s: SessionContext) -> None:
    """What the user can say now."""
    tell(s, [s.line(CAN_SAY.get(s.state, "can_say"))])
