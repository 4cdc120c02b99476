"""What is said on a walk, and what a complaint owes before anything goes on."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.dialog.events import Event, Heard, Restored, Unclear
from voicecoach.dialog.states import EXERCISE, OFFERS, State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

C, S = Command, State

COMPLAINTS = (C.PAIN, C.SHARP_PAIN, C.UNWELL, C.HELP, C.TOO_MUCH, C.EMERGENCY, C.URGENT)
ALARMS = (C.EMERGENCY, C.URGENT)
OWED: dict[Command, frozenset[str]] = {
    C.PAIN: frozenset({"score"}),
    C.SHARP_PAIN: frozenset({"offer"}),
    C.UNWELL: frozenset({"breath", "passed", "offer"}),
    C.HELP: frozenset({"help", "matter"}),
    C.TOO_MUCH: frozenset({"effort", "offer"}),
    C.EMERGENCY: frozenset(),
    C.URGENT: frozenset(),
}
"""What has to be answered, in so many words, before a load comes again."""
OWED_BEFORE = {**{c: some - {"score", "offer"} for c, some in OWED.items()}}
"""The same before a session: pain is a stop there."""
GOES_ON = {
    "session": EXERCISE | {S.WELCOME},
    "screening": frozenset({S.QUESTION}),
    "refusal": frozenset({S.OFFER_BREATHING, S.BREATHING}),
}
"""States in which a conversation goes on: in a session a load, or what leads to it."""

YES = frozenset({C.YES, C.RESUME, C.EASIER, C.START, C.NEXT, C.READY})
PAID: dict[str, tuple[frozenset[State], frozenset[Command]]] = {
    "score": (frozenset({S.ASK_SCORE, S.CHECK_SCORE}), frozenset({C.NUMBER, C.NOT_SURE})),
    "breath": (frozenset({S.ASK_BREATHING}), frozenset({C.NO})),
    "passed": (frozenset({S.ASK_PASSED}), frozenset({C.YES})),
    "help": (frozenset({S.ASK_HELP}), frozenset({C.NO})),
    "matter": (
        frozenset({S.ASK_HURT, S.ASK_PASSED}),
        frozenset({C.YES, C.NO, C.NOT_SURE, C.PAIN, C.SHARP_PAIN}),
    ),
    "effort": (
        frozenset({S.ASK_EFFORT}),
        frozenset({C.YES, C.NO, C.NOT_SURE, C.PAIN, C.SHARP_PAIN}),
    ),
    "offer": (OFFERS, YES),
}
"""Where each of them is answered, and by which words."""


PERHAPS_HELP = "perhaps help"
"""What may have been a call for help."""


@dataclass(frozen=True, slots=True)
class Word:
    """Something that happens at a place of a walk."""

    name: str
    command: Command | None = None
    number: int | None = None
    region: str | None = None

    def event(self, now: Ms) -> Event | None:
        """Return it as an event; None is a silence."""
        if self.command:
            return Heard(now, self.command, now, self.number, self.region)
        others: dict[str, Event] = {
            "restart": Restored(now),
            "noise": Unclear(now),
            PERHAPS_HELP: Unclear(now, near_halt=True, for_help=True),
        }
        return others.get(self.name)


def word(command: Command, number: int | None = None, region: str | None = None) -> Word:
    """Return a command of the user."""
    value = region if number is None else number
    return Word(
        command.value if value is None else f"{command.value} {value}", command, number, region
    )


WORDS = (
    *(word(C.NUMBER, n) for n in (1, 4, 8)),
    *(word(C.PLACE, region=region) for region in ("low-back", "chest", "knee")),
    word(C.PAIN), word(C.PAIN, region="low-back"), *(word(c) for c in COMPLAINTS[1:]),
    *(word(c) for c in (C.YES, C.NO, C.NOT_SURE, C.STOP, C.PAUSE, C.RESUME, C.NEXT, C.BACK,
                        C.EASIER, C.READY, C.START, C.DONE, C.NEVER_MIND, C.STOP_COUNTING, C.END,
                        C.REPEAT)),
    Word("restart"), Word("noise"), Word("silence"), Word(PERHAPS_HELP),
)  # fmt: skip


FEW = tuple(
    one for one in WORDS
    if one.number != 4
    and one.region != "knee"
    and one.command not in (C.BACK, C.START, C.DONE, C.NEVER_MIND, C.STOP_COUNTING, C.REPEAT)
)  # fmt: skip
"""Those of the usual run: one of each kind that leads on alike."""
CORE = tuple(
    one for one in FEW
    if one.command in (C.YES, C.NO, C.RESUME, C.END, C.UNWELL, C.SHARP_PAIN, C.STOP)
    or one.number == 8
    or one.region == "low-back"
)  # fmt: skip
"""Those that lead furthest."""
