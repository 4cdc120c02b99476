"""A question of the coach is put where an answer is listened to: a property of words and tables."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from tests.dialog.driver import Driver, wakings
from tests.dialog.hurting import PLAN
from tests.dialog.test_every_answer import CONVERSATIONS, ways
from tests.english import SAY
from tests.routines.shelf import NAMES, load
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Play
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Event, Heard
from voicecoach.dialog.states import WORK, State
from voicecoach.language.phrasebook import Command
from voicecoach.track import lines_of
from voicecoach.units import Ms

C = Command
ANSWERS = (frozenset({C.YES, C.NO}), frozenset({C.NUMBER}), frozenset({C.PLACE}))
"""What a question may be answered by: yes and no, a score, a part of the body."""
SILENCE = 400_000
"""Milliseconds in which every state that waits says all it says."""


def put(name: str) -> Iterator[tuple[str, State]]:
    """Yield every line that is said in a state of a conversation, on the way there and after."""
    for make in ways(name).values():
        dialog, now = make()
        repeat = C.REPEAT in CONVERSATIONS[name].live(dialog.state)
        for event in _events(dialog, now, repeat):
            for effect in dialog.handle(event):
                if isinstance(effect, Play):
                    yield effect.cue.text, dialog.state


def _events(dialog: Dialog[Any], now: Ms, repeat: bool) -> Iterator[Event]:
    if repeat:
        yield Heard(now, C.REPEAT, now)
    yield from wakings(dialog, Ms(now + SILENCE))


def test_every_question_is_listened_to() -> None:
    """Each line with a question mark is put somewhere, and only where its answer is live."""
    found: dict[str, set[tuple[str, State]]] = defaultdict(set)
    for name in CONVERSATIONS:
        for text, state in put(name):
            found[text].add((name, state))
    for state in WORK:  # a mild pain, with and without an easier version
        driver = Driver(PLAN)
        driver.reach(state)
        for command in (C.PAIN, C.NUMBER, C.NO):
            driver.say(command, 1 if command is C.NUMBER else None)
        driver.wait(20_000)
        for sound in driver.sounds:
            found[sound.cue.text].add(("session", sound.state))
    known = Driver(PLAN, Care(asks=True, instructed=True))
    known.reach(State.ASK_START)
    found[known.session._s.asking.text].add(("session", State.ASK_START))
    asking = {key: _said(line, found) for key, line in SAY.lines.items() if "?" in line}
    assert len(asking) > 15
    plain = {key for key in asking if not key.startswith("menu_")}  # those depend on the shelf
    assert {key for key in plain if not asking[key]} == set()
    for key, texts in asking.items():
        for name, state in (place for text in texts for place in found[text]):
            live = CONVERSATIONS[name].live(state)
            assert any(answer <= live for answer in ANSWERS), (key, name, state)


def _said(line: str, found: Iterable[str]) -> list[str]:
    """Return what was said of a line, whatever fills its placeholders."""
    pattern = re.sub(r"\\\{\w+\\\}", ".+", re.escape(line))
    return [text for text in found if re.fullmatch(pattern, text, re.IGNORECASE)]


@pytest.mark.parametrize("name", NAMES)
def test_a_routine_asks_nothing(name: str) -> None:
    """No one listens to an answer in the middle of an exercise."""
    routine = load(name)
    for exercise in routine.exercises:
        said = [*exercise.way_in, *exercise.full, *exercise.start, *exercise.way_out]
        lines = [*lines_of(said), exercise.short, exercise.assess]
        assert not [line for line in lines if "?" in line], exercise.id
