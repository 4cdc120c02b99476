"""The menu of a coach that is always on: asleep until it is called by name, then one wish by voice.

Asleep it says nothing, and no command but its name is live: there is nothing that could be halted.
Further commands have two places: what is answered from what is known stands in `Menu.answers` and
`ANSWERED`, and what is to be done stands in `CHOSEN` and is done by `app.serve`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Final

from voicecoach.dialog import alarms, asking, ending, reprompts, safety_dialog
from voicecoach.dialog.before_session import (
    BeforeSession,
    go_on,
    pain,
    shared_lines,
    shared_rows,
)
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.menu import Choice, Menu, Proposal
from voicecoach.dialog.next import Next
from voicecoach.dialog.reprompts import Ladder
from voicecoach.dialog.safe_position import Person
from voicecoach.dialog.shared_rows import GRAVE, NOISE, called, follows
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation, Follow, Unheard, here, row
from voicecoach.language.phrasebook import Command, Meaning
from voicecoach.language.prompts import Prompts
from voicecoach.track import CHIME, Lengths, silence

C, S = Command, State

ANSWERED: Final = (
    C.WHAT_THERE, C.THIS_WEEK, C.LAST_TIME, C.PROGRESS, C.COMMANDS, C.FAVOURITES, C.CHANGES,
    C.MY_MIX,
)  # fmt: skip
"""Questions that are answered from what is known, after which the coach listens on."""

CHOSEN: Final = (
    C.WISH, C.PLACE, C.ROLL, C.SAME, C.START, C.PUT_BACK, C.HEAR_ME, C.LIKE, C.UNLIKE, C.REMIND,
)  # fmt: skip
"""What is done outside the conversation: it ends, and `MenuDialog.choice` says what."""

NAMED: Final = (C.LEAVE_OUT, C.COUNT, C.MIX_IN, C.MIX_OUT)
"""The same, but of an exercise that has to be named."""

LEAVING: Final = (C.GOOD_NIGHT, C.END, C.NEVER_MIND, C.STOP)
"""What sends the coach to sleep."""

PUT_OFF: Final = {C.LATER: "remind_later", C.NEVER_AGAIN: "remind_off"}
"""Answers to a reminder besides yes and no, each with what is said then."""

LINES: Final = (
    "menu_taken", "menu_unknown", "menu_good_night", "menu_nothing", "menu_which",
    *PUT_OFF.values(),
)  # fmt: skip


def menu_lines(menu: Menu, proposal: Proposal | None, prompts: Prompts) -> list[str]:
    """Return every line of it, to be rendered before."""
    offered = [*proposal.says, proposal.question] if proposal else []
    return [CHIME, *map(prompts.say, LINES), *menu.lines, *offered, *shared_lines(prompts)]


@dataclass
class MenuContext(BeforeSession):
    """The mutable part of the menu."""

    menu: Menu = field(kw_only=True)
    offer: Proposal | None = field(default=None, kw_only=True)
    """What a yes chooses."""
    choice: Choice | None = None
    woken: bool = False
    """Whether the coach was called."""
    missed: bool = False
    """Whether something was said that is no command, since the coach was called."""

    STOPPED_HINT: ClassVar[str] = "paused_hint"
    LADDERS: ClassVar[Mapping[State, Ladder]] = reprompts.MENU
    SAVED: ClassVar[tuple[str, ...]] = (*BeforeSession.SAVED, "offer", "choice", "woken", "missed")

    @property
    def person(self) -> Person:
        """Nothing is known of a pregnancy."""
        return Person.UNASKED

    def goodbye(self) -> list[str]:
        """Return nothing: the coach falls asleep, and does not leave."""
        return []


def begin(s: MenuContext) -> None:
    """Sleep; or put the question with which it begins."""
    if s.offer:
        _propose(s, s.offer, *([CHIME] if s.offer.reminds else []))
    else:
        sleep(s)


def sleep(s: MenuContext) -> None:
    """Say nothing, but that the sound was gone, and wait for the name."""
    s.offer, s.missed, s.asking.open = None, False, None
    news = [s.line(key) for key in s.turn.news]
    quiet = silence(s.menu.fresh)
    s.enter(S.IDLE, s.speak(news).then(quiet) if news else quiet, Next.RESTED)


def wake(s: MenuContext) -> None:
    """Chime, and ask what is to be asked first, or listen."""
    again, s.woken = s.woken, True
    if s.menu.first and not again:
        _propose(s, s.menu.first, CHIME)
    else:
        _listen(s, [CHIME])


def _listen(s: MenuContext, lines: Sequence[str]) -> None:
    s.offer = None
    s.asking.text = lines[-1]
    asking.wait(s, S.MENU, lines)


def _propose(s: MenuContext, offer: Proposal, *before: str) -> None:
    s.offer = offer
    asking.put(s, S.QUESTION, offer.question, "menu")
    asking.wait(s, S.QUESTION, [*before, *offer.says, offer.question])


def answer(s: MenuContext) -> None:
    """Tell what was asked, and listen on."""
    assert s.turn.heard is not None
    s.hush()
    _listen(s, s.menu.answers.get(s.turn.heard.command) or [s.line("menu_nothing")])


def choose(s: MenuContext) -> None:
    """Take what was wished for, and be over."""
    heard = s.turn.heard
    assert heard is not None
    if heard.command in NAMED and not heard.thing:
        s.hush()
        _listen(s, [s.line("menu_which")])
        return
    _take(s, Choice(heard.command, heard.number, heard.region, heard.thing))


def accept(s: MenuContext) -> None:
    """Take what was proposed."""
    assert s.offer is not None
    _take(s, s.offer.choice)


def put_off(s: MenuContext) -> None:
    """Put a reminder off, or for good; any other question is left."""
    heard, offer = s.turn.heard, s.offer
    assert heard is not None
    s.hush()
    if offer is None or not offer.reminds:
        sleep(s)
        return
    s.choice = Choice(heard.command, sure=True)
    s.conclude([s.line(PUT_OFF[heard.command])], "chosen")


def _take(s: MenuContext, choice: Choice) -> None:
    s.hush()
    s.choice = choice
    s.conclude([s.line("menu_taken")], "chosen")


def decline(s: MenuContext) -> None:
    """Not what was proposed: listen for something else."""
    s.hush()
    _listen(s, [CHIME])


def unknown(s: MenuContext) -> None:
    """Something else was said: propose what is usual; the second time, be quiet."""
    if s.missed or s.menu.usual is None:
        return
    s.missed = True
    s.hush()
    _propose(s, s.menu.usual, s.line("menu_unknown"))


def leave(s: MenuContext) -> None:
    """Sleep again; a farewell is returned."""
    assert s.turn.heard is not None
    s.hush()
    if s.turn.heard.command is C.GOOD_NIGHT:
        s.conclude([s.line("menu_good_night")], "idle")
    else:
        sleep(s)


def rested(s: MenuContext) -> None:
    """Nothing was wanted for a while: be over, so that what is known can be made again."""
    s.ending.take("idle")
    ending.finish(s)


def resume(s: MenuContext) -> None:
    """Go on after a halt: with the alarm or the safety question, or else listen."""
    if not go_on(s):
        _listen(s, [CHIME])


def deaf(s: MenuContext) -> None:
    """S26: asleep there is nothing to be said; else as in every conversation."""
    if s.state is not S.IDLE:
        asking.deaf(s)


def restored(s: MenuContext) -> None:
    """After a restart: asleep, unless a question about a complaint is open."""
    if s.state in {S.IDLE, S.MENU, S.QUESTION}:
        sleep(s)
    else:
        resume(s)


AWAKE: Final = here({S.MENU, S.QUESTION})
AFTER_HALT: Final = (S.MENU, *sorted(GRAVE, key=lambda s: s.value))
OPEN: Final = (S.ASK_BREATHING, S.ASK_HELP, S.ASK_PASSED, S.STOPPED, S.CLOSING)
LIVE = here({S.STOPPED, S.PAUSED, S.CLOSING}) | GRAVE

MENU: Conversation[MenuContext] = Conversation(
    begin,
    (
        row({S.IDLE, *AWAKE}, C.NAME, wake, S.MENU, S.QUESTION),
        row(AWAKE, ANSWERED, answer, S.MENU),
        row(AWAKE, CHOSEN, choose, S.CLOSING),
        row(AWAKE, NAMED, choose, S.MENU, S.CLOSING),
        row(S.MENU, C.NEVER_AGAIN, choose, S.CLOSING),
        row(S.QUESTION, C.YES, accept, S.CLOSING),
        row(S.QUESTION, C.NO, decline, S.MENU),
        row(S.QUESTION, tuple(PUT_OFF), put_off, S.IDLE, S.CLOSING),
        row(AWAKE, LEAVING, leave, S.IDLE, S.CLOSING),
        row(AWAKE, C.REPEAT, asking.repeat_question),
        *shared_rows(LIVE, None, resume, *AFTER_HALT),
        row(AWAKE, (C.PAIN, C.SHARP_PAIN), pain, *OPEN),
        row(AWAKE, C.UNWELL, safety_dialog.unwell, *OPEN),
        row(AWAKE, C.HELP, safety_dialog.need_help, *OPEN),
        row(AWAKE, C.EMERGENCY, alarms.emergency, S.CLOSING),
        row(AWAKE, C.URGENT, alarms.urgent, S.CLOSING),
    ),
    (
        *follows((), tuple(sorted(GRAVE, key=lambda s: s.value))),
        Follow(AWAKE, Next.UNANSWERED, sleep, (S.IDLE,), "no answer"),
        Follow(here(S.IDLE), Next.RESTED, rested, (S.ENDED,), "a quarter of an hour"),
    ),
    (called(LIVE | AWAKE), NOISE, Unheard(AWAKE, unknown, distinct=True)),
    deaf=deaf,
    inaudible=asking.inaudible,
    restored=restored,
    helped=alarms.helper_told,
)


class MenuDialog(Dialog[MenuContext]):
    """Sleeps, wakes by its name, and takes one wish; or begins with the question of `proposal`.

    The outcome is "chosen" with a `choice`, "idle" where nothing was wanted, or that of an alarm.
    """

    def __init__(
        self,
        menu: Menu,
        prompts: Prompts,
        lengths: Lengths,
        helper: bool = False,
        proposal: Proposal | None = None,
    ) -> None:
        context = MenuContext(
            State.IDLE, lines=prompts, rendered=lengths, menu=menu, helper=helper, offer=proposal
        )
        super().__init__(MENU, context)

    @property
    def names(self) -> Mapping[str, Meaning]:
        """The forms that name an exercise or a routine."""
        return self._s.menu.names

    @property
    def woken(self) -> bool:
        """Whether the coach was called."""
        return self._s.woken

    @property
    def blocked(self) -> bool:
        """Whether something was told with which no session may be led until a doctor was seen."""
        return self._s.ending.blocked

    @property
    def choice(self) -> Choice | None:
        """What the user wants to be done."""
        return self._s.choice
