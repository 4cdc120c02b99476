"""The offer to go on with a session that was cut off: one sentence, one question."""

from __future__ import annotations

import pytest

from tests.dialog.driver import length
from tests.dialog.test_before_session import Listener
from tests.english import SAY
from voicecoach.dialog.states import State
from voicecoach.dialog.unfinished_dialog import CutOff, UnfinishedDialog, unfinished_lines
from voicecoach.language.phrasebook import Command
from voicecoach.track import CHIME

C, S = Command, State

SAYS = "The last session was cut off in Bridge."
CUT = CutOff(SAYS, open=False, lie_left=False)
OPEN = CutOff("We were cut off.", open=True, lie_left=False)
OFFER = [CHIME, SAYS, "Shall we go on with it? Yes or no."]


class Returning(Listener):
    """Someone who is back after a power cut, and has heard the question."""

    def __init__(self, cut: CutOff = CUT, helper: bool = False) -> None:
        dialog = UnfinishedDialog(cut, SAY, length, helper)
        super().__init__(dialog, unfinished_lines(cut, SAY))
        self.wait(8000)


@pytest.mark.parametrize(
    ("command", "outcome"),
    [(C.YES, "chosen"), (C.RESUME, "chosen"), (C.NO, "idle"), (C.NOT_SURE, "idle")],
)
def test_only_a_yes_goes_on(command: Command, outcome: str) -> None:
    """It is asked once, and what is not a yes is a no."""
    user = Returning()
    assert user.texts() == OFFER
    user.say(command)
    user.wait(5000)
    assert user.finished == [outcome]
    assert user.texts() == [*OFFER, "All right."]


def test_silence_is_a_no_and_nothing_more_is_said() -> None:
    """No second question."""
    user = Returning()
    user.wait(60_000)
    assert user.finished == ["idle"]
    assert user.texts() == OFFER


def test_the_question_is_repeated_on_request() -> None:
    """That is not asking twice."""
    user = Returning()
    user.say(C.REPEAT)
    user.wait(3000)
    assert user.texts() == [*OFFER, OFFER[-1]]


@pytest.mark.parametrize(
    ("command", "state"),
    [(C.STOP, S.STOPPED), (C.PAIN, S.STOPPED), (C.UNWELL, S.ASK_BREATHING), (C.HELP, S.ASK_HELP)],
)
def test_a_halt_is_a_halt(command: Command, state: State) -> None:
    """After it the offer comes again only when the user says so."""
    user = Returning()
    user.say(command)
    user.wait(4000)
    assert user.dialog.state is state
    assert user.finished == []


def test_what_is_urgent_blocks() -> None:
    """S8: no routine is led until a doctor has seen the user."""
    user = Returning()
    user.say(C.URGENT)
    user.wait(60_000)
    assert user.finished == ["urgent"]
    assert isinstance(user.dialog, UnfinishedDialog)
    assert user.dialog.blocked


HELP = [CHIME, "We were cut off.", "Shall I call for help? Yes or no?"]


def test_where_a_complaint_was_open_silence_leads_to_the_helper() -> None:
    """S25: the session cannot go on, and what was wrong is not forgotten."""
    user = Returning(OPEN, helper=True)
    assert user.texts() == HELP
    user.wait(240_000)
    assert len(user.helped) == 1
    assert user.finished == ["no_answer"]


def test_who_wants_no_help_says_so_and_how_to_go_on() -> None:
    """A no is not enough to be left alone: silence after it leads to the helper, too."""
    user = Returning(OPEN)
    user.say(C.NO)
    user.wait(6000)
    assert user.dialog.state is S.STOPPED
    user.say(C.RESUME)
    user.wait(5000)
    assert user.finished == ["idle"]
    left = Returning(OPEN, helper=True)
    left.say(C.NO)
    left.wait(300_000)
    assert len(left.helped) == 1
