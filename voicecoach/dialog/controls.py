"""The commands that lead through the routine: on, back, done, again, the end."""

from __future__ import annotations

from voicecoach.dialog import flow, scores
from voicecoach.dialog.asking import ask
from voicecoach.dialog.ending import leave
from voicecoach.dialog.next import Next
from voicecoach.dialog.questions import tell
from voicecoach.dialog.replies import reply
from voicecoach.dialog.resuming import go_elsewhere
from voicecoach.dialog.returning import TO_WORK, go_back
from voicecoach.dialog.safe_position import Complaint
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.states import CHECKS, SAFETY, WORK, State
from voicecoach.track import Item

ENGAGED = WORK | {State.SETTLING, State.SWITCHING, State.RESTING}
"""In position, or nearly."""

UNSKIPPED = SAFETY | CHECKS | {State.OFFER_GENTLE}
"""Questions that "next" does not pass by (S29)."""


def ready_or_on(s: SessionContext) -> None:
    """In position: count in at once; between two exercises: describe the next at once.

    Where the count-in has begun, it goes on.
    """
    if s.then in TO_WORK and s.left_at(s.now) <= s.lead_in().length:
        return
    s.hush()
    s.delivery.settled = True
    assert s.mark is not None
    if s.place.index in s.place.finished or s.mark.then is Next.SET_DONE:
        s.skip_to(s.mark.then)
    else:
        flow.count_in(s)


def begin_now(s: SessionContext) -> None:
    """Leave the greeting or the description, and begin; who says "ready" need not be told of it."""
    s.hush()
    s.delivery.settled = True
    if s.state is State.WELCOME:
        scores.greeted(s)
    else:
        flow.settle(s)


def set_done(s: SessionContext) -> None:
    """The user has done the set: go on to what follows."""
    s.hush()
    flow.after_work(s)


def skip(s: SessionContext) -> None:
    """Leave the exercise for the next one; what was offered may be skipped, too."""
    if (s.ending.outcome or (s.asking.open and s.asking.open[0] in UNSKIPPED)) and go_elsewhere(s):
        return
    pass_over(s, s.line("skipping"))


def pass_over(s: SessionContext, said: str) -> None:
    """Leave the exercise for the next one, after a line."""
    engaged = s.interrupted
    s.hush()
    flow.move_on(s, [said, *_let_go(s, engaged, flow.next_index(s))])


def back(s: SessionContext) -> None:
    """From a description to the exercise before; from elsewhere to the start of this one."""
    if go_elsewhere(s):
        return
    engaged = s.interrupted
    was_reading = engaged is State.READING
    s.hush()
    earlier = [i for i in range(s.place.index) if not s.place.is_out(i)]
    if not s.place.is_out(s.place.index) and not (was_reading and earlier):
        earlier.append(s.place.index)
    if not earlier:
        go_back(s, [s.line("going_on")])
    elif _had_its_sets(s, earlier[-1]):
        go_back(s, [s.line("no_more_sets")])
    else:
        lines = [s.line("going_back"), *_let_go(s, engaged, earlier[-1])]
        flow.exercise(s, earlier[-1], lines)


def _had_its_sets(s: SessionContext, index: int) -> bool:
    """Tell whether an exercise with a limit of sets would come to more of them than that."""
    return bool(s.plan.exercise(index).limits.sets) and index in s.place.worked


def _let_go(s: SessionContext, state: State, to: int | None) -> list[Item]:
    """Return the way from the work of the present exercise to another one, or to its own start.

    Nothing while it is still described, once it is done or was left by its way out, and at the
    very end, which says the way out.
    """
    out = s.place.out is not None and s.place.out <= s.now
    left = out or s.place.index in s.place.finished
    if to is None or state not in ENGAGED or left:
        return []
    return s.plan.way_on(s.station, to)


def repeat(s: SessionContext) -> None:
    """Say again what was said last; in the middle of work, the key cue."""
    if s.then is Next.ASIDE_SAID:  # something said aside, for which the routine waits
        _aside_again(s)
        return
    if s.state in WORK:
        reply(s, s.sided([s.exercise.at(s.level).short]))
        return
    again = s.player.again(s.now)
    s.hush()
    assert s.mark is not None
    s.mark = s.mark.with_track(again)
    go_back(s)


def _aside_again(s: SessionContext) -> None:
    """Say again what is being said aside: answers anew, as they may depend on the moment."""
    if s.asking.telling:
        tell(s, s.asking.telling)
    else:
        assert s.player.track is not None
        reply(s, [cue.text for cue in s.player.track.cues])


def end(s: SessionContext) -> None:
    """Ask whether to end the session; no one has to keep a position for the answer."""
    s.hush()
    s.asking.stood = s.state
    ask(s, State.CONFIRM_END, *s.safely(Complaint.REST), s.line("confirm_end"))


def end_now(s: SessionContext) -> None:
    """End the session: the way out first."""
    s.hush()
    leave(s, s.get_out(), "ended")
