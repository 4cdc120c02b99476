"""How the user wants the exercise from now on, and likes the routine: kept with the result."""

from __future__ import annotations

from msgspec import UNSET

from voicecoach.dialog.controls import pass_over
from voicecoach.dialog.replies import reply
from voicecoach.dialog.session_context import SessionContext
from voicecoach.eventlog.kinds import Liked, Preferred


def leave_out(s: SessionContext) -> None:
    """Leave the present exercise out, today and for good."""
    _want(s, s.exercise.id, 0)
    pass_over(s, s.line("left_out_for_good"))


def count(s: SessionContext) -> None:
    """From the next session on do so many repetitions or strokes, as far as a file may say so.

    Where it is so already, that is said, and nothing is kept.
    """
    heard, written = s.turn.heard, s.exercise.dose.count
    dose = s.exercise.dose.with_count((heard and heard.number) or written)
    if dose is None:
        reply(s, [s.line("nothing_counted")])
        return
    id_ = s.exercise.id
    if written == dose.count == s.care.counts.get(id_) and id_ not in s.delivery.wants:
        reply(s, [s.line("so_already", times=s.prompts.number(dose.count))])
        return
    _want(s, id_, dose.count)
    reply(s, [s.line("from_next_time", times=s.prompts.number(dose.count))])


def like(s: SessionContext) -> None:
    """Have the routine among the favourites."""
    _like(s, likes=True)


def unlike(s: SessionContext) -> None:
    """Have it among them no longer."""
    _like(s, likes=False)


def _like(s: SessionContext, *, likes: bool) -> None:
    s.delivery.likes = likes
    s.record(Liked(routine=s.plan.routine.id, likes=likes))
    reply(s, [s.line("liked" if likes else "unliked")])


def put_back(s: SessionContext) -> None:
    """Take back what was wanted last, or have the present exercise as it is written again."""
    if s.delivery.wants:
        last, _ = s.delivery.wants.popitem()
        s.record(Preferred(id=last))
    else:
        _want(s, s.exercise.id, None)
    reply(s, [s.line("put_back")])


def _want(s: SessionContext, exercise: str, count: int | None) -> None:
    s.delivery.wants.pop(exercise, None)  # the latest is last
    s.delivery.wants[exercise] = count
    s.record(Preferred(id=exercise, count=UNSET if count is None else count))
