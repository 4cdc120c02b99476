"""Every place, every complaint, every answer: what holds of all walks (SAFETY S1, S7, S8, S17, S25,
S29).

The quick run walks four routines that have every position and every kind of exercise between them;
the thorough one walks all that are shipped, further.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.dialog.driver import length, plan_of
from tests.dialog.walk_rules import Rules
from tests.dialog.walk_words import CORE, FEW, WORDS, Word, word
from tests.dialog.walks import Start, Walker, reaching
from tests.effort import search, thorough
from tests.english import LANGUAGE, SAY
from voicecoach.app.routine_library import load_routine
from voicecoach.dialog.care import Care
from voicecoach.dialog.engine import Dialog
from voicecoach.dialog.refusal_dialog import REFUSAL, RefusalDialog
from voicecoach.dialog.safe_position import (
    AFTER_UNWELL,
    Person,
)
from voicecoach.dialog.screening_dialog import SCREENING, ScreeningDialog
from voicecoach.dialog.session import Session
from voicecoach.dialog.session_table import SESSION
from voicecoach.dialog.states import State
from voicecoach.dialog.transitions import Conversation
from voicecoach.language.phrasebook import Command
from voicecoach.plan.plan import Plan
from voicecoach.screening.profile import Profile, let_through
from voicecoach.screening.questionnaire import Screening
from voicecoach.screening.questions import Fact
from voicecoach.screening.verdicts import Declined

C, S = Command, State
FOLDER = Path(__file__).parents[2] / "routines"
QUICK = ("back-at-home", "herniated-disc", "foam-roll-upper-back", "desk-break")
ALL = tuple(sorted(path.stem for path in FOLDER.glob("*.yaml")))
DEPTH = 2
"""Words in a row, of all or of most."""
FAR = 6 if thorough() else 5
"""Words in a row, of the few that lead furthest."""
DAY = date(2026, 1, 1)

CARES = {
    "no profile": Care(),
    "a profile": Care(asks=True),
    "past the twelfth week": Care(asks=True, lie_left=True),
    "dizzy before": Care(unsteady=True),
}


@cache
def plan(name: str) -> Plan:
    """Return the plan of a shipped routine."""
    return plan_of(load_routine(FOLDER / f"{name}.yaml", LANGUAGE))


def starts(plan: Plan, care: Care) -> Iterator[Start]:
    """Yield the places of a session: in each exercise, and around them."""
    yield Start(-1, "greeting", (2000,))
    into: tuple[Word | State | int, ...] = (S.READING,)
    if care.asks:
        yield Start(-1, "score", (S.ASK_START, 2000))
        into = (S.ASK_START, word(C.NEXT), S.READING)
    left = [i for i, exercise in enumerate(plan.routine.exercises)
            if not care.unsteady or exercise.position in AFTER_UNWELL]  # fmt: skip
    for nth, index in enumerate(left):
        at = (*into, *[word(C.NEXT)] * nth)
        work = (*at, word(C.READY), word(C.READY), 8000)
        yield Start(index, "work", work)
        if nth == 0 or thorough():
            yield Start(index, "description", (*at, 3000))
            yield Start(index, "way in", (*at, word(C.READY), 1500))
            yield Start(index, "after a set", (*work, word(C.DONE), 1000))
        if nth == 0 or (thorough() and nth == len(left) - 1):
            for halt in (C.PAUSE, C.STOP, C.END):
                yield Start(index, halt.value, (*work, word(halt), 3000))
            yield Start(index, "closing", (*work, word(C.END), word(C.YES), 500))


def walk(
    dialog: Dialog[Any], conversation: Conversation[Any], starts: Iterable[Start], rules: Rules
) -> Counter[str]:
    """Walk from all `starts`; return how many of them, and of words and places, there were."""
    fresh, counts = dialog.save(), Counter[str]()
    for start in starts:
        rules.index = start.index
        far = start.name in ("work", "question", "offer") and rules.index <= 0
        for depth, words in ((DEPTH, WORDS if thorough() else FEW), (FAR, CORE))[: 1 + far]:
            walker = Walker(dialog, conversation.live, rules)
            dialog.load(fresh)
            walker.walk(walker.start(reaching(*start.way)), depth, words)
            counts += Counter(words=walker.words, places=len(walker.seen))
        counts["starts"] += 1
    return counts


@cache
def session_counts(name: str, user: str, helper: bool) -> Counter[str]:
    """Walk a session, once for all tests."""
    led, care = plan(name), CARES[user]
    session = Session(led, care=care, helper=helper)
    who = Person.LEFT if care.lie_left else Person.PLAIN
    return walk(session, SESSION, starts(led, care), Rules("session", led, who, helper))


def screening(profile: Profile, helper: bool = False) -> ScreeningDialog:
    """Return the questions before a session."""
    return ScreeningDialog(Screening.start(profile, DAY), SAY, length, helper)


def pregnant(profile: Profile, yes: bool = True) -> Profile:
    """Return a profile whose user is past the twelfth week, or is not pregnant."""
    answers = profile.answers.with_answer(Fact.PREGNANT, yes, DAY)
    return replace(profile, answers=answers.with_answer(Fact.PREGNANT_LONG, yes, DAY))


TODAY = let_through(DAY)
BEFORE: dict[str, tuple[Profile, Person]] = {
    "new": (Profile(), Person.UNASKED),
    "known": (TODAY, Person.PLAIN),
    "pregnant": (pregnant(TODAY), Person.LEFT),
    "pregnant, to be asked anew": (pregnant(Profile()), Person.LEFT),
    "blocked": (TODAY.block(DAY), Person.PLAIN),
}


@cache
def screening_counts(user: str) -> Counter[str]:
    """Walk the questions before a session, once for all tests."""
    profile, who = BEFORE[user]
    ways = (Start(-1, "question", (5000,)), Start(-1, "second", (5000, word(C.NO), 5000)))
    return walk(screening(profile), SCREENING, ways, Rules("screening", None, who, False))


@cache
def refusal_counts(left: bool) -> Counter[str]:
    """Walk the refusal of a session, once for all tests."""
    declined = Declined("S20", ("You are unwell.",), ("Rest.",), breathing=True, lie_left=left)
    ways = (Start(-1, "offer", (5000,)), Start(-1, "breathing", (5000, word(C.YES), 9000)))
    who = Person.LEFT if left else Person.PLAIN
    return walk(
        RefusalDialog(declined, SAY, length), REFUSAL, ways, Rules("refusal", None, who, False)
    )


HELPED = dict(zip(CARES, (False, True, True, False), strict=True))
"""For which users the coach can call a helper."""


def sessions() -> Iterator[tuple[str, str, bool]]:
    """Yield what is walked: four routines with a user each, all with one each, or with each."""
    if not thorough():
        yield from ((name, user, HELPED[user]) for name, user in zip(QUICK, CARES, strict=True))
    for nth, name in enumerate(ALL if thorough() else ()):
        users = list(CARES) if search() else [list(CARES)[nth % 4]]
        yield from ((name, user, HELPED[user]) for user in users)


SESSIONS = list(sessions())


@pytest.mark.rule("S29")
@pytest.mark.parametrize(("name", "user", "helper"), SESSIONS)
def test_a_session_is_safe_in_every_corner(name: str, user: str, helper: bool) -> None:
    """From every place, after every complaint and every answer: the body is brought to a position
    that is safe, nothing goes on that was not answered, silence reaches the helper, whether they
    come is said, an alarm is never followed by exercise, and how it ended is said.
    """
    assert session_counts(name, user, helper)["places"] > 0


@pytest.mark.rule("S17")
@pytest.mark.parametrize("user", BEFORE)
def test_the_questions_before_a_session_are_safe_in_every_corner(user: str) -> None:
    """The same holds before a session: a user past the twelfth week is told the left side, who was
    not asked yet hears of it.
    """
    assert screening_counts(user)["places"] > 0


@pytest.mark.parametrize("left", [True, False])
def test_the_refusal_is_safe_in_every_corner(left: bool) -> None:
    """And where there is no session."""
    assert refusal_counts(left)["places"] > 0


def test_the_figures_of_the_safety_page_are_reached() -> None:
    """docs/safety.md says how far the walks go: no further than they do."""
    counts = sum((session_counts(*one) for one in SESSIONS), Counter[str]())
    counts += sum((screening_counts(user) for user in BEFORE), Counter[str]())
    counts += refusal_counts(True) + refusal_counts(False)
    print(dict(counts))
    row = "search" if search() else "thorough" if thorough() else "usual"
    page = (FOLDER.parent / "docs" / "safety.md").read_text("utf-8")
    found = re.search(rf"^\| {row} \| (.*) \|$", page, re.MULTILINE)
    assert found
    routines, users, begins, words, places = (
        int(n.replace(",", "")) for n in found[1].split(" | ")
    )
    assert routines == len({name for name, *_ in SESSIONS})
    assert users == len(CARES) + len(BEFORE)
    assert begins <= counts["starts"]
    assert words <= counts["words"]
    assert places <= counts["places"]
