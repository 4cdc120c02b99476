"""The rows that every conversation has: halts, alarms, and what leads to them."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.dialog import asking, ending, safety_dialog
from voicecoach.dialog.context import Context
from voicecoach.dialog.next import Next
from voicecoach.dialog.states import SAFETY, State
from voicecoach.dialog.transitions import Follow, Row, Unheard, here, row
from voicecoach.language.phrasebook import Command

C, S = Command, State


def halts(live: Iterable[State]) -> tuple[Row[Context], ...]:
    """Return the rows of the halt commands that mean the same everywhere (S1, S7, S8, S17)."""
    states = frozenset(live)
    return (
        row(states, C.STOP, safety_dialog.stop, S.STOPPED),
        row(states, C.UNWELL, safety_dialog.unwell, S.ASK_BREATHING),
        row(states, C.EMERGENCY, safety_dialog.emergency, S.CLOSING),
        row(states, C.URGENT, safety_dialog.urgent, S.CLOSING),
        row(S.ASK_BREATHING, C.YES, safety_dialog.emergency, S.CLOSING),
        row(S.ASK_BREATHING, C.NOT_SURE, safety_dialog.unsure_of_breath, S.CLOSING),
    )


def follows(patient: Iterable[State], reopened: tuple[State, ...]) -> tuple[Follow[Context], ...]:
    """Return what follows silence (S25) and the goodbye.

    `patient` are the states that are left after minutes without an answer, `reopened` the questions
    that come again after a stop.
    """
    stopped = here({S.STOPPED, S.PAUSED})
    return (
        Follow(here(S.CLOSING), Next.GOODBYE_SAID, ending.finish, (S.ENDED,), "goodbye"),
        Follow(stopped, Next.QUESTION_OPEN, asking.reopen, reopened, "no answer"),
        Follow(SAFETY, Next.NO_ANSWER, safety_dialog.no_answer, (S.CLOSING,), "no answer"),
        Follow(
            frozenset(patient) | stopped,
            Next.NO_REPLY,
            ending.forgotten,
            (S.CLOSING,),
            "no answer for minutes",
        ),
    )


UNCLEAR_BREATH: Unheard[Context] = Unheard(here(S.ASK_BREATHING), safety_dialog.unclear_breath)
