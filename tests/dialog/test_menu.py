"""The menu of a coach that is always on: asleep, called, one wish, asleep again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialog.driver import length
from tests.dialog.test_before_session import Listener
from tests.english import SAY
from voicecoach.dialog.events import Failed, Heard, Recovered, Unclear
from voicecoach.dialog.menu import Choice, Menu, Proposal
from voicecoach.dialog.menu_dialog import ANSWERED, MENU, MenuDialog, menu_lines
from voicecoach.dialog.states import State
from voicecoach.language.phrasebook import Command
from voicecoach.track import CHIME
from voicecoach.units import Ms

C, S = Command, State

USUAL = Proposal((), "Shall we do Two moves?", Choice(C.START, thing="two"))
SOUND = Proposal(("It is the first day.",), "Shall we?", Choice(C.HEAR_ME))
WEEK = "In the last seven days: one session."
MENU_OF_TODAY = Menu({C.THIS_WEEK: (WEEK,), C.WHAT_THERE: ("There is Two moves.",)}, USUAL)


class Caller(Listener):
    """Someone in the room of a coach that sleeps."""

    def __init__(self, menu: Menu = MENU_OF_TODAY, proposal: Proposal | None = None) -> None:
        self.menu = MenuDialog(menu, SAY, length, proposal=proposal)
        super().__init__(self.menu, menu_lines(menu, proposal, SAY))

    def call(self) -> None:
        """Call the coach by its name, and wait for the chime to end."""
        self.say(C.NAME)
        self.wait(1500)

    def hear(
        self,
        command: Command,
        number: int | None = None,
        region: str | None = None,
        thing: str = "",
    ) -> None:
        """Say something that has a number, or names a part of the body or an exercise."""
        self.wait(500)
        self.give(Heard(self.now, command, self.now, number, region, thing=thing))


def test_asleep_only_the_name_is_live_and_nothing_is_said() -> None:
    """Whatever else is heard, for a quarter of an hour; then what is known is made again."""
    caller = Caller()
    assert caller.live == {C.NAME}
    for command in Command:
        if command is not C.NAME:
            caller.give(Heard(caller.now, command, caller.now))
    caller.give(Unclear(caller.now, near_halt=True, for_help=True, distinct=True))
    caller.wait(14 * 60_000)
    assert caller.texts() == []
    assert caller.dialog.state is S.IDLE
    caller.wait(60_000)
    assert caller.finished == ["idle"]
    assert caller.texts() == []


@pytest.mark.parametrize(
    ("command", "number", "region"),
    [(C.WISH, 10, "low-back"), (C.WISH, 10, None), (C.PLACE, None, "upper-back"),
     (C.ROLL, None, "upper-back"), (C.SAME, None, None)],
)  # fmt: skip
def test_a_wish_is_taken_and_the_conversation_is_over(
    command: Command, number: int | None, region: str | None
) -> None:
    """It chimes, listens, says two words, and ends with the choice."""
    caller = Caller()
    caller.call()
    assert caller.texts() == [CHIME]
    caller.hear(command, number, region)
    caller.wait(3000)
    assert caller.finished == ["chosen"]
    assert caller.menu.choice == Choice(command, number, region)
    assert caller.texts() == [CHIME, SAY.say("menu_taken")]


@pytest.mark.parametrize(("command", "number"), [(C.LEAVE_OUT, None), (C.COUNT, 10)])
def test_a_change_needs_the_name_of_the_exercise(command: Command, number: int | None) -> None:
    """Without one the coach says so and listens on; with one it is chosen."""
    caller = Caller()
    caller.call()
    caller.hear(command, number)
    caller.wait(3000)
    assert caller.texts()[-1] == SAY.say("menu_which")
    assert caller.dialog.state is S.MENU
    caller.hear(command, number, thing="cat")
    caller.wait(3000)
    assert caller.finished == ["chosen"]
    assert caller.menu.choice == Choice(command, number, thing="cat")


def test_an_empty_answer_goes_back_to_sleep_quietly() -> None:
    """After eight seconds, without another sound."""
    caller = Caller()
    caller.call()
    caller.wait(10_000)
    assert caller.dialog.state is S.IDLE
    assert caller.texts() == [CHIME]
    caller.call()
    assert caller.dialog.state is S.MENU


def test_a_question_is_answered_and_the_coach_listens_on() -> None:
    """What is not known it says too."""
    caller = Caller()
    caller.call()
    caller.say(C.THIS_WEEK)
    caller.wait(4000)
    assert caller.texts()[-1] == WEEK
    assert caller.dialog.state is S.MENU
    caller.say(C.PROGRESS)
    caller.wait(4000)
    assert caller.texts()[-1] == SAY.say("menu_nothing")


def test_what_fits_nothing_brings_one_proposal() -> None:
    """Yes takes it; no listens; the second time nothing is said."""
    caller = Caller()
    caller.call()
    caller.give(Unclear(caller.now, distinct=True))
    caller.wait(4000)
    assert caller.texts()[-2:] == [SAY.say("menu_unknown"), USUAL.question]
    caller.say(C.YES)
    caller.wait(3000)
    assert caller.menu.choice == USUAL.choice
    other = Caller()
    other.call()
    other.give(Unclear(other.now, distinct=True))
    other.wait(4000)
    other.say(C.NO)
    other.wait(1500)
    assert other.dialog.state is S.MENU
    before = other.texts()
    other.give(Unclear(other.now, distinct=True))
    other.wait(12_000)
    assert other.texts() == before
    assert other.dialog.state is S.IDLE


def test_what_is_asked_first_comes_with_the_chime() -> None:
    """So the sound check is offered; a wish may be said all the same."""
    caller = Caller(Menu(first=SOUND))
    caller.say(C.NAME)
    caller.wait(6000)
    assert caller.texts() == [CHIME, *SOUND.says, SOUND.question]
    caller.hear(C.WISH, 10)
    caller.wait(3000)
    assert caller.menu.choice == Choice(C.WISH, 10)


def test_a_conversation_may_begin_with_a_question() -> None:
    """As after a wish that nothing fits; silence is a no."""
    caller = Caller(proposal=USUAL)
    caller.wait(3000)
    assert caller.texts() == [USUAL.question]
    caller.wait(10_000)
    assert caller.dialog.state is S.IDLE
    assert caller.menu.choice is None


@pytest.mark.rule("S1")
@pytest.mark.parametrize("word", [C.STOP, C.NEVER_MIND, C.END])
def test_a_stop_is_silence_and_sleep(word: Command) -> None:
    """Nothing goes on that could be latched: the coach is silent at once and sleeps."""
    caller = Caller()
    caller.call()
    caller.say(C.WHAT_THERE)
    caller.wait(400)
    assert caller.give(Heard(caller.now, word, caller.now))
    assert caller.dialog.state is S.IDLE
    caller.wait(60_000)
    assert caller.live == {C.NAME}


def test_good_night_is_returned() -> None:
    """And the coach sleeps."""
    caller = Caller()
    caller.call()
    caller.say(C.GOOD_NIGHT)
    caller.wait(4000)
    assert caller.texts()[-1] == SAY.say("menu_good_night")
    assert caller.finished == ["idle"]


@pytest.mark.rule("S7")
def test_an_emergency_is_one_in_the_menu_too() -> None:
    """The number, and the helper; who is only unwell is asked."""
    caller = Caller()
    caller.call()
    caller.say(C.EMERGENCY)
    caller.wait(40_000)
    assert caller.finished == ["emergency"]
    assert caller.helped == ["emergency"]
    dizzy = Caller()
    dizzy.call()
    dizzy.say(C.UNWELL)
    assert dizzy.dialog.state is S.ASK_BREATHING


@pytest.mark.rule("S26")
def test_a_lost_microphone_is_told_awake_only() -> None:
    """Asleep nobody waits for it."""
    caller = Caller()
    caller.give(Failed(caller.now, "recogniser", "gone"))
    caller.wait(60_000)
    assert caller.texts() == []
    caller.call()
    caller.give(Failed(caller.now, "recogniser", "gone"))
    caller.wait(5000)
    assert SAY.say("cannot_hear") in caller.texts()


def test_what_was_gone_in_its_sleep_is_told_when_it_is_back() -> None:
    """The loudspeaker, and the microphone: one sentence each, and it sleeps on."""
    caller = Caller()
    caller.give(Failed(caller.now, "device", "unplugged"))
    caller.give(Recovered(caller.now, "device", 60.0))
    caller.wait(5000)
    assert caller.texts() == [SAY.say("sound_back")]
    caller.give(Failed(caller.now, "recogniser", "unplugged"))
    caller.give(Recovered(caller.now, "recogniser", 60.0))
    caller.wait(5000)
    assert caller.texts()[-1] == SAY.say("hear_again")
    assert caller.dialog.state is State.IDLE


def test_every_question_is_live_while_awake() -> None:
    """Also while a question of the coach's is open."""
    for state in (S.MENU, S.QUESTION):
        assert MENU.live(state) >= {*ANSWERED, C.WISH, C.STOP}


@given(st.lists(st.sampled_from([C.NAME, C.WHAT_THERE, C.NO, C.STOP, C.UNWELL]), max_size=8),
       st.integers(0, 8))  # fmt: skip
def test_it_goes_on_from_where_it_was_saved(words: list[Command], at: int) -> None:
    """Whatever was said before."""
    caller = Caller()
    caller.say(*words[:at])
    other = Caller()
    other.dialog.load(caller.dialog.save())
    other.now = Ms(caller.now)
    for word in words[at:]:
        caller.say(word)
        other.say(word)
        assert other.dialog.state is caller.dialog.state


REMINDER = Proposal(("It is time.",), "Shall we?", Choice(C.START, thing="two"), reminds=True)


@pytest.mark.parametrize(
    ("command", "line"), [(C.LATER, "remind_later"), (C.NEVER_AGAIN, "remind_off")]
)
def test_a_reminder_is_put_off_or_ended(command: Command, line: str) -> None:
    """The coach chimes and asks by itself, confirms, and is over."""
    caller = Caller(proposal=REMINDER)
    caller.wait(4000)
    assert caller.texts() == [CHIME, "It is time.", "Shall we?"]
    caller.say(command)
    caller.wait(3000)
    assert caller.texts()[-1] == SAY.say(line)
    assert caller.menu.choice == Choice(command, sure=True)
    assert caller.finished == ["chosen"]


def test_a_reminder_without_an_answer_is_not_repeated() -> None:
    """No one is there: the coach sleeps."""
    caller = Caller(proposal=REMINDER)
    caller.wait(40_000)
    assert caller.dialog.state is S.IDLE
    assert caller.menu.choice is None


def test_any_other_question_is_left_by_later() -> None:
    """The coach sleeps, and nothing is chosen."""
    caller = Caller(proposal=SOUND)
    caller.wait(4000)
    caller.say(C.LATER)
    caller.wait(1000)
    assert caller.dialog.state is S.IDLE
    assert caller.menu.choice is None
