"""How a dialog comes to its end."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.dialog.context import Context
from voicecoach.dialog.effects import Finish
from voicecoach.dialog.states import State
from voicecoach.eventlog.fields import Outcome
from voicecoach.track import Item


def leave(s: Context, lines: Sequence[Item], outcome: Outcome) -> None:
    """End early: `lines`, goodbye. A graver outcome than the present one takes its place."""
    s.ending.take(outcome)
    s.part(lines, s.goodbye())


def finish(s: Context) -> None:
    """Be over."""
    outcome = s.ending.outcome or "ended"
    s.state = State.ENDED
    s.player.stop(s.now)
    s.record(s.finished(outcome))
    s.turn.effects.append(Finish(outcome))


def forgotten(s: Context) -> None:
    """Nothing was said for a long time: end, without asking for a score."""
    s.ending.asked_score = True
    leave(s, s.way_out(), "ended")
