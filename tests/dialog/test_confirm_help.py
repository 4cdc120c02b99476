"""A call for help that was not understood for certain: quiet, a question, and the helper (S25)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.dialog.driver import Driver, good_plan, wakings
from tests.dialog.test_every_answer import CONVERSATIONS, ways
from tests.english import SAY
from voicecoach.dialog.effects import CallHelper, Effect, Hush, Play
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Heard, Unclear
from voicecoach.dialog.states import EXERCISE, State
from voicecoach.language.phrasebook import Command
from voicecoach.units import Ms

C, S = Command, State
SILENCE = 300_000
QUESTION = SAY.say("ask_help")
MAYBE = {"near_halt": True, "for_help": True}


def everywhere() -> Iterator[tuple[Dialog[Any], Ms]]:
    """Yield each conversation at each of its places where no helper was called, and it is awake."""
    for name in CONVERSATIONS:
        for make in ways(name).values():
            dialog, now = make()
            if not dialog._s.ending.alarmed and dialog.state not in (S.ENDED, S.IDLE):
                yield dialog, now


def passing(dialog: Dialog[Any], now: int, ms: int) -> list[Effect]:
    """Let time pass, and return what that brings."""
    return [one for woke in wakings(dialog, now + ms) for one in dialog.handle(woke)]


@pytest.mark.rule("S25")
def test_everywhere_it_goes_quiet_and_asks_about_help() -> None:
    """The question comes alone, and not "did you say stop?"."""
    places = 0
    for dialog, now in everywhere():
        before, places = dialog.state, places + 1
        effects = dialog.handle(Unclear(now, **MAYBE))
        assert isinstance(effects[0], Hush), before
        assert dialog.state is S.ASK_HELP, before
        said = [e.cue.text for e in (*effects, *passing(dialog, now, 3000)) if isinstance(e, Play)]
        assert said in ([QUESTION], [SAY.say("ask_help_again")]), before
    assert places > 40


@pytest.mark.rule("S25")
@pytest.mark.parametrize("answer", [C.YES, None])
def test_a_yes_and_silence_call_the_helper(answer: C | None) -> None:
    """As after any other complaint."""
    for dialog, now in everywhere():
        dialog.handle(Unclear(now, **MAYBE))
        effects = dialog.handle(Heard(Ms(now + 3000), answer, Ms(now + 3000))) if answer else []
        effects += passing(dialog, now, SILENCE)
        assert any(isinstance(effect, CallHelper) for effect in effects), dialog.state


@pytest.mark.parametrize("state", sorted(EXERCISE, key=lambda state: state.value))
def test_a_no_stays_halted(state: State) -> None:
    """Nothing goes on but by a word (S29), and then where it was."""
    driver = Driver(good_plan())
    driver.reach(state)
    driver.give(Unclear(driver.now, **MAYBE))
    driver.wait(2000)
    driver.say(C.NO)
    assert driver.state is S.STOPPED
    driver.wait(10_000)
    assert driver.state is S.STOPPED
    driver.say(C.RESUME)
    driver.reach(state)
    assert not driver.helped


def test_a_helper_who_was_called_is_not_asked_about() -> None:
    """The alarm is said to its end."""
    driver = Driver(good_plan())
    driver.reach(S.COUNTING)
    driver.say(C.EMERGENCY)
    driver.wait(1000)
    assert driver.give(Unclear(driver.now, **MAYBE)) == []
    assert driver.state is S.CLOSING
