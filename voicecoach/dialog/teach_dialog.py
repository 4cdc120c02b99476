"""Teaching the coach one's voice: the user says some forms after the coach, three times each.

The dialog collects how each form sounded to the verifier; what is made of it is not decided here.
A form that was asked for is an answer, even a halt; any other halt is a halt. A command that is
typed has no sound, so it is always what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from voicecoach.dialog import alarms, asking, safety_dialog
from voicecoach.dialog.before_session import (
    go_on,
    pain,
    shared_rows,
)
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.lesson import (
    LESSON,
    PROMPTS,
    SILENCES,
    TAKES,
    TRIES,
    Learns,
    TeachContext,
)
from voicecoach.dialog.next import Next
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, Unheard, here, row
from voicecoach.language.phrasebook import Command
from voicecoach.language.prompts import Prompts
from voicecoach.track import SENTENCE, Lengths

C, S = Command, State


def begin(s: TeachContext) -> None:
    """Offer the lesson, or begin it."""
    if not s.offered:
        start(s)
        return
    question = s.line("teach_offer")
    asking.put(s, State.QUESTION, question, "teach")
    asking.wait(s, State.QUESTION, [question], SENTENCE)


def start(s: TeachContext) -> None:
    """Say how it goes, and ask for the first form."""
    _ask(s, s.line("teach_intro"))


def decline(s: TeachContext) -> None:
    """The user does not want it."""
    s.declined = True
    s.conclude([s.line("teach_skip")], "done")


def _ask(s: TeachContext, *before: str) -> None:
    """Ask for the present form once more, after `before`."""
    key = PROMPTS[len(s.takes.get(s.form, ()))]
    _put(s, before, s.line(key, form=s.form))


def _put(s: TeachContext, before: Sequence[str], question: str) -> None:
    asking.put(s, State.TEACHING, question, s.form)
    asking.wait(s, State.TEACHING, [*before, question], SENTENCE)


def said(s: TeachContext) -> None:
    """Take the form that was asked for; anything else is what it means."""
    heard = s.turn.heard
    assert heard is not None
    if heard.said and heard.said.form == s.form:
        _take(s, heard.said.embedding)
    else:
        MEANT.get(heard.command, again)(s)


def _take(s: TeachContext, embedding: tuple[float, ...]) -> None:
    s.takes.setdefault(s.form, []).append(embedding)
    s.missed = s.silent = 0
    if len(s.takes[s.form]) < TAKES:
        _ask(s)
    else:
        _move_on(s)


def again(s: TeachContext) -> None:
    """Something else was heard: ask again, and leave the form out the third time."""
    s.missed += 1
    if s.missed < TRIES:
        _put(s, (), s.line("teach_missed", form=s.form))
    else:
        leave_out(s)


def unclear(s: TeachContext) -> None:
    """A sound that may have been the form is a take; a distinct one that is nothing is not."""
    event = s.turn.unclear
    assert event is not None
    if event.said and event.said.form == s.form:
        _take(s, event.said.embedding)
    elif event.for_help and event.near_halt:
        safety_dialog.may_need_help(s)
    elif event.distinct:
        again(s)


def leave_out(s: TeachContext) -> None:
    """Go on with the next form."""
    _move_on(s, s.line("teach_skip"))


def not_said(s: TeachContext) -> None:
    """Nothing was said: leave the form out, and after `SILENCES` end."""
    s.silent += 1
    if s.silent < SILENCES:
        leave_out(s)
    else:
        enough(s)


def _move_on(s: TeachContext, *before: str) -> None:
    s.at, s.missed = s.at + 1, 0
    if s.at < len(s.forms):
        _ask(s, *before)
    else:
        enough(s)


def enough(s: TeachContext) -> None:
    """End the lesson with what was taught."""
    s.hush()
    s.conclude(s.learned, "done")


def repeat(s: TeachContext) -> None:
    """Ask for the form again."""
    s.hush()
    _ask(s)


def resume(s: TeachContext) -> None:
    """Go on after a stop: with the alarm, the safety question, the form or the offer."""
    if go_on(s):
        return
    if s.asking.open and s.asking.open[0] is State.TEACHING:
        _ask(s)
    else:
        begin(s)


def unanswered(s: TeachContext) -> None:
    """No answer to the offer: go on without."""
    s.conclude([s.line("teach_skip")], "unanswered")


MEANT: Final[Mapping[Command, Callable[[TeachContext], None]]] = {
    C.STOP: safety_dialog.stop,
    C.PAIN: pain,
    C.HELP: safety_dialog.need_help,
    C.PAUSE: asking.pause,
}
"""What the forms of the lesson mean where another one is asked for."""

HALTS: Final = (S.STOPPED, S.ASK_BREATHING, S.ASK_HELP, S.ASK_PASSED, S.CLOSING)
LIVE = here({S.QUESTION, S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE

TEACHING: Conversation[TeachContext] = Conversation(
    begin,
    (
        *shared_rows(LIVE, S.QUESTION, resume, S.TEACHING),
        row(S.QUESTION, C.YES, start, S.TEACHING),
        row(S.QUESTION, C.NO, decline, S.CLOSING),
        row(S.QUESTION, C.REPEAT, asking.repeat_question),
        row(S.TEACHING, LESSON, said, *HALTS, S.PAUSED),
        row(S.TEACHING, C.SHARP_PAIN, pain, *HALTS),
        row(S.TEACHING, C.UNWELL, safety_dialog.unwell, S.ASK_BREATHING, S.ASK_HELP, S.CLOSING),
        row(S.TEACHING, C.EMERGENCY, alarms.emergency, S.CLOSING),
        row(S.TEACHING, C.URGENT, alarms.urgent, S.CLOSING),
        row(S.TEACHING, C.REPEAT, repeat),
        row(S.TEACHING, C.NEVER_MIND, leave_out, S.CLOSING),
        row(S.TEACHING, C.END, enough, S.CLOSING),
    ),
    (
        *follows((), (S.TEACHING, *sorted(GRAVE, key=lambda s: s.value))),
        Follow(here(S.QUESTION), Next.UNANSWERED, unanswered, (S.CLOSING,), "no answer"),
        Follow(here(S.TEACHING), Next.NOT_SAID, not_said, (S.CLOSING,), "not said"),
    ),
    (called(LIVE), NOISE, Unheard(here(S.TEACHING), unclear)),
    deaf=asking.deaf,
    inaudible=asking.inaudible,
    restored=resume,
    helped=alarms.helper_told,
)


class TeachDialog(Dialog[TeachContext]):
    """Asks for each of `forms`; `takes` has what was said of them so far.

    `offered`: ask first whether the user wants it; `declined` tells that they do not. `learns`
    tells whether a form is learned, of which the user is told at the end. The outcome
    is "done" however much was said, "unanswered" without an answer to the offer.
    """

    def __init__(
        self,
        forms: Sequence[str],
        prompts: Prompts,
        lengths: Lengths,
        helper: bool = False,
        offered: bool = False,
        learns: Learns = bool,
    ) -> None:
        context = TeachContext(
            State.TEACHING,
            lines=prompts,
            rendered=lengths,
            forms=tuple(forms),
            helper=helper,
            offered=offered,
            learns=learns,
        )
        super().__init__(TEACHING, context)

    @property
    def takes(self) -> Mapping[str, Sequence[tuple[float, ...]]]:
        """Form -> an embedding for each time it was said."""
        return self._s.takes

    @property
    def declined(self) -> bool:
        """Whether the user does not want it."""
        return self._s.declined
