"""What follows when a track is over: a name for each step that no command brings about."""

from __future__ import annotations

from enum import Enum


class Next(Enum):
    """A follow-up. The table of a conversation says what it does and where it leads."""

    GREETED = "greeted"
    FIRST_EXERCISE = "first_exercise"
    DESCRIBED = "described"
    IN_POSITION = "in_position"
    SET_DONE = "set_done"
    FIRST_REPETITION_DONE = "first_repetition_done"
    NEXT_EXERCISE = "next_exercise"
    BACK_IN_POSITION = "back_in_position"
    ASIDE_SAID = "aside_said"
    BREATHED = "breathed"
    GOODBYE_SAID = "goodbye_said"
    QUESTION_OPEN = "question_open"
    NO_ANSWER = "no_answer"
    HELPER_SILENT = "helper_silent"
    NO_REPLY = "no_reply"
    UNANSWERED = "unanswered"
    NOT_SAID = "not_said"
    RESTED = "rested"
    NO_SCORE = "no_score"
    NOT_THERE = "not_there"
    NOT_CONFIRMED = "not_confirmed"
    NOT_STOPPED = "not_stopped"
