"""What is said into a silence while an answer is awaited, and what follows when none comes.

A ladder becomes a track of silences and lines, so that it needs no timer and any answer ends it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voicecoach.dialog.next import Next
from voicecoach.dialog.states import State
from voicecoach.units import Ms


@dataclass(frozen=True, slots=True)
class Ladder:
    """Lines said into a silence, each after a wait, and what follows the last wait."""

    rungs: tuple[tuple[Ms, str], ...]
    """(Silence before the line, key of the line); an empty key puts the question again."""
    last: Ms
    then: Next


REOPENING = Ladder((), Ms(15_000), Next.QUESTION_OPEN)
"""While stopped with a safety question that has no answer yet (S25)."""

LATER = Ladder((), Ms(30_000), Next.QUESTION_OPEN)
"""The same while paused: the user has asked for time, and is told that it is half a minute."""

BREATH = Ms(350)
"""Between a check-in and its question, as between two sentences."""


def _safety(key: str) -> Ladder:
    """S25: 15 s, twice; then check-ins at 15, 45 and 120 s of further silence.

    A check-in is no question of its own: it ends in the one that the state listens to.
    """
    first = (Ms(15_000), key)
    checks = [((Ms(s * 1000), "check_in"), (BREATH, key)) for s in (30, 30, 75)]
    return Ladder((first, *(rung for pair in checks for rung in pair)), Ms(15_000), Next.NO_ANSWER)


def climbing(usual: Ladder) -> Ladder:
    """Return the way to the helper with the first line of a patient ladder."""
    return _safety(usual.rungs[0][1])


def _patient(key: str) -> Ladder:
    """Nothing is wrong, or all is said: hints further and further apart, then the end."""
    rungs = tuple((Ms(s * 1000), key) for s in (15, 30, 75, 180))
    return Ladder(rungs, Ms(600_000), Next.NO_REPLY)


def _once_more(key: str, then: Next) -> Ladder:
    return Ladder(((Ms(15_000), key),), Ms(15_000), then)


SHARED: Mapping[State, Ladder] = {
    State.ASK_BREATHING: _safety("ask_breathing_again"),
    State.ASK_PASSED: _safety("ask_passed_again"),
    State.ASK_HELP: _safety("ask_help_again"),
    State.PAUSED: _patient("paused_hint"),
}
"""What every conversation does about silence in these states."""

SESSION: Mapping[State, Ladder] = {
    **SHARED,
    State.ASK_HURT: _safety("ask_hurt_again"),
    State.ASK_EFFORT: _safety("ask_hurt_again"),
    State.ASK_SCORE: _safety("ask_score_again"),
    State.ASK_SHARP: _safety("ask_sharp_again"),
    State.ASK_WHERE: _safety("ask_where_again"),
    State.CHECK_SCORE: _safety("ask_score_again"),
    State.OFFER_EASIER: _safety("offer_again"),
    State.OFFER_NEXT: _safety("offer_next_again"),
    State.OFFER_BREATHING: _safety("offer_breathing_again"),
    State.OFFER_GENTLE: _patient("offer_gentle"),
    State.STOPPED: _patient("stopped_hint"),
    State.CONFIRM_END: Ladder((), Ms(10_000), Next.NOT_CONFIRMED),
    State.ASK_START: _once_more("ask_start_again", Next.NOT_THERE),
    State.ASK_END: _once_more("ask_end_again", Next.NO_SCORE),
    State.ASK_STOP: Ladder((), Ms(4_000), Next.NOT_STOPPED),
}

SCREENING: Mapping[State, Ladder] = {
    **SHARED,
    State.STOPPED: _patient("before_hint"),
    State.QUESTION: _once_more("", Next.UNANSWERED),
}

TEACHING: Mapping[State, Ladder] = {
    **SCREENING,
    State.STOPPED: _patient("paused_hint"),
    State.TEACHING: Ladder(((Ms(7_000), ""),), Ms(7_000), Next.NOT_SAID),
}

_QUIETLY = Ladder((), Ms(8_000), Next.UNANSWERED)
"""No answer is no answer: nothing more is said."""

MENU: Mapping[State, Ladder] = {
    **SHARED,
    State.STOPPED: _patient("paused_hint"),
    State.MENU: _QUIETLY,
    State.QUESTION: _QUIETLY,
}

UNFINISHED: Mapping[State, Ladder] = {
    **SHARED,
    State.STOPPED: _patient("paused_hint"),
    State.QUESTION: Ladder((), Ms(15_000), Next.UNANSWERED),
}

SOUND: Mapping[State, Ladder] = {
    **SHARED,
    State.STOPPED: _patient("paused_hint"),
    State.SOUND: Ladder((), Ms(6_000), Next.NOT_SAID),
}

REFUSAL: Mapping[State, Ladder] = {
    **SHARED,
    State.STOPPED: _patient("before_hint"),
    State.OFFER_BREATHING: _once_more("offer_breathing", Next.UNANSWERED),
}
