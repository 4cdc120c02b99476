"""The tables tell the truth: no dialog goes where no row leads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialog.driver import length, wakings
from tests.dialog.happenings import Happening, anything
from tests.dialog.plans import PLANS
from tests.dialog.test_anything import CARES
from tests.english import SAY
from voicecoach.dialog.care import Care
from voicecoach.dialog.context import Context
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.events import Started
from voicecoach.dialog.menu_dialog import MENU
from voicecoach.dialog.next import Next
from voicecoach.dialog.refusal_dialog import REFUSAL, RefusalDialog
from voicecoach.dialog.screening_dialog import SCREENING, ScreeningDialog
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.sound_dialog import CHECK
from voicecoach.dialog.states import State
from voicecoach.dialog.teach_dialog import TEACHING
from voicecoach.dialog.transitions import Conversation, Follow, here, row
from voicecoach.dialog.unfinished_dialog import UNFINISHED
from voicecoach.language.phrasebook import HALTING, Command
from voicecoach.plan.plan import Plan
from voicecoach.screening.profile import Profile
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.verdicts import Declined
from voicecoach.units import Ms

ALL: dict[str, Conversation[Any]] = {
    "session": SESSION,
    "screening": SCREENING,
    "refusal": REFUSAL,
    "teaching": TEACHING,
    "menu": MENU,
    "sound": CHECK,
    "unfinished": UNFINISHED,
}


def watched(conversation: Conversation[Any]) -> Conversation[Any]:
    """Return the same tables, of which each step checks that it leads where its row says."""

    def check(one: Any) -> Any:
        def step(s: Context) -> None:
            before = s.state
            assert before in one.states, (one, before)
            one.step(s)
            assert s.state in {before, *one.to}, (one, before, s.state)

        return replace(one, step=step)

    return Conversation(
        conversation.begin,
        map(check, conversation.rows),
        map(check, conversation.follows),
        conversation.unheard,
        conversation.deaf,
        conversation.inaudible,
        conversation.restored,
        conversation.helped,
    )


def run(dialog: Dialog[Any], happenings: list[Happening]) -> None:
    """Let things happen to a dialog, watched, and half an hour of silence after them."""
    dialog._conversation = watched(dialog._conversation)
    dialog.handle(Started(Ms(0)))
    now = 0
    for happening in [*happenings, None]:
        until = now + (happening.after if happening else 30 * 60_000)
        for woke in wakings(dialog, until):
            dialog.handle(woke)
        if happening:
            dialog.handle(happening.event(Ms(until)))
        now = until


@given(PLANS, CARES, anything())
@settings(max_examples=150, deadline=None)
def test_a_session_goes_only_where_its_table_leads(
    plan: Plan, care: Care, happenings: list[Happening]
) -> None:
    """Each command and each follow-up leads to a state that its row names, or stays."""
    run(Session(plan, care=care), happenings)


@given(anything(), st.booleans())
@settings(max_examples=100, deadline=None)
def test_what_comes_before_a_session_goes_only_where_its_table_leads(
    happenings: list[Happening], breathing: bool
) -> None:
    """So do the screening and the refusal."""
    screening = Screening.start(Profile(), date(2026, 1, 1))
    run(ScreeningDialog(screening, SAY, length), happenings)
    declined = Declined("S20", ("You are unwell.",), ("Rest today.",), breathing=breathing)
    run(RefusalDialog(declined, SAY, length), happenings)


@pytest.mark.parametrize("name", sorted(ALL))
def test_halts_are_live_in_every_state(name: str) -> None:
    """S1: each halt command has a row in every state of each conversation but the last, and the
    sleep of the menu, in which nothing goes on.
    """
    conversation = ALL[name]
    ends = {state for one in (*conversation.rows, *conversation.follows) for state in one.to}
    begins = {state for one in conversation.rows for state in one.states}
    for state in (ends | begins) - {State.ENDED, State.IDLE}:
        assert conversation.live(state) >= HALTING, state


def test_two_rows_for_one_command_are_refused() -> None:
    """A table that contradicts itself is an error at import."""
    twice = [row(State.PAUSED, Command.GO, lambda s: None)] * 2
    with pytest.raises(ValueError, match="two rows"):
        Conversation(lambda s: None, twice, (), (), *[lambda s: None] * 4)
    follow = Follow(here(State.CLOSING), Next.GOODBYE_SAID, lambda s: None, (State.ENDED,), "")
    with pytest.raises(ValueError, match="two rows"):
        Conversation(lambda s: None, (), (follow, follow), (), *[lambda s: None] * 4)
