"""The questions that a user may ask, and how they are answered.

An answer that is cut, by a halt or by the next question, is said again: after that question's own
answer, or on the way back to the routine. It is composed anew, so that it is true when it sounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from voicecoach.dialog import advice, answers, recalling
from voicecoach.dialog.context import REACTION
from voicecoach.dialog.replies import reply
from voicecoach.dialog.session_context import Answer, SessionContext
from voicecoach.dialog.states import WAITING, WORK
from voicecoach.language.phrasebook import Command
from voicecoach.track import SENTENCE, Item, lines_of
from voicecoach.units import Ms

ANSWERS: Final[Mapping[Command, Answer]] = {
    **answers.ANSWERS,
    **advice.ANSWERS,
    **recalling.ANSWERS,
}


def answer(s: SessionContext) -> None:
    """Answer the question that was heard, and after it the one whose answer that cuts."""
    assert s.turn.heard is not None
    asked = s.turn.heard.command
    earlier = s.asking.untold(s.now)
    until = _between_beats(s, asked) if s.state in WORK else None
    if until is None:
        tell(s, (asked, *(question for question in earlier if question is not asked)))
    else:
        s.asking.tell((*earlier, asked), Ms(max(until, s.asking.told)))


def tell(s: SessionContext, asked: tuple[Command, ...]) -> None:
    """Answer these questions one after the other, while the routine waits."""
    s.keep_place()  # where it waits is what the answer is about
    lines = answers_to(s, asked, Ms(s.now + REACTION))
    until = reply(s, lines) if s.state in WAITING else s.aside(*lines)
    s.asking.tell(asked, until)


def _between_beats(s: SessionContext, asked: Command) -> Ms | None:
    """Answer between the beats, by the line that is true there; return when it will have been said,
    or None where it has no room.
    """
    if len(ANSWERS[asked](s, s.now)) > 1:
        return None
    return s.between_beats(lambda at: lines_of(ANSWERS[asked](s, at))[0])


def answers_to(s: SessionContext, asked: Iterable[Command], at: Ms) -> list[Item]:
    """Return the answers that begin to sound at `at`."""
    said: list[Item] = []
    for question in asked:
        begins = Ms(at + s.speak(said, SENTENCE).length)
        said += ANSWERS[question](s, begins)
    return said
