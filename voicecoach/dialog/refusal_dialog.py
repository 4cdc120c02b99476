"""Saying that there is no session today, why, and what to do instead (SAFETY S8 to S20)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from voicecoach.dialog import alarms, asking, reprompts
from voicecoach.dialog.before_session import BeforeSession, go_on, shared_lines, shared_rows
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.next import Next
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Person
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, Unheard, here, row
from voicecoach.eventlog import kinds
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.plan import narration
from voicecoach.plan.compile import Asked
from voicecoach.screening.verdicts import Declined
from voicecoach.track import SENTENCE, Lengths

C, S = Command, State

OUTCOME: Final = "declined"


def refusal_lines(declined: Declined, prompts: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    asked = Asked()
    narration.breathing(prompts, Lengths(asked.__getitem__))
    own = [prompts.say("offer_breathing"), prompts.say("finished_early")]
    return [*declined.sentences, *own, *sorted(asked.lines), *shared_lines(prompts)]


@dataclass
class RefusalContext(BeforeSession):
    """The mutable part of a refusal."""

    declined: Declined = field(kw_only=True)

    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.REFUSAL

    @property
    def person(self) -> Person:
        """What is known of a pregnancy past the twelfth week (S17)."""
        return Person.LEFT if self.declined.lie_left else Person.PLAIN


def begin(s: RefusalContext) -> None:
    """Say why, and what to do instead."""
    s.record(kinds.Declined(rule=s.declined.rule))
    if s.declined.breathing:
        _offer(s, s.declined.sentences)
    else:
        s.conclude(s.declined.sentences, OUTCOME)


def _offer(s: RefusalContext, lines: Sequence[str]) -> None:
    question = s.line("offer_breathing")
    asking.put(s, State.OFFER_BREATHING, question)
    asking.wait(s, State.OFFER_BREATHING, [*lines, question], SENTENCE)


def offer_again(s: RefusalContext) -> None:
    """Offer the calm breathing once more (S20)."""
    s.hush()
    _offer(s, [])


def breathe(s: RefusalContext) -> None:
    """Lead a minute of calm breathing."""
    s.record(kinds.BreathingStarted())
    s.enter(State.BREATHING, narration.breathing(s.prompts, s.lengths), Next.BREATHED)


def breathed(s: RefusalContext) -> None:
    """The minute of calm breathing is over."""
    s.record(kinds.BreathingFinished())
    say_goodbye(s)


def enough_breathing(s: RefusalContext) -> None:
    """Cut the calm breathing short."""
    s.hush()
    say_goodbye(s)


def say_goodbye(s: RefusalContext) -> None:
    """End, as there is no session."""
    s.conclude([s.line("finished_early")], OUTCOME)


def resume(s: RefusalContext) -> None:
    """Go on after a stop: with the alarm, the safety question, or from the start."""
    if not go_on(s):
        begin(s)


LIVE = here({S.OFFER_BREATHING, S.BREATHING, S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE

REFUSAL: Conversation[RefusalContext] = Conversation(
    begin,
    (
        *shared_rows(LIVE, S.OFFER_BREATHING, resume),
        row(S.OFFER_BREATHING, C.YES, breathe, S.BREATHING),
        row(S.OFFER_BREATHING, C.NO, say_goodbye, S.CLOSING),
        row(S.OFFER_BREATHING, (C.NOT_SURE, C.REPEAT), offer_again),
        row(S.BREATHING, (C.DONE, C.NEXT), enough_breathing, S.CLOSING),
    ),
    (
        *follows((), tuple(sorted(GRAVE, key=lambda s: s.value))),
        Follow(
            here(S.OFFER_BREATHING), Next.UNANSWERED, say_goodbye, (S.CLOSING,), "no answer"
        ),
        Follow(here(S.BREATHING), Next.BREATHED, breathed, (S.CLOSING,), "a minute later"),
    ),
    (called(LIVE), NOISE, Unheard(here(S.OFFER_BREATHING), offer_again)),
    deaf=asking.deaf,
    inaudible=asking.inaudible,
    restored=resume,
    helped=alarms.helper_told,
)  # fmt: skip


class RefusalDialog(Dialog[RefusalContext]):
    """Says it; calm breathing is offered where that is all that may be done (S20)."""

    def __init__(
        self, declined: Declined, prompts: Prompts, lengths: Lengths, helper: bool = False
    ) -> None:
        context = RefusalContext(
            State.CLOSING, lines=prompts, rendered=lengths, declined=declined, helper=helper
        )
        super().__init__(REFUSAL, context)
