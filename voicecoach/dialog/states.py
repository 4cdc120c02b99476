"""The states of all conversations, and the groups that their tables speak of."""

from __future__ import annotations

from enum import Enum


class State(Enum):
    """What the coach is doing. A conversation uses some of them."""

    WELCOME = "welcome"
    READING = "reading"
    SETTLING = "settling"
    COUNTING = "counting"
    ROLLING = "rolling"
    HOLDING = "holding"
    RESTING = "resting"
    SWITCHING = "switching"
    BREATHING = "breathing"
    CLOSING = "closing"
    PAUSED = "paused"
    CONFIRM_END = "confirm_end"
    ASK_START = "ask_start"
    ASK_END = "ask_end"
    ASK_STOP = "ask_stop"
    STOPPED = "stopped"
    ASK_HURT = "ask_hurt"
    ASK_EFFORT = "ask_effort"
    ASK_BREATHING = "ask_breathing"
    ASK_PASSED = "ask_passed"
    ASK_HELP = "ask_help"
    ASK_SCORE = "ask_score"
    ASK_SHARP = "ask_sharp"
    ASK_WHERE = "ask_where"
    CHECK_SCORE = "check_score"
    OFFER_EASIER = "offer_easier"
    OFFER_NEXT = "offer_next"
    OFFER_BREATHING = "offer_breathing"
    OFFER_GENTLE = "offer_gentle"
    QUESTION = "question"
    TEACHING = "teaching"
    IDLE = "idle"
    MENU = "menu"
    SOUND = "sound"
    ENDED = "ended"


WORK = frozenset({State.COUNTING, State.ROLLING, State.HOLDING})
"""The user moves or holds; lines must fit between the beats."""

EXERCISE = WORK | {State.READING, State.SETTLING, State.RESTING, State.SWITCHING}
"""Somewhere inside an exercise."""

ACTIVE = EXERCISE | {State.WELCOME, State.BREATHING, State.CLOSING}
"""The routine goes on by itself."""

SAFETY = frozenset(
    {
        State.ASK_HURT,
        State.ASK_EFFORT,
        State.ASK_BREATHING,
        State.ASK_PASSED,
        State.ASK_HELP,
        State.ASK_SCORE,
        State.ASK_SHARP,
        State.ASK_WHERE,
        State.CHECK_SCORE,
    }
)
"""Safety questions: no reply leads to check-ins and the helper (S25), unclear ones count (S2)."""

OFFERS = frozenset(
    {State.OFFER_EASIER, State.OFFER_NEXT, State.OFFER_BREATHING, State.OFFER_GENTLE}
)
"""After the questions: what to do now."""

TROUBLED = SAFETY | (OFFERS - {State.OFFER_GENTLE})
"""What is asked only after a complaint: silence leads to the helper (S25)."""

HALTED = SAFETY | OFFERS | {State.STOPPED}
"""Latched: nothing goes on but by an explicit word (S1, S29)."""

CHECKS = frozenset({State.ASK_START, State.ASK_END})
"""The scores before and after a session (S5, S27): without an answer no helper is called, unless a
complaint came before."""

BEFORE = frozenset({State.QUESTION, State.TEACHING, State.IDLE, State.MENU, State.SOUND})
"""Where only the conversations before a session stand."""

WAITING = (
    HALTED
    | CHECKS
    | {State.PAUSED, State.CONFIRM_END, State.ASK_STOP, State.QUESTION, State.TEACHING}
    | {State.IDLE, State.MENU, State.SOUND}
)
"""The routine stands still."""
