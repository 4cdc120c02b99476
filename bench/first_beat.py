"""From `start` to the first beat of a routine: the real conversations, led in virtual time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Play
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Heard, Started, Woke
from voicecoach.dialog.screening_dialog import ScreeningDialog
from voicecoach.dialog.session import Session
from voicecoach.dialog.states import WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.plan.narration import FULL
from voicecoach.plan.plan import Plan
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.track import Lengths
from voicecoach.units import Ms

CALIBRATION: Final = Ms(2700)
"""The calibration sound and the silence after it."""
ANSWER: Final = Ms(1200)
"""An answer has been heard so long after its question."""
ANSWERS: Final = {State.QUESTION: (Command.NO, None), State.ASK_START: (Command.NUMBER, 2)}
"""A user to whom nothing has happened."""
DAY: Final = date(2026, 11, 21)


def first_beat(plan: Plan, lengths: Lengths, profile: Profile, *, known: bool) -> float:
    """Return the seconds from the calibration sound to the first beat, with what is asked before.

    `known`: the user has done the routine lately, and heard the ground rules. `profile` decides
    which questions about health are due. `lengths` knows the lines of all of it.
    """
    questions = ScreeningDialog(Screening.start(profile, DAY), plan.prompts, lengths)
    asked = _lead(questions, lengths, lambda: False)
    ids = frozenset(exercise.id for exercise in plan.routine.exercises if known)
    care = Care(asks=True, known=ids, met=known, instructed=known)
    session = Session(plan, FULL, care)
    _lead(session, lengths, lambda: session.state in WORK)
    return (CALIBRATION + asked + session._s.player.anchor) / 1000


def _lead(dialog: Dialog[Any], lengths: Lengths, there: Callable[[], bool]) -> Ms:
    """Lead a conversation, and answer what it asks, until it is `there` or over; return when."""
    now, said = Ms(0), dict[str, int]()
    event: Any = Started(now)
    while True:
        for effect in dialog.handle(event):
            if isinstance(effect, Play):
                said[effect.cue.text] = effect.at + lengths(effect.cue.text)
        due = dialog.deadline
        if due is None or there():
            return event.now
        answer, asked = ANSWERS.get(dialog.state), said.get(dialog._s.asking.text)
        if answer and asked is not None and asked + ANSWER <= due:
            now = Ms(max(asked + ANSWER, event.now))
            event = Heard(now, answer[0], now, answer[1])
            said.clear()
        else:
            event = Woke(due)
