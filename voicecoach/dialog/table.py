"""The table: what each command does in each state. Nothing else decides that.

1. A command without an entry is not live in that state: its phrases are not listened for.
2. Halt commands have an entry in every state but the last. A test holds both rules.

The recogniser's phrases, the session and the diagram in ``docs/architecture.md`` are all read
from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from voicecoach.dialog import (
    advice,
    answers,
    controls,
    pain_response,
    reprompts,
    safety_dialog,
    scores,
)
from voicecoach.dialog.context import Context
from voicecoach.dialog.states import (
    ACTIVE,
    CHECKS,
    EXERCISE,
    WAITING,
    WORK,
    State,
)
from voicecoach.language.phrasebook import Command

C, S = Command, State
Step = Callable[[Context], None]


@dataclass(frozen=True, slots=True)
class Row:
    """In any of `states`, any of `commands` does `step`.

    It goes to `to`, or closes the session where no exercise is left; None: it stays, or that
    depends on the place in the routine.
    """

    states: frozenset[State]
    commands: tuple[Command, ...]
    step: Step
    to: State | None = None


def _row(
    states: Iterable[State] | State,
    commands: Command | tuple[Command, ...],
    step: Step,
    to: State | None = None,
) -> Row:
    group = frozenset({states}) if isinstance(states, State) else frozenset(states)
    return Row(group, commands if isinstance(commands, tuple) else (commands,), step, to)


LIVE = (ACTIVE | WAITING) - {S.ENDED}
IN_EXERCISE = EXERCISE | {S.PAUSED}
LED = EXERCISE | {S.WELCOME, S.BREATHING}
PARTING = frozenset({S.CLOSING, S.ASK_END})
SCORES = (S.ASK_SCORE, S.CHECK_SCORE)
YES_NO = (S.ASK_HURT, S.ASK_EFFORT, S.ASK_BREATHING, S.ASK_SHARP)

ROWS: tuple[Row, ...] = (
    # halt: always, everywhere (S1)
    _row(LIVE, C.STOP, safety_dialog.stop, S.STOPPED),
    _row(LIVE - {S.ASK_WHERE}, C.PAIN, safety_dialog.pain, S.ASK_SCORE),
    _row(S.ASK_WHERE, C.PAIN, safety_dialog.pain),
    _row(LIVE - PARTING - {S.ASK_WHERE}, C.SHARP_PAIN, safety_dialog.sharp_pain, S.ASK_WHERE),
    _row(S.ASK_WHERE, C.SHARP_PAIN, safety_dialog.sharp_pain, S.OFFER_NEXT),
    _row(PARTING, C.SHARP_PAIN, safety_dialog.sharp_pain, S.CLOSING),
    _row(LIVE, C.UNWELL, safety_dialog.unwell, S.ASK_BREATHING),
    _row(LIVE, C.EMERGENCY, safety_dialog.emergency, S.CLOSING),
    _row(LIVE, C.URGENT, safety_dialog.urgent, S.CLOSING),
    _row(LIVE, C.HELP, safety_dialog.need_help, S.ASK_HURT),
    _row(EXERCISE, C.TOO_MUCH, safety_dialog.too_much, S.ASK_EFFORT),
    # pause and resume; "go" sounds like "no", so it answers no question
    _row(LED | {S.CLOSING}, C.PAUSE, reprompts.pause, S.PAUSED),
    _row({S.STOPPED, S.CONFIRM_END, S.ASK_START}, C.PAUSE, reprompts.pause, S.PAUSED),
    _row(S.PAUSED, (C.RESUME, C.GO, C.READY, C.START), pain_response.resume),
    _row(S.STOPPED, (C.RESUME, C.GO, C.START, C.NEVER_MIND), pain_response.resume),
    _row(S.STOPPED, C.STOP_COUNTING, controls.meant_counting),
    _row(S.ASK_STOP, C.PAUSE, reprompts.pause, S.PAUSED),
    _row(S.ASK_STOP, C.YES, safety_dialog.stop, S.STOPPED),
    _row(S.ASK_STOP, (C.NO, C.RESUME, C.GO, C.OKAY, C.NEVER_MIND), pain_response.resume),
    _row(S.CONFIRM_END, C.YES, controls.end_now, S.CLOSING),
    _row(S.CONFIRM_END, C.RESUME, pain_response.resume),
    _row(S.CONFIRM_END, (C.NO, C.NEVER_MIND), pain_response.stay),
    # the way through the routine
    _row(
        {S.WELCOME, S.READING},
        (C.READY, C.OKAY, C.START, C.GO, C.RESUME, C.DONE),
        controls.begin_now,
    ),
    _row(
        {S.SETTLING, S.RESTING, S.SWITCHING},
        (C.READY, C.OKAY, C.START, C.GO, C.RESUME),
        controls.ready_or_on,
    ),
    _row(WORK, C.DONE, controls.set_done),
    _row(IN_EXERCISE | {S.STOPPED}, C.NEXT, controls.skip, S.READING),
    _row(IN_EXERCISE | {S.STOPPED}, C.BACK, controls.back, S.READING),
    _row(LED, C.REPEAT, controls.repeat),
    _row(WAITING, C.REPEAT, controls.repeat_question),
    _row(LIVE - PARTING - {S.CONFIRM_END}, C.END, controls.end, S.CONFIRM_END),
    # how it is done
    _row(IN_EXERCISE, C.SLOWER, controls.slower),
    _row(IN_EXERCISE, C.FASTER, controls.faster),
    _row(IN_EXERCISE | {S.STOPPED}, C.EASIER, controls.easier),
    _row(IN_EXERCISE, C.HARDER, controls.harder),
    _row(LED | {S.PAUSED}, C.LOUDER, controls.louder),
    _row(LED | {S.PAUSED}, C.QUIETER, controls.quieter),
    _row(IN_EXERCISE, C.STOP_COUNTING, controls.stop_counting),
    _row(IN_EXERCISE, C.START_COUNTING, controls.start_counting),
    _row(LED | {S.PAUSED}, C.LESS_TALKING, controls.less_talking),
    _row(LED | {S.PAUSED}, C.MORE_DETAIL, controls.more_detail),
    # questions of the user
    _row(LED | {S.PAUSED}, C.HOW_LONG, answers.how_long),
    _row(IN_EXERCISE, C.HOW_MANY, answers.how_many),
    _row(LED | {S.PAUSED}, C.WHATS_NEXT, answers.whats_next),
    _row(IN_EXERCISE, C.WHICH_SIDE, answers.which_side),
    _row(IN_EXERCISE, C.HOW_TO, answers.how_to),
    _row(IN_EXERCISE, C.WHERE, answers.where),
    _row(LED | {S.PAUSED, S.STOPPED}, C.COMMANDS, answers.can_say),
    _row(LED | {S.PAUSED, S.STOPPED}, C.SHOULD_HURT, advice.should_hurt),
    _row(LED | {S.PAUSED, S.STOPPED}, C.HOW_OFTEN, advice.how_often),
    _row(LED | {S.PAUSED, S.STOPPED}, C.HOW_FAST, advice.how_fast),
    _row(LED | {S.PAUSED, S.STOPPED}, C.HOW_REST, advice.how_long_to_rest),
    # the score before and after (S5, S27)
    _row(S.ASK_START, C.NUMBER, scores.start),
    _row(S.ASK_START, C.NEXT, scores.without_start, S.READING),
    _row(S.ASK_END, C.NUMBER, scores.end, S.CLOSING),
    _row(S.ASK_END, (C.NEXT, C.END), scores.without_end, S.CLOSING),
    _row(CHECKS, C.NOT_SURE, safety_dialog.not_sure),
    _row(S.OFFER_GENTLE, (C.YES, C.RESUME, C.EASIER, C.START), scores.gently, S.READING),
    _row(S.OFFER_GENTLE, C.NO, scores.rather_not, S.CLOSING),
    # the pain dialogue (S2 to S6, S25, S29)
    _row(S.ASK_SCORE, C.NUMBER, safety_dialog.score),
    _row(S.CHECK_SCORE, C.NUMBER, safety_dialog.checked),
    _row(SCORES, C.NOT_SURE, safety_dialog.not_sure),
    _row(S.ASK_SHARP, C.YES, safety_dialog.sharp, S.ASK_WHERE),
    _row(S.ASK_SHARP, C.NO, safety_dialog.dull),
    _row(S.ASK_WHERE, C.PLACE, safety_dialog.where),
    _row(S.ASK_WHERE, C.NOT_SURE, safety_dialog.not_sure),
    _row({S.ASK_HURT, S.ASK_EFFORT}, C.YES, safety_dialog.hurts, S.ASK_SCORE),
    _row(S.ASK_HURT, C.NO, safety_dialog.unhurt, S.STOPPED),
    _row(S.ASK_EFFORT, C.NO, safety_dialog.effort_only, S.OFFER_EASIER),
    _row(S.ASK_BREATHING, C.YES, safety_dialog.emergency, S.CLOSING),
    _row(S.ASK_BREATHING, C.NO, safety_dialog.unhurt, S.STOPPED),
    _row(YES_NO, C.NOT_SURE, safety_dialog.not_sure),
    _row(S.OFFER_EASIER, (C.YES, C.EASIER, C.RESUME, C.START), pain_response.go_easier),
    _row(S.OFFER_EASIER, (C.NO, C.NEXT), pain_response.skip, S.OFFER_NEXT),
    _row(
        S.OFFER_NEXT, (C.YES, C.RESUME, C.NEXT, C.READY, C.START), pain_response.go_next, S.READING
    ),
    _row(S.OFFER_NEXT, C.NO, controls.end, S.CONFIRM_END),
    _row(S.OFFER_BREATHING, (C.YES, C.START, C.READY), pain_response.breathe, S.BREATHING),
    _row(S.OFFER_BREATHING, (C.NO, C.NEXT, C.RESUME), pain_response.after_breathing, S.OFFER_NEXT),
    _row(S.BREATHING, (C.DONE, C.NEXT), pain_response.enough_breathing, S.OFFER_NEXT),
)


def _indexed(rows: Iterable[Row]) -> Mapping[tuple[State, Command], Row]:
    table: dict[tuple[State, Command], Row] = {}
    for row in rows:
        for state in row.states:
            for command in row.commands:
                assert (state, command) not in table, (state, command)
                table[state, command] = row
    return table


TABLE: Mapping[tuple[State, Command], Row] = _indexed(ROWS)
"""The row for a state and a command."""


def live_commands(state: State) -> frozenset[Command]:
    """Return the commands that have an entry in `state`."""
    return frozenset(command for at, command in TABLE if at is state)
