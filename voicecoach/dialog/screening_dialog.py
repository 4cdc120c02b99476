"""The questions before a session, spoken (SAFETY S9 to S20, S31): one at a time, each repeatable.

`screening.questionnaire` knows which question comes next; here is how it is asked. Only an answer
counts: without one the question comes once more, and then there is no session.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from voicecoach.dialog import alarms, asking, reprompts
from voicecoach.dialog.before_session import BeforeSession, go_on, shared_lines, shared_rows
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.next import Next
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Person
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, Unheard, here, row
from voicecoach.eventlog.kinds import Answered
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import REPLIES, Screening, intro, screen_lines
from voicecoach.track import SENTENCE, Lengths

C, S = Command, State

UNCLEAR_LIMIT = 3
"""So many answers to one question that could not be understood count as "not sure" (S2 has two; but
a television is no reason to decline a session before the user lies down)."""


Closing = Callable[[Profile], Sequence[str]]
"""What is said of the answers, after the last one."""


def nothing(_: Profile) -> Sequence[str]:
    """Say nothing of the answers."""
    return ()


def screening_lines(screening: Screening, prompts: Prompts) -> list[str]:
    """Return every line of `screening` and around it, to be rendered before."""
    own = [prompts.say("question_please"), *_intro(screening, prompts)]
    return [*screen_lines(prompts), *shared_lines(prompts), *own]


def _intro(screening: Screening, prompts: Prompts) -> list[str]:
    return [line for line in (intro(screening, prompts),) if line]


@dataclass
class ScreeningContext(BeforeSession):
    """The mutable part of the screening."""

    screening: Screening = field(kw_only=True)
    closing: Closing = nothing
    mumbled: int = 0
    """Answers to the present question that could not be understood."""

    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.SCREENING
    SAVED: ClassVar[tuple[str, ...]] = (*BeforeSession.SAVED, "screening", "mumbled")

    @property
    def person(self) -> Person:
        """What is known of a pregnancy past the twelfth week: today's answers and older ones."""
        if self.screening.lie_left:
            return Person.LEFT
        return Person.PLAIN if self.screening.knows_pregnancy else Person.UNASKED


def begin(s: ScreeningContext) -> None:
    """Say what comes, and put the first question."""
    _ask(s, _intro(s.screening, s.prompts))


def _ask(s: ScreeningContext, lines: Sequence[str]) -> None:
    """Put the present question after `lines`, or thank for the answers.

    After an answer that allows no session there are no thanks: what to do comes at once. Nor on a
    usual day: the greeting comes at once.
    """
    current = s.screening.current
    if current is None:
        outcome = s.screening.outcome
        assert outcome is not None
        thanks = (s.prompts.screen["thanks"],) if s.screening.thanked else ()
        s.conclude([*lines, *thanks, *s.closing(outcome)], "asked")
        return
    question = s.prompts.screen[s.screening.key]
    asking.put(s, State.QUESTION, question, current.fact.value)
    asking.wait(s, State.QUESTION, [*lines, question], SENTENCE)


def answer(s: ScreeningContext) -> None:
    """Take the answer, and put the next question."""
    assert s.turn.heard is not None
    _take(s, s.turn.heard.command)


def _take(s: ScreeningContext, command: Command) -> None:
    question = s.screening.current
    assert question is not None
    s.record(Answered(question=question.fact.value, answer=command.value))
    s.screening = s.screening.answer(REPLIES[command])
    if s.screening.current is not question:
        s.mumbled = 0
    _ask(s, [])


def unclear(s: ScreeningContext) -> None:
    """Say which answers there are; at the third time it counts as "not sure"."""
    s.mumbled += 1
    if s.mumbled >= UNCLEAR_LIMIT:
        s.mumbled = 0
        _take(s, Command.NOT_SURE)
    else:
        _ask(s, [s.line("question_please")])


def put_question(s: ScreeningContext) -> None:
    """Put the question again."""
    s.hush()
    _ask(s, [])


def resume(s: ScreeningContext) -> None:
    """Go on after a stop: with the alarm, the safety question, or the question."""
    if not go_on(s):
        _ask(s, [])


def unanswered(s: ScreeningContext) -> None:
    """No answer to a question: there is no session."""
    s.conclude([s.line("before_no_answer")], "unanswered")


LIVE = here({S.QUESTION, S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE

SCREENING: Conversation[ScreeningContext] = Conversation(
    begin,
    (
        *shared_rows(LIVE, S.QUESTION, resume),
        row(S.QUESTION, (C.YES, C.NO, C.NOT_SURE), answer, S.CLOSING),
        row(S.QUESTION, C.REPEAT, put_question),
    ),
    (
        *follows((), tuple(sorted(GRAVE, key=lambda s: s.value))),
        Follow(here(S.QUESTION), Next.UNANSWERED, unanswered, (S.CLOSING,), "no answer"),
    ),
    (called(LIVE), NOISE, Unheard(here(S.QUESTION), unclear)),
    deaf=asking.deaf,
    inaudible=asking.inaudible,
    restored=resume,
    helped=alarms.helper_told,
)


class ScreeningDialog(Dialog[ScreeningContext]):
    """Asks what is due. `profile` has the answers once it is over with the outcome "asked"; `told`
    has those that were given so far.

    `closing` gives what is said of the answers at the end; `lengths` must know those lines.
    """

    def __init__(
        self,
        screening: Screening,
        prompts: Prompts,
        lengths: Lengths,
        helper: bool = False,
        closing: Closing = nothing,
    ) -> None:
        context = ScreeningContext(
            State.QUESTION,
            lines=prompts,
            rendered=lengths,
            screening=screening,
            helper=helper,
            closing=closing,
        )
        super().__init__(SCREENING, context)

    @property
    def unsteady(self) -> bool:
        """Whether the user was dizzy, and it has passed."""
        return self._s.unsteady

    @property
    def profile(self) -> Profile | None:
        """The profile with the answers; blocked after an alarm of S8; None if nothing is known."""
        s = self._s
        if s.ending.blocked:
            return self.told
        return s.screening.outcome if self.outcome == "asked" else None

    @property
    def told(self) -> Profile:
        """What is to be kept if the questions end now; blocked after an alarm of S8."""
        screening = self._s.screening
        told = screening.so_far
        return told.block(screening.today) if self._s.ending.blocked else told
