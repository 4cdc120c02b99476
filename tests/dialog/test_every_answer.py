"""Every row of every conversation, with all that it brings, compared with files.

``pytest tests/dialog/test_every_answer.py --update-golden`` writes the files anew. A row of several
states is tried in its first, middle and last one; every state is also left in silence to its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.dialog.driver import length
from tests.dialog.noted import Noted
from tests.dialog.test_table import WAYS, at
from tests.english import BOOK, SAY
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Heard, Restored, Started, Unclear
from voicecoach.dialog.lesson import lesson_of
from voicecoach.dialog.menu import Choice, Menu, Proposal
from voicecoach.dialog.menu_dialog import MENU, MenuDialog
from voicecoach.dialog.refusal_dialog import REFUSAL, RefusalDialog
from voicecoach.dialog.screening_dialog import SCREENING, ScreeningDialog
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.sound_dialog import CHECK, SoundDialog
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.dialog.teach_dialog import TEACHING, TeachDialog
from voicecoach.dialog.transitions import Conversation
from voicecoach.dialog.unfinished_dialog import UNFINISHED, CutOff, UnfinishedDialog
from voicecoach.language.phrasebook import Command
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

FOLDER = Path(__file__).parent / "golden"
C, S = Command, State

LATER = 700
"""Milliseconds in a state before the answer: in the middle of a line."""
AFTER = 3000
"""Milliseconds for which what follows an answer is noted."""
SILENCE = 1_200_000
"""Milliseconds in which every state but one of an exercise comes to its end."""
A_WHILE = 30_000

NUMBERS, REGIONS = (0, 4, 8), ("hip", "chest", "knee")

Make = Callable[[], tuple[Dialog[Any], Ms]]
"""Returns a dialog in some state, and the time there."""


def session_in(state: State) -> Make:
    """Return a session in `state`: each time one that goes on from the saved first."""
    driver = at(state)
    driver.wait(LATER)
    text = driver.session.save()

    def again() -> tuple[Dialog[Any], Ms]:
        driver.session.load(text)
        return driver.session, driver.now

    return again


def led(make: Callable[[], Dialog[Any]], *commands: Command, apart: int = 9000) -> Make:
    """Return a conversation before a session, after some answers."""

    def anew() -> tuple[Dialog[Any], Ms]:
        noted = Noted(make(), Ms(0))
        noted.give(Started(Ms(0)))
        for command in commands:
            noted.wait(apart)
            noted.give(Heard(noted.now, command, noted.now))
        noted.wait(LATER)
        return noted.dialog, noted.now

    return anew


def screening() -> Dialog[Any]:
    """Return the health questions."""
    return ScreeningDialog(Screening.start(Profile(), date(2026, 1, 1)), SAY, length)


def refusal() -> Dialog[Any]:
    """Return a refusal that offers calm breathing."""
    declined = Declined("S20", ("You are unwell.",), ("Rest today.",), breathing=True)
    return RefusalDialog(declined, SAY, length)


def teaching() -> Dialog[Any]:
    """Return the lesson, after it was offered."""
    return TeachDialog(lesson_of(BOOK), SAY, length, offered=True)


def menu() -> Dialog[Any]:
    """Return the menu, asleep."""
    usual = Proposal((), "Shall we do Two moves?", Choice(C.START, thing="two"))
    return MenuDialog(Menu({C.THIS_WEEK: ("One session.",)}, usual), SAY, length)


def asked() -> Dialog[Any]:
    """Return the menu with a question."""
    return MenuDialog(Menu(), SAY, length, proposal=Proposal((), "Shall we?", Choice(C.SAME)))


def sound() -> Dialog[Any]:
    """Return the sound check."""
    return SoundDialog(SAY, length, lambda: ["All is well."])


CUT = CutOff("The last session was cut off in Bridge.", open=False, lie_left=False)


def unfinished() -> Dialog[Any]:
    """Return the offer to go on with a session that was cut off."""
    return UnfinishedDialog(CUT, SAY, length)


WAYS_BEFORE: dict[str, dict[State, Make]] = {
    "screening": {
        S.QUESTION: led(screening),
        S.STOPPED: led(screening, C.STOP),
        S.PAUSED: led(screening, C.PAUSE),
        S.ASK_BREATHING: led(screening, C.NO, C.UNWELL),
        S.ASK_PASSED: led(screening, C.NO, C.UNWELL, C.NO),
        S.ASK_HELP: led(screening, C.HELP),
        S.CLOSING: led(screening, C.END),
    },
    "refusal": {
        S.OFFER_BREATHING: led(refusal),
        S.STOPPED: led(refusal, C.STOP),
        S.PAUSED: led(refusal, C.PAUSE),
        S.ASK_BREATHING: led(refusal, C.UNWELL),
        S.ASK_PASSED: led(refusal, C.UNWELL, C.NO),
        S.ASK_HELP: led(refusal, C.HELP),
        S.BREATHING: led(refusal, C.YES),
        S.CLOSING: led(refusal, C.NO),
    },
    "teaching": {
        S.QUESTION: led(teaching),
        S.TEACHING: led(teaching, C.YES),
        S.STOPPED: led(teaching, C.YES, C.STOP),
        S.PAUSED: led(teaching, C.YES, C.PAUSE),
        S.ASK_BREATHING: led(teaching, C.YES, C.UNWELL),
        S.ASK_PASSED: led(teaching, C.UNWELL, C.NO),
        S.ASK_HELP: led(teaching, C.YES, C.HELP),
        S.CLOSING: led(teaching, C.NO),
    },
    "menu": {
        S.IDLE: led(menu),
        S.MENU: led(menu, C.NAME, apart=3000),
        S.QUESTION: led(asked),
        S.STOPPED: led(menu, C.NAME, C.PAIN, apart=3000),
        S.PAUSED: led(menu, C.NAME, C.PAIN, C.PAUSE, apart=3000),
        S.ASK_BREATHING: led(asked, C.UNWELL, apart=3000),
        S.ASK_PASSED: led(asked, C.UNWELL, C.NO, apart=3000),
        S.ASK_HELP: led(asked, C.HELP, apart=3000),
        S.CLOSING: led(asked, C.YES, apart=3000),
    },
    "sound": {
        S.SOUND: led(sound),
        S.STOPPED: led(sound, C.PAIN),
        S.PAUSED: led(sound, C.PAIN, C.PAUSE),
        S.ASK_BREATHING: led(sound, C.UNWELL),
        S.ASK_PASSED: led(sound, C.UNWELL, C.NO),
        S.ASK_HELP: led(sound, C.HELP),
        S.CLOSING: led(sound, C.EMERGENCY),
    },
    "unfinished": {
        S.QUESTION: led(unfinished),
        S.STOPPED: led(unfinished, C.STOP),
        S.PAUSED: led(unfinished, C.PAUSE),
        S.ASK_BREATHING: led(unfinished, C.UNWELL),
        S.ASK_PASSED: led(unfinished, C.UNWELL, C.NO),
        S.ASK_HELP: led(unfinished, C.HELP),
        S.CLOSING: led(unfinished, C.NO),
    },
}


@cache
def ways(name: str) -> dict[State, Make]:
    """Return how to get a dialog of that conversation in each of its states."""
    if name == "session":
        states = sorted(set(WAYS) - {S.ENDED}, key=lambda state: state.value)
        return {state: session_in(state) for state in states}
    return WAYS_BEFORE[name]


CONVERSATIONS: dict[str, Conversation[Any]] = {
    "session": SESSION,
    "screening": SCREENING,
    "refusal": REFUSAL,
    "teaching": TEACHING,
    "menu": MENU,
    "sound": CHECK,
    "unfinished": UNFINISHED,
}


def heard(command: Command, now: Ms) -> list[Heard]:
    """Return what may be heard for `command`: some numbers, some regions, or the command."""
    if command is C.NUMBER:
        return [Heard(now, command, now, number, None) for number in NUMBERS]
    if command is C.PLACE:
        return [Heard(now, command, now, None, region) for region in REGIONS]
    return [Heard(now, command, now)]


def answers(name: str) -> Iterator[str]:
    """Yield what each row brings, tried in up to three of its states."""
    for row in CONVERSATIONS[name].rows:
        states = sorted((s for s in row.states if s in ways(name)), key=lambda state: state.value)
        for state in dict.fromkeys((states[0], states[len(states) // 2], states[-1])):
            for command in row.commands[:2]:
                for nth in range(len(heard(command, Ms(0)))):
                    noted = Noted(*ways(name)[state]())
                    what = heard(command, noted.now)[nth]
                    noted.give(what)
                    noted.wait(AFTER)
                    value = what.region if what.number is None else what.number
                    told = command.value if value is None else f"{command.value} {value}"
                    yield f"{state.value}, {told}: {'; '.join(noted.lines)}"


def others(name: str) -> Iterator[str]:
    """Yield what each state brings after something unclear, a near halt word, a restart."""
    for state, make in ways(name).items():
        kinds: tuple[tuple[str, Callable[[Ms], Event]], ...] = (
            ("unclear", Unclear),
            ("near a halt word", lambda now: Unclear(now, near_halt=True)),
            ("restart", Restored),
        )
        for what, event in kinds:
            noted = Noted(*make())
            for _ in range(3 if what == "unclear" else 1):
                noted.give(event(noted.now))
                noted.wait(AFTER)
            yield f"{state.value}, {what}: {'; '.join(noted.lines)}"


def silences(name: str) -> Iterator[str]:
    """Yield what each state brings when nothing is said."""
    for state, make in ways(name).items():
        noted = Noted(*make())
        noted.wait(A_WHILE if state in EXERCISE | {S.WELCOME, S.BREATHING} else SILENCE)
        yield f"{state.value}, silence: {'; '.join(noted.lines)}"


@pytest.mark.parametrize("name", sorted(CONVERSATIONS))
@pytest.mark.parametrize("kind", [answers, others, silences])
def test_everything_goes_as_written(
    name: str, kind: Callable[[str], Iterator[str]], request: pytest.FixtureRequest
) -> None:
    """What is said, logged and done is what the file says, to the millisecond."""
    path = FOLDER / f"every_{kind.__name__}.{name}.golden"
    text = "\n".join(kind(name)) + "\n"
    if request.config.getoption("--update-golden"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text
