"""Offering to go on with a session that the end of the program cut off; asked once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from voicecoach.dialog import alarms, asking, reprompts
from voicecoach.dialog.before_session import BeforeSession, go_on, shared_lines, shared_rows
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.next import Next
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Complaint, Person
from voicecoach.dialog.safety_dialog import ask_open
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, here, row
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import CHIME, SENTENCE, Lengths

C, S = Command, State


@dataclass(frozen=True, slots=True)
class CutOff:
    """What is said of a session that was cut off."""

    says: str
    open: bool
    """Whether a complaint was open: then the question is whether to call for help."""
    lie_left: bool
    """Whether to roll onto the left side when dizzy (S17)."""


def unfinished_lines(cut: CutOff, prompts: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    own = [prompts.say(key) for key in ("unfinished_offer", "menu_taken")]
    return [CHIME, cut.says, *own, *shared_lines(prompts)]


@dataclass
class UnfinishedContext(BeforeSession):
    """The mutable part of the offer."""

    cut: CutOff = field(kw_only=True)

    STOPPED_HINT: ClassVar[str] = "paused_hint"
    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.UNFINISHED

    @property
    def person(self) -> Person:
        """What is known of a pregnancy past the twelfth week (S17)."""
        return Person.LEFT if self.cut.lie_left else Person.PLAIN


def begin(s: UnfinishedContext) -> None:
    """Chime, say what was cut off, and ask: whether to call for help where that, or a complaint,
    was open; silence then leads to the helper (S25). Else whether to go on.
    """
    if s.cut.open:
        s.trouble.add(Complaint.STUCK, State.ASK_HELP)
        ask_open(s, CHIME, s.cut.says)
        return
    question = s.line("unfinished_offer")
    asking.put(s, State.QUESTION, question, "unfinished")
    asking.wait(s, State.QUESTION, [CHIME, s.cut.says, question], SENTENCE)


def accept(s: UnfinishedContext) -> None:
    """Go on."""
    s.hush()
    s.conclude([s.line("menu_taken")], "chosen")


def decline(s: UnfinishedContext) -> None:
    """It is not to go on."""
    s.hush()
    s.conclude([s.line("menu_taken")], "idle")


def unanswered(s: UnfinishedContext) -> None:
    """Nothing was said: then nothing goes on."""
    s.conclude([], "idle")


def resume(s: UnfinishedContext) -> None:
    """Go on after a stop: with the alarm, the safety question, or the offer, if there is one."""
    if go_on(s):
        return
    if s.cut.open:
        decline(s)
    else:
        begin(s)


LIVE = here({S.QUESTION, S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE

UNFINISHED: Conversation[UnfinishedContext] = Conversation(
    begin,
    (
        *shared_rows(LIVE, S.QUESTION, resume),
        row(S.QUESTION, (C.YES, C.RESUME), accept, S.CLOSING),
        row(S.QUESTION, (C.NO, C.NOT_SURE, C.NEVER_MIND), decline, S.CLOSING),
        row(S.QUESTION, C.REPEAT, asking.repeat_question),
    ),
    (
        *follows((), (S.QUESTION, *sorted(GRAVE, key=lambda s: s.value))),
        Follow(here(S.QUESTION), Next.UNANSWERED, unanswered, (S.CLOSING,), "no answer"),
    ),
    (called(LIVE), NOISE),
    deaf=asking.deaf,
    inaudible=asking.inaudible,
    restored=resume,
    helped=alarms.helper_told,
)


class UnfinishedDialog(Dialog[UnfinishedContext]):
    """Says what was cut off, and asks whether to go on, or whether to call for help.

    The outcome is "chosen" after a yes, "idle" after a no or none; else that of a complaint.
    """

    def __init__(
        self, cut: CutOff, prompts: Prompts, lengths: Lengths, helper: bool = False
    ) -> None:
        context = UnfinishedContext(
            State.QUESTION, lines=prompts, rendered=lengths, helper=helper, cut=cut
        )
        super().__init__(UNFINISHED, context)

    @property
    def blocked(self) -> bool:
        """Whether something was told with which no session may be led until a doctor was seen."""
        return self._s.ending.blocked
