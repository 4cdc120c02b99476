"""The rows that every conversation has: halts, alarms, and what leads to them."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.dialog import alarms, ending, safety_dialog
from voicecoach.dialog.context import Context
from voicecoach.dialog.next import Next
from voicecoach.dialog.states import TROUBLED, State
from voicecoach.dialog.transitions import Follow, Row, Unheard, here, row
from voicecoach.language.phrasebook import Command

C, S = Command, State


def halts(live: Iterable[State]) -> tuple[Row[Context], ...]:
    """Return the rows of the halt commands that mean the same everywhere (S1, S7, S8, S17)."""
    states = frozenset(live)
    return (
        row(states, C.STOP, safety_dialog.stop, S.STOPPED),
        row(states, C.UNWELL, safety_dialog.unwell, S.ASK_BREATHING, S.ASK_HELP, S.CLOSING),
        row(states, C.HELP, safety_dialog.need_help, S.ASK_HELP, S.CLOSING),
        row(states, C.EMERGENCY, alarms.emergency, S.CLOSING),
        row(states, C.URGENT, alarms.urgent, S.CLOSING),
        row(S.ASK_BREATHING, C.YES, alarms.emergency, S.CLOSING),
        row(S.ASK_BREATHING, C.NOT_SURE, safety_dialog.unsure_of_breath, S.CLOSING),
        row(S.ASK_HELP, C.YES, safety_dialog.call_for_help, S.CLOSING),
        row(S.ASK_HELP, C.NOT_SURE, safety_dialog.unsure_of_help, S.CLOSING),
        row(S.ASK_PASSED, (C.NO, C.NOT_SURE), safety_dialog.not_passed, S.ASK_HELP),
    )


def follows(patient: Iterable[State], reopened: tuple[State, ...]) -> tuple[Follow[Context], ...]:
    """Return what follows silence (S25), a call of the helper, and the goodbye.

    `patient` are the states that are left after minutes without an answer, `reopened` the questions
    that come again after a stop.
    """
    stopped = here({S.STOPPED, S.PAUSED})
    climbing = TROUBLED | stopped | {S.ASK_END}
    return (
        Follow(here(S.CLOSING), Next.GOODBYE_SAID, ending.finish, (S.ENDED,), "goodbye"),
        Follow(
            here(S.CLOSING),
            Next.HELPER_SILENT,
            alarms.helper_silent,
            (),
            "not known whether the helper comes",
        ),
        Follow(
            stopped, Next.QUESTION_OPEN, safety_dialog.reopen, (*reopened, S.CLOSING), "no answer"
        ),
        Follow(climbing, Next.NO_ANSWER, safety_dialog.no_answer, (S.CLOSING,), "no answer"),
        Follow(
            frozenset(patient) | stopped,
            Next.NO_REPLY,
            ending.forgotten,
            (S.CLOSING,),
            "no answer for minutes",
        ),
    )


GRAVE = here({S.ASK_BREATHING, S.ASK_HELP, S.ASK_PASSED})
"""Questions of which noise is no answer: an answer calls the helper, or leads back to exercise."""


def called(live: Iterable[State]) -> Unheard[Context]:
    """Return what is done in `live` when a call for help may have been said."""
    states = frozenset(live) - {S.ASK_HELP}
    return Unheard(states, safety_dialog.may_need_help, near_halt=True, for_help=True)


NOISE: Unheard[Context] = Unheard(GRAVE, safety_dialog.unclear_noise)
