"""The session as a table: what each command does in each state, and what follows each track."""

from __future__ import annotations

from collections.abc import Iterable

from voicecoach.dialog import (
    adjusting,
    advice,
    alarms,
    asking,
    confirm_stop,
    controls,
    cut_off,
    effort,
    flow,
    pain_questions,
    pain_response,
    questions,
    recalling,
    recovery,
    resuming,
    safety_dialog,
    scores,
    unknown_words,
    wanting,
)
from voicecoach.dialog.next import Next
from voicecoach.dialog.session_context import SessionContext
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows, halts
from voicecoach.dialog.states import (
    ACTIVE,
    BEFORE,
    CHECKS,
    EXERCISE,
    OFFERS,
    SAFETY,
    TROUBLED,
    WAITING,
    WORK,
    State,
)
from voicecoach.dialog.transitions import Conversation, Follow, Row, Unheard, here, row
from voicecoach.language.phrasebook import Command

C, S = Command, State

LIVE = (ACTIVE | WAITING) - BEFORE
IN_EXERCISE = EXERCISE | {S.PAUSED}
LED = EXERCISE | {S.WELCOME, S.BREATHING}
LED_OR_PAUSED = LED | {S.PAUSED}
ADVISED = LED | {S.PAUSED, S.STOPPED}
PARTING = here({S.CLOSING, S.ASK_END})
SCORES = here({S.ASK_SCORE, S.CHECK_SCORE})
YES_NO = here({S.ASK_HURT, S.ASK_EFFORT, S.ASK_SHARP})

END = (S.CLOSING, S.ASK_END)
"""Where a session goes that ends: with a profile the score at the end comes first."""
WORKING = (S.COUNTING, S.ROLLING, S.HOLDING)
OPEN = (S.ASK_HELP, S.ASK_BREATHING, S.ASK_PASSED, S.ASK_HURT, S.ASK_EFFORT)
"""Questions about another complaint, which come before those about a pain."""
SHARP = (S.ASK_WHERE, S.OFFER_NEXT, *END, *OPEN)
"""Where a sharp pain leads."""
VERDICT = (S.ASK_WHERE, S.OFFER_EASIER, S.OFFER_NEXT, S.OFFER_BREATHING, *END, *OPEN)
"""Where a pain leads of which the score and the kind are known."""
PLACED = (S.ASK_SCORE, S.OFFER_EASIER, S.OFFER_NEXT, S.OFFER_BREATHING, *END, *OPEN)
"""Where it leads once the place is known; pain in the chest is asked about (S7)."""
RELIEVED = (S.STOPPED, S.ASK_SCORE, S.ASK_SHARP, *VERDICT)
"""Where an answered question about a complaint leads."""


def _all(states: Iterable[State]) -> tuple[State, ...]:
    return tuple(sorted(states, key=lambda state: state.value))


REOPENED = _all(SAFETY | OFFERS | CHECKS)
"""The questions that a resume puts again (S29)."""
WENT_BACK = _all(ACTIVE)
"""Where a session may have been interrupted."""
EASED = (S.READING, S.SETTLING, S.RESTING, S.SWITCHING, S.WELCOME, S.BREATHING, *END)
"""Where it goes on at another level."""

ROWS: tuple[Row[SessionContext], ...] = (
    # halt: always, everywhere (S1)
    *halts(LIVE),
    row(LIVE - {S.ASK_WHERE}, C.PAIN, pain_questions.pain, S.ASK_SCORE, *SHARP),
    row(S.ASK_WHERE, C.PAIN, pain_questions.pain, *PLACED),
    row(LIVE - {S.ASK_WHERE}, C.SHARP_PAIN, pain_questions.sharp_pain, *SHARP),
    row(S.ASK_WHERE, C.SHARP_PAIN, pain_questions.sharp_pain, *PLACED),
    row(EXERCISE, C.TOO_MUCH, effort.too_much, S.ASK_EFFORT),
    # pause and resume; "go" sounds like "no", so it answers no question
    row(LIVE - {S.PAUSED}, C.PAUSE, asking.pause, S.PAUSED),
    row(S.PAUSED, C.PAUSE, asking.repeat_question),
    row(
        S.PAUSED, (C.RESUME, C.GO, C.READY, C.START), resuming.resume, *WENT_BACK, *REOPENED
    ),
    row(
        S.STOPPED, (C.RESUME, C.GO, C.START, C.NEVER_MIND), resuming.resume, *WENT_BACK, *REOPENED
    ),
    row(S.STOPPED, C.STOP_COUNTING, adjusting.meant_counting, *WENT_BACK, *REOPENED),
    row(S.ASK_STOP, C.YES, safety_dialog.stop, S.STOPPED),
    row(S.ASK_STOP, (C.NO, C.RESUME, C.GO, C.OKAY, C.NEVER_MIND), resuming.resume, *_all(LED)),
    row(S.CONFIRM_END, C.YES, controls.end_now, *END),
    row(S.CONFIRM_END, C.RESUME, resuming.resume, *WENT_BACK, *REOPENED),
    row(
        S.CONFIRM_END, (C.NO, C.NEVER_MIND), resuming.stay,
        S.STOPPED, S.PAUSED, *WENT_BACK, *REOPENED,
    ),
    # the way through the routine
    row(
        S.WELCOME, (C.READY, C.OKAY, C.START, C.GO, C.RESUME, C.DONE), controls.begin_now,
        S.READING, S.ASK_START, S.CLOSING,
    ),
    row(
        S.READING, (C.READY, C.OKAY, C.START, C.GO, C.RESUME, C.DONE), controls.begin_now,
        S.SETTLING,
    ),
    row(
        {S.SETTLING, S.RESTING, S.SWITCHING}, (C.READY, C.OKAY, C.START, C.GO, C.RESUME),
        controls.ready_or_on, S.SETTLING,
    ),
    row(WORK, C.DONE, controls.set_done, S.RESTING, S.SWITCHING, *END),
    row(IN_EXERCISE | {S.STOPPED}, C.NEXT, controls.skip, S.READING, S.BREATHING, *END, *REOPENED),
    row(
        IN_EXERCISE | {S.STOPPED}, C.BACK, controls.back,
        S.READING, S.RESTING, S.BREATHING, S.CLOSING, *REOPENED,
    ),
    row(LED, C.REPEAT, controls.repeat),
    row(WAITING - BEFORE, C.REPEAT, asking.repeat_question),
    row(LIVE - PARTING - {S.CONFIRM_END}, C.END, controls.end, S.CONFIRM_END),
    # how it is done
    row(IN_EXERCISE, C.SLOWER, adjusting.slower),
    row(IN_EXERCISE, C.FASTER, adjusting.faster),
    row(IN_EXERCISE | {S.STOPPED}, C.EASIER, adjusting.easier, *EASED, *REOPENED),
    row(IN_EXERCISE, C.HARDER, adjusting.harder, *EASED, *REOPENED),
    row(LED_OR_PAUSED, C.LOUDER, adjusting.louder),
    row(LED_OR_PAUSED, C.QUIETER, adjusting.quieter),
    row(LED_OR_PAUSED, C.MUSIC, adjusting.music),
    row(LED_OR_PAUSED, C.MUSIC_IN_RESTS, adjusting.music_in_rests),
    row(LED_OR_PAUSED, C.NO_MUSIC, adjusting.no_music),
    row(EXERCISE, C.LEAVE_OUT, wanting.leave_out, S.READING, S.BREATHING, *END),
    row(IN_EXERCISE, C.COUNT, wanting.count),
    row(IN_EXERCISE, C.PUT_BACK, wanting.put_back),
    row(LED_OR_PAUSED, C.LIKE, wanting.like),
    row(LED_OR_PAUSED, C.UNLIKE, wanting.unlike),
    row(IN_EXERCISE, C.STOP_COUNTING, adjusting.stop_counting),
    row(IN_EXERCISE, C.START_COUNTING, adjusting.start_counting),
    row(LED_OR_PAUSED, C.LESS_TALKING, adjusting.less_talking),
    row(LED_OR_PAUSED, C.MORE_DETAIL, adjusting.more_detail),
    # questions of the user
    row(LED_OR_PAUSED, (C.HOW_LONG, C.WHATS_NEXT), questions.answer),
    row(IN_EXERCISE, (C.HOW_MANY, C.WHICH_SIDE, C.HOW_TO, C.WHERE), questions.answer),
    row(ADVISED, (C.COMMANDS, *recalling.ANSWERS, *advice.ANSWERS), questions.answer),
    # the score before and after (S5, S27)
    row(S.ASK_START, (C.NUMBER, C.NO_PAIN), scores.start, S.READING, S.OFFER_GENTLE, S.CLOSING),
    row(S.ASK_START, C.NEXT, scores.without_start, S.READING, S.CLOSING),
    row(S.ASK_START, C.NOT_SURE, pain_questions.unclear, S.READING, S.CLOSING),
    row(S.ASK_END, (C.NUMBER, C.NO_PAIN), scores.end, S.CLOSING),
    row(S.ASK_END, (C.NEXT, C.END), scores.without_end, S.CLOSING),
    row(S.ASK_END, C.NOT_SURE, pain_questions.unclear, S.CLOSING),
    row(S.OFFER_GENTLE, (C.YES, C.RESUME, C.EASIER, C.START), scores.gently, S.READING, S.CLOSING),
    row(S.OFFER_GENTLE, C.NO, scores.rather_not, S.CLOSING),
    # pain (S2 to S6, S25, S29)
    row(S.ASK_SCORE, (C.NUMBER, C.NO_PAIN), pain_questions.score, S.ASK_SHARP, *SHARP),
    row(
        S.CHECK_SCORE, (C.NUMBER, C.NO_PAIN), pain_questions.checked,
        *VERDICT, *WORKING, S.SETTLING, S.RESTING,
    ),
    row(SCORES, C.NOT_SURE, pain_questions.unclear, S.ASK_SHARP, *VERDICT),
    row(S.ASK_SHARP, C.YES, pain_questions.sharp, *SHARP),
    row(S.ASK_SHARP, (C.NO, C.NO_PAIN), pain_questions.dull, *VERDICT),
    row(S.ASK_WHERE, C.PLACE, pain_questions.where, *PLACED),
    row(S.ASK_WHERE, C.NOT_SURE, pain_questions.unclear, *PLACED),
    row({S.ASK_HURT, S.ASK_EFFORT}, C.YES, pain_questions.hurts, *PLACED, *RELIEVED),
    row(S.ASK_HURT, (C.NO, C.NO_PAIN), recovery.unhurt, *RELIEVED),
    row(S.ASK_EFFORT, (C.NO, C.NO_PAIN), effort.effort_only, S.OFFER_EASIER, S.OFFER_NEXT, *END),
    row(YES_NO, C.NOT_SURE, pain_questions.unclear, *PLACED, *RELIEVED),
    # a complaint of another kind: S7, S17, S25
    row(S.ASK_BREATHING, C.NO, recovery.breathes, *RELIEVED),
    row(S.ASK_HELP, C.NO, recovery.unhelped, *RELIEVED),
    row(S.ASK_PASSED, C.YES, recovery.passed, *RELIEVED),
    row(S.OFFER_EASIER, (C.YES, C.EASIER, C.RESUME, C.START), effort.ease, *EASED),
    row(S.OFFER_EASIER, (C.NO, C.NEXT), pain_response.skip, S.OFFER_NEXT, *END),
    row(
        S.OFFER_NEXT, (C.YES, C.RESUME, C.NEXT, C.READY, C.START), pain_response.go_next,
        S.READING, *END,
    ),
    row(S.OFFER_NEXT, C.NO, controls.end, S.CONFIRM_END),
    row(S.OFFER_BREATHING, (C.YES, C.START, C.READY), pain_response.breathe, S.BREATHING),
    row(
        S.OFFER_BREATHING, (C.NO, C.NEXT, C.RESUME), pain_response.after_breathing,
        S.OFFER_NEXT, *END,
    ),
    row(S.BREATHING, (C.DONE, C.NEXT), pain_response.enough_breathing, S.OFFER_NEXT, *END),
)  # fmt: skip

FOLLOWS: tuple[Follow[SessionContext], ...] = (
    Follow(
        here(S.WELCOME), Next.GREETED, scores.greeted, (S.READING, S.ASK_START, S.CLOSING),
        "the greeting ends",
    ),
    Follow(here(S.WELCOME), Next.FIRST_EXERCISE, flow.first_exercise, (S.READING, S.CLOSING), ""),
    Follow(here(S.READING), Next.DESCRIBED, flow.settle, (S.SETTLING,), "described"),
    Follow(
        here({S.SETTLING, S.SWITCHING, S.RESTING}), Next.IN_POSITION, flow.work, WORKING,
        "three, two, one, go",
    ),
    Follow(
        WORK | {S.RESTING, S.SETTLING}, Next.SET_DONE, flow.after_work,
        (S.SWITCHING, S.RESTING, *END), "set done",
    ),
    Follow(
        WORK | {S.SETTLING}, Next.FIRST_REPETITION_DONE, pain_response.check, (S.CHECK_SCORE,),
        "the first repetition, after pain",
    ),
    Follow(here(S.RESTING), Next.NEXT_EXERCISE, flow.next_exercise, (S.READING, *END), "rested"),
    Follow(
        here(S.SETTLING), Next.BACK_IN_POSITION, flow.back_in_position, WORKING,
        "back in position",
    ),
    Follow(LED, Next.ASIDE_SAID, resuming.aside_said, (S.SETTLING,), "a long answer"),
    Follow(
        here(S.BREATHING), Next.BREATHED, pain_response.breathed, (S.OFFER_NEXT, *END),
        "a minute later",
    ),
    *follows(here(S.OFFER_GENTLE), _all(TROUBLED)),
    Follow(here(S.ASK_END), Next.NO_SCORE, scores.without_end, (S.CLOSING,), "no answer"),
    Follow(here(S.ASK_START), Next.NOT_THERE, scores.not_there, (S.PAUSED,), "no answer"),
    Follow(
        here(S.CONFIRM_END), Next.NOT_CONFIRMED, resuming.not_confirmed, (S.PAUSED, *REOPENED),
        "no answer",
    ),
    Follow(
        here(S.ASK_STOP), Next.NOT_STOPPED, confirm_stop.not_stopped, _all(LED), "no answer",
    ),
)  # fmt: skip

UNHEARD: tuple[Unheard[SessionContext], ...] = (
    called(LIVE),
    NOISE,
    Unheard(SAFETY - GRAVE | CHECKS, pain_questions.unclear),
    Unheard(LED, confirm_stop.may_have_halted, near_halt=True),
    Unheard(
        LED_OR_PAUSED | OFFERS | {S.STOPPED, S.CONFIRM_END},
        unknown_words.not_known,
        distinct=True,
    ),
)

SESSION = Conversation(
    flow.begin, ROWS, FOLLOWS, UNHEARD,
    deaf=asking.deaf, inaudible=resuming.inaudible, restored=cut_off.restored,
    helped=alarms.helper_told,
)  # fmt: skip
