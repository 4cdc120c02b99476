"""What the coach says of earlier sessions is true, and a step up comes only after good ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.app.people import ROUTINE
from tests.english import SAY, parse
from tests.history.year import year
from tests.store.strategies import pasts
from voicecoach.history.past import Past
from voicecoach.history.progress import SETTLED, TIMES, next_step, raised
from voicecoach.history.recall import last_complaint, recall
from voicecoach.history.records import ComplaintRecord, ExerciseRecord, SessionRecord, SetRecord

TODAY = date(2026, 6, 1)
HARDER = "    easier: {say: [A little lower this time.]}\n    harder: {say: [Lift one foot.]}\n"
EXERCISES = parse(
    ROUTINE.replace("    easier: {say: [A little lower this time.]}\n", HARDER), "three.yaml"
).exercises


def session(days_ago: int, before: int | None = 4, after: int | None = 2, **visit: object) -> Past:
    """Return a session in which the bridge was done, as `visit` says."""
    began = datetime(2026, 6, 1, 8, tzinfo=timezone(timedelta(hours=2))) - timedelta(days=days_ago)
    id_ = f"{days_ago:032x}"
    done = SessionRecord(id_, began.isoformat(), "two", "1", "full", 600.0, "done", before, after)
    entry = ExerciseRecord(id_, 1, "bridge", "Bridge", 60.0, outcome="done")
    return Past(
        done,
        (replace(entry, **visit),),
        (SetRecord(id_, 1, 1, "", 10, 10, 40.0),),  # type: ignore[arg-type]
    )


def hurt(past: Past, score: int = 5, region: str = "hip") -> Past:
    """Return the session with a complaint in its exercise."""
    id_ = past.session.session
    told = ComplaintRecord(id_, 1, 100.0, 1, "pain", score, False, region, "middle")
    return replace(past, complaints=(told,))


GOOD = [session(days) for days in (17, 14, 12, 10, 7, 5)]


@pytest.mark.parametrize(
    ("days", "when"),
    [
        (0, "earlier today"), (1, "yesterday"), (2, "two days ago"), (6, "six days ago"),
        (7, "one week ago"), (20, "two weeks ago"), (700, "sixty weeks ago"),
    ],
)  # fmt: skip
def test_the_last_session_is_told_by_its_day(days: int, when: str) -> None:
    """With the scores before and after."""
    (line,) = recall([session(days)], EXERCISES, TODAY, SAY).last
    assert line == f"Last time, {when}, your score was four before and two after."


def test_what_was_done_is_told_by_exercise() -> None:
    """Sets that are alike as such, others together, a hold by its time; nothing is made up."""
    one = SetRecord(f"{3:032x}", 1, 1, "", 10, 10, 40.0)
    cases = {
        (one,): "ten repetitions",
        (one, replace(one, n=2)): "two sets of ten repetitions",
        (one, replace(one, side="right")): "twenty repetitions",
        (one, replace(one, n=2, repetitions=1)): "eleven repetitions",
        (one, replace(one, n=2, repetitions=59)): "more than sixty repetitions",
        (replace(one, repetitions=0, seconds=45.0),): "forty five seconds",
    }
    for sets, told in cases.items():
        past = replace(session(3), sets=sets)
        assert recall([past], EXERCISES, TODAY, SAY).did == {
            "bridge": f"Last time you did {told} here."
        }
    assert not recall([replace(session(3), sets=())], EXERCISES, TODAY, SAY).did


def test_the_week_counts_sessions_and_minutes() -> None:
    """Of the last seven days, today among them."""
    said = recall([session(8), session(6), session(0)], EXERCISES, TODAY, SAY).week
    assert said == ("In the last seven days: two sessions, twenty minutes in all.",)
    assert recall([session(7)], EXERCISES, TODAY, SAY).week == (
        "No session in the last seven days.",
    )
    short = replace(session(1), session=replace(session(1).session, seconds=20))
    (said,) = recall([short], EXERCISES, TODAY, SAY).week
    assert "one session, less than a minute in all" in said
    many = [replace(session(d), session=replace(session(d).session, seconds=4000)) for d in (1, 2)]
    assert "more than an hour" in recall(many, EXERCISES, TODAY, SAY).week[0]


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ([6, 5, 4, 4, 2], "went down by about four points"),
        ([2, 3, 4, 5], "went up by about three points. If that goes on, see a doctor"),
        ([3, 3, 4, 3], "about the same: three"),
        ([3, 3, 4], "You have told me a score in three sessions of the last four weeks."),
        ([3, 3], "You have told me a score in two sessions of the last four weeks."),
        ([3], "You have told me a score in one session of the last four weeks. From four on,"),
        ([], "You have told me no score in the last four weeks. From four sessions with a score"),
    ],
)
def test_where_it_goes_has_a_number_and_a_direction(scores: list[int], said: str) -> None:
    """Told from four scores on, and never as praise."""
    sessions = [session(25 - 5 * i, score) for i, score in enumerate(scores)]
    (line,) = recall(sessions, EXERCISES, TODAY, SAY).going
    assert said in line


def test_scores_of_one_day_show_no_direction() -> None:
    """However many: it does not then say that four are enough."""
    (line,) = recall([session(3, score) for score in (5, 4, 4, 3)], EXERCISES, TODAY, SAY).going
    assert line.startswith("All your scores of the last four weeks are from one day.")


def test_what_hurt_last_time_is_said_before_its_exercise() -> None:
    """With the part and the score; not where the last time went well."""
    said = recall([session(9), hurt(session(3))], EXERCISES, TODAY, SAY).before
    assert said == {
        "bridge": (
            "Last time your hip complained here, five out of ten. "
            "Say easier, or skip, if you like.",
        )
    }
    assert recall([hurt(session(9)), session(3)], EXERCISES, TODAY, SAY).before == {}
    assert last_complaint([hurt(session(40))], "bridge", TODAY) is None


@pytest.mark.rule("S42")
def test_a_step_is_offered_after_enough_good_sessions() -> None:
    """Six in a row, and of an exercise that has a harder form."""
    step = next_step(GOOD, EXERCISES, TODAY)
    assert step is not None
    assert (step.exercise, step.times) == ("bridge", TIMES)
    assert next_step(GOOD[1:], EXERCISES, TODAY) is None
    assert next_step(GOOD, EXERCISES[:1], TODAY) is None
    (line,) = recall(GOOD, EXERCISES, TODAY, SAY).before["bridge"]
    assert "six times" in line


@pytest.mark.parametrize(
    "bad",
    [
        hurt(session(10)),
        session(10, outcome="skipped"),
        session(10, level=-1),
        session(10, before=2, after=4),
        replace(session(10), sets=(SetRecord(f"{10:032x}", 1, 1, "", 7, 10, 30.0),)),
    ],
    ids=["complaint", "skipped", "easier", "worse after", "not whole"],
)
def test_one_session_that_did_not_go_well_begins_again(bad: Past) -> None:
    """The row counts from there."""
    assert next_step([*GOOD[:3], bad, *GOOD[4:]], EXERCISES, TODAY) is None


def test_a_long_break_begins_again() -> None:
    """After five weeks nothing is built on what was before."""
    assert next_step(GOOD, EXERCISES, TODAY + timedelta(days=35)) is None
    higher = [*GOOD, session(3, level=1)]
    assert raised(higher, EXERCISES, TODAY) == {"bridge": 1}
    assert raised(higher, EXERCISES, TODAY + timedelta(days=35)) == {}


def test_a_step_is_kept_until_a_complaint() -> None:
    """Then the plain form is back."""
    assert raised([*GOOD, session(3, level=1), hurt(session(1, level=1))], EXERCISES, TODAY) == {}


def test_steps_keep_their_distance() -> None:
    """After a step none is offered for three sessions."""
    other = replace(
        session(4, level=1), exercises=(replace(session(4).exercises[0], exercise="cat", level=1),)
    )
    for more in range(SETTLED + 1):
        later = [session(3 - i) for i in range(more)]
        assert bool(next_step([*GOOD, other, *later], EXERCISES, TODAY)) == (more == SETTLED)


@given(pasts(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_any_history_can_be_recalled(sessions: list[Past], today: date) -> None:
    """And no sentence has a gap."""
    said = recall(sessions, EXERCISES, today, SAY)
    assert all("{" not in line for line in said.lines)
    assert not {*said.levels.values()} - {1}


def test_sessions_of_tomorrow_are_not_told() -> None:
    """A clock was wrong."""
    assert recall([session(-1)], EXERCISES, TODAY, SAY).last == ()


def test_a_year_is_recalled_at_once() -> None:
    """Nothing is slow in it: each line is there."""
    assert len(recall(year(), EXERCISES, date(2026, 12, 31), SAY).lines) >= 3
