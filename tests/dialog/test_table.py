"""The table is whole, and it is true: each row leads where it says."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.dialog.driver import Driver, good_plan
from tests.english import BOOK
from voicecoach.dialog.care import Care
from voicecoach.dialog.effects import Listen
from voicecoach.dialog.events import Unclear, Woke
from voicecoach.dialog.menu_dialog import MENU
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import (
    ACTIVE,
    BEFORE,
    CHECKS,
    EXERCISE,
    HALTED,
    OFFERS,
    SAFETY,
    WAITING,
    WORK,
    State,
)
from voicecoach.language.phrasebook import HALTING, Command

PLAN = good_plan()
C, S = Command, State


def hurt(driver: Driver, score: int, sharp: C) -> None:
    """Report a pain and answer both questions."""
    driver.reach(S.COUNTING)
    driver.wait(2000)
    driver.say(C.PAIN)
    driver.say(C.NUMBER, score)
    if driver.state is S.ASK_SHARP:
        driver.say(sharp)
    if driver.state is S.ASK_WHERE:
        driver.say(C.PLACE)


def asked_for_region(driver: Driver) -> None:
    """Report a strong pain, up to the question where it is."""
    working(C.PAIN)(driver)
    driver.say(C.NUMBER, 8)
    driver.say(C.NO)


def strong_at_the_start(driver: Driver) -> None:
    """Tell a strong pain before anything is done."""
    driver.reach(S.ASK_START)
    driver.say(C.NUMBER, 7)


def asked_at_the_end(driver: Driver) -> None:
    """Do the first set, and end the session."""
    driver.reach(S.ASK_START)
    driver.say(C.NUMBER, 1)
    working(C.END, C.YES)(driver)


def check_score(driver: Driver) -> None:
    """Go on easier after a middling pain, up to the question after the first repetition."""
    hurt(driver, 4, C.NO)
    driver.say(C.YES)
    driver.reach(S.CHECK_SCORE)


def working(*commands: C) -> Callable[[Driver], None]:
    """Return a way: into the first set, and then these commands."""

    def way(driver: Driver) -> None:
        driver.reach(S.COUNTING)
        driver.wait(2000)
        for command in commands:
            driver.say(command)

    return way


def breathing(driver: Driver) -> None:
    """Take the calm breathing after a strong pain."""
    hurt(driver, 8, C.NO)
    driver.say(C.YES)


def mumbled(driver: Driver) -> None:
    """Say something in the first set that may have been a halt word."""
    working()(driver)
    driver.give(Unclear(driver.now, near_halt=True))


WAYS: dict[State, Callable[[Driver], None]] = {
    state: (lambda driver, state=state: driver.reach(state))  # type: ignore[misc]
    for state in EXERCISE | {S.WELCOME, S.CLOSING, S.ENDED}
} | {
    S.BREATHING: breathing,
    S.PAUSED: working(C.PAUSE),
    S.CONFIRM_END: working(C.END),
    S.ASK_STOP: mumbled,
    S.STOPPED: working(C.STOP),
    S.ASK_HELP: working(C.HELP),
    S.ASK_HURT: working(C.HELP, C.NO),
    S.ASK_EFFORT: working(C.TOO_MUCH),
    S.ASK_BREATHING: working(C.UNWELL),
    S.ASK_PASSED: working(C.UNWELL, C.NO),
    S.ASK_SCORE: working(C.PAIN),
    S.ASK_SHARP: lambda driver: (working(C.PAIN)(driver), driver.say(C.NUMBER, 2))[0],
    S.CHECK_SCORE: check_score,
    S.OFFER_EASIER: lambda driver: hurt(driver, 2, C.NO),
    S.OFFER_NEXT: lambda driver: hurt(driver, 2, C.YES),
    S.OFFER_BREATHING: lambda driver: hurt(driver, 8, C.NO),
    S.ASK_WHERE: asked_for_region,
    S.ASK_START: lambda driver: driver.reach(S.ASK_START),
    S.OFFER_GENTLE: strong_at_the_start,
    S.ASK_END: asked_at_the_end,
}
"""How to reach each state."""


def at(state: State) -> Driver:
    """Return a session that stands in `state`, early in the routine."""
    driver = Driver(PLAN, Care(asks=state in CHECKS | {S.OFFER_GENTLE}))
    WAYS[state](driver)
    assert driver.state is state
    return driver


def test_each_state_can_be_reached() -> None:
    """There is no state that nothing leads to."""
    assert set(WAYS) == set(State) - BEFORE


@pytest.mark.parametrize("state", sorted(set(State) - BEFORE - {S.ENDED}, key=lambda s: s.value))
def test_halt_commands_are_live_everywhere(state: State) -> None:
    """S1: each halt command has a row in every state but the last."""
    assert SESSION.live(state) >= HALTING


def test_nothing_is_live_after_the_end() -> None:
    """A session that is over listens for nothing."""
    assert SESSION.live(S.ENDED) == frozenset()


@pytest.mark.parametrize("command", sorted(C, key=lambda c: c.value))
def test_each_command_is_of_use_somewhere(command: C) -> None:
    """Each command has at least one row, and at least one phrase."""
    assert any(key[1] is command for key in (*SESSION.table, *MENU.table))
    assert BOOK.forms({command})


def test_no_row_is_written_in_vain() -> None:
    """Each row names states and commands; a pair stands in one row alone."""
    pairs = [(s, c) for row in SESSION.rows for s in row.states for c in row.commands]
    assert len(pairs) == len(set(pairs)) == len(SESSION.table)
    assert all(row.states and row.commands for row in SESSION.rows)


@pytest.mark.parametrize(
    ("state", "command"),
    [
        pytest.param(*key, id="-".join(one.value for one in key))
        for key in sorted(SESSION.table, key=str)
    ],
)
def test_a_row_leads_where_it_says(state: State, command: C) -> None:
    """In the midst of a routine each row leads to its `to`; then what that state understands is
    live; a command that stays in a halt never lets the routine go on.
    """
    driver = at(state)
    driver.say(command, 4)
    targets = SESSION.table[state, command].to
    assert driver.state in {state, *targets}
    assert driver.live == SESSION.live(driver.state)


@pytest.mark.parametrize("state", sorted(set(State), key=lambda s: s.value))
def test_groups_hold_each_state_once(state: State) -> None:
    """A state is active, waiting or the end; and a halt is a question, an offer or the stop."""
    assert (state in ACTIVE) + (state in WAITING) + (state is S.ENDED) == 1
    assert (state in HALTED) == ((state in SAFETY) + (state in OFFERS) + (state is S.STOPPED) == 1)
    assert state in EXERCISE or state not in WORK


def test_the_ears_are_told_at_the_start() -> None:
    """The first event says what is live in the greeting."""
    driver = Driver(PLAN)
    assert driver.live == SESSION.live(S.WELCOME)
    assert not any(isinstance(e, Listen) for e in driver.give(_wake(driver)))


def _wake(driver: Driver) -> Woke:
    assert driver.session.deadline is not None
    return Woke(driver.session.deadline)
