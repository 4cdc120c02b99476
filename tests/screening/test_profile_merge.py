"""Two programs that keep one profile: nothing that either was told is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.screening.strategies import profiles
from voicecoach.screening.facts import Fact
from voicecoach.screening.forgetting import without_since
from voicecoach.screening.profile import Dropped, Profile, Scores, let_through
from voicecoach.screening.profile_merge import merged

TODAY = date(2026, 3, 1)
BASE = let_through(TODAY - timedelta(days=1))


def kept(profile: Profile) -> Profile:
    """Return a profile with each exercise left out once, and all in an order of its own."""
    by_id = {entry.exercise: entry for entry in profile.dropped}
    scores = sorted(profile.scores, key=str)
    return replace(profile, dropped=tuple(by_id[i] for i in sorted(by_id)), scores=tuple(scores))


def people() -> st.SearchStrategy[Profile]:
    """Return profiles as sessions leave them."""
    return profiles().map(kept)


@given(people(), people())
def test_who_is_alone_is_kept_as_told(base: Profile, mine: Profile) -> None:
    """Where the other changed nothing, the result is what was told here."""
    assert kept(merged(base, mine, base)) == mine


@given(people(), people())
def test_no_change_changes_nothing(base: Profile, theirs: Profile) -> None:
    """Where nothing was told here, the result is the other's."""
    assert kept(merged(base, base, theirs)) == theirs


@given(people(), people(), people())
def test_the_merge_is_a_profile(base: Profile, mine: Profile, theirs: Profile) -> None:
    """Each answer is one of the two, and a new block of either stays."""
    both = merged(base, mine, theirs)
    for fact, answer in both.answers.given.items():
        assert answer in (mine.answers.given.get(fact), theirs.answers.given.get(fact))
    if base.blocked is None and (mine.blocked or theirs.blocked):
        assert both.blocked


def test_two_sessions_at_once_both_count() -> None:
    """What each left out, its scores and what it practised."""
    mine = BASE.after_session(Scores(TODAY, 1, 2), [Dropped("cat", "hip", TODAY)])
    mine = mine.practised("home", ["bridge"], TODAY)
    theirs = BASE.after_session(Scores(TODAY, 3, 3), [Dropped("plank", "", TODAY)])
    theirs = theirs.practised("desk", ["bridge"], TODAY)
    both = merged(BASE, mine, theirs)
    assert {entry.exercise for entry in both.dropped} == {"cat", "plank"}
    assert {(scores.start, scores.end) for scores in both.scores} == {(1, 2), (3, 3)}
    assert both.exercises["bridge"].times == 2
    assert both.routines.keys() == {"home", "desk"}


def test_a_session_that_grows_replaces_its_own_scores() -> None:
    """The score at the end comes to the one at the start, and is no second session."""
    begun = BASE.after_session(Scores(TODAY, 4))
    over = BASE.after_session(Scores(TODAY, 4, 2))
    other = merged(BASE, BASE.practised("desk", ["chin"], TODAY), begun)
    assert merged(begun, over, other).scores == over.scores


def test_the_later_answer_counts() -> None:
    """Whoever was told on the later day."""
    new = BASE.answers.with_answer(Fact.PREGNANT, True, TODAY)
    newest = BASE.answers.with_answer(Fact.PREGNANT, False, TODAY + timedelta(days=1))
    mine, theirs = replace(BASE, answers=new), replace(BASE, answers=newest)
    assert merged(BASE, mine, theirs).answers == newest
    assert merged(BASE, theirs, mine).answers == newest


@given(profiles(), st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_forgotten_since_a_day_was_told_then(profile: Profile, day: date) -> None:
    """What was told before it stays, and a block always does."""
    left = without_since(profile, day)
    assert left.blocked == profile.blocked
    assert all(answer.on < day for answer in left.answers.given.values())
    before = {f: a for f, a in profile.answers.given.items() if a.on < day}
    assert left.answers.given == before
    assert without_since(left, day) == left
