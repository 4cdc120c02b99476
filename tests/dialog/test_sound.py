"""The sound check: a soft "stop" at three loudnesses of the coach's, and what it means."""

from __future__ import annotations

import pytest

from tests.dialog.driver import length
from tests.dialog.test_before_session import Listener
from tests.english import SAY
from voicecoach.dialog.effects import Loudness, Play
from voicecoach.dialog.events import Event, Heard
from voicecoach.dialog.sound_dialog import LOUDNESSES, PROMPTS, SoundDialog, sound_lines
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command

C, S = Command, State
RESULT = "I hear you well."


class Listened(Listener):
    """Someone who lets the coach check the sound."""

    def __init__(self) -> None:
        self.loudness = 0.0
        self.loud: dict[str, float] = {}
        self.check = SoundDialog(SAY, length, lambda: [RESULT])
        super().__init__(self.check, [*sound_lines(SAY), RESULT])

    def give(self, event: Event) -> bool:
        """Hand over an event, and note how loud each line is."""
        handle = self.dialog.handle

        def noting(told: Event) -> list[object]:
            effects = handle(told)
            for effect in effects:
                if isinstance(effect, Loudness):
                    self.loudness = effect.db
                elif isinstance(effect, Play):
                    self.loud[effect.cue.text] = self.loudness
            return list(effects)

        self.dialog.handle = noting  # type: ignore[assignment,method-assign]
        try:
            return super().give(event)
        finally:
            self.dialog.handle = handle  # type: ignore[method-assign]


def test_three_stops_at_three_loudnesses() -> None:
    """Each is noted with the time in which it was waited for; then the result, as loud as usual."""
    tester = Listened()
    tester.wait(20_000)
    for _ in LOUDNESSES:
        tester.give(Heard(tester.now, C.STOP, tester.now))
        tester.wait(6000)
    assert tester.finished == ["done"]
    assert [tester.loud[SAY.say(key)] for key in PROMPTS] == list(LOUDNESSES)
    assert tester.loud[RESULT] == 0.0
    assert len(tester.check.said) == len(LOUDNESSES)
    assert all(begin < end for begin, end in tester.check.said)
    assert tester.texts()[-1] == RESULT


def test_what_is_not_heard_is_no_answer_and_it_goes_on() -> None:
    """Whoever is missed, or says nothing, learns that too; no helper is called."""
    tester = Listened()
    tester.wait(60_000)
    assert tester.finished == ["done"]
    assert len(tester.check.said) == len(LOUDNESSES)
    assert tester.helped == []


@pytest.mark.rule("S7")
def test_a_complaint_is_one_here_too() -> None:
    """Only "stop" is an answer; what the coach says to a complaint is as loud as usual."""
    tester = Listened()
    tester.say(C.PAIN)
    assert tester.dialog.state is S.STOPPED
    assert tester.loudness == 0.0
    tester.say(C.RESUME)
    assert tester.dialog.state is S.SOUND
    assert tester.loudness == LOUDNESSES[0]
    tester.say(C.EMERGENCY)
    assert tester.loudness == 0.0
    tester.wait(60_000)
    assert tester.finished == ["emergency"]


def test_what_is_said_again_is_as_loud_as_before() -> None:
    """Or the "stop" would be measured over a coach of the wrong loudness."""
    tester = Listened()
    for key, loudness in zip(PROMPTS, LOUDNESSES, strict=True):
        while SAY.say(key) not in tester.loud and not tester.finished:
            tester.wait(100)
        del tester.loud[SAY.say(key)]
        tester.give(Heard(tester.now, C.REPEAT, tester.now))
        tester.wait(1000)
        assert tester.loud[SAY.say(key)] == tester.loudness == loudness
        tester.give(Heard(tester.now, C.STOP, tester.now))


def test_it_can_be_left() -> None:
    """The loudness is the usual one again."""
    tester = Listened()
    tester.say(C.END)
    tester.wait(2000)
    assert tester.finished == ["ended"]
    assert tester.loudness == 0.0
