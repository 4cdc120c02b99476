"""Strength work is counted, told before it is too much, and led all the same (S32)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.app.people import ROUTINE
from tests.app.rehearsals import Rehearsed, Room
from tests.english import LANGUAGE, SAY, parse
from tests.fakes.voice import FakeVoice
from tests.history.test_recall import session
from voicecoach.app.coach import Coach
from voicecoach.history.load import enough_for_now, gentle, heavy_sessions, is_heavy
from voicecoach.history.past import Past
from voicecoach.routine.model import Frequency, Per, Routine
from voicecoach.screening.profile import let_through

GENTLE = parse(ROUTINE, "three.yaml")
HEAVY = replace(GENTLE, id="two", frequency=Frequency(2, Per.WEEK, "at most twice a week"))
TODAY = session(0).began.date()


@pytest.mark.parametrize(
    ("days", "count"), [((), 0), ((0, 3), 2), ((6, 6, 6), 3), ((7, 8), 0), ((-1, 2), 1)]
)
def test_sessions_of_seven_days_count(days: tuple[int, ...], count: int) -> None:
    """Today's with them; a day that is yet to come is a clock that was wrong."""
    pasts = [session(day) for day in days]
    assert heavy_sessions(pasts, {"two"}, TODAY) == count
    assert enough_for_now(pasts, HEAVY, [], TODAY) == (count >= 2)
    assert not enough_for_now(pasts, GENTLE, [HEAVY], TODAY)


def test_what_was_not_done_does_not_count() -> None:
    """A session that was broken off before any exercise was whole is no load."""
    pasts = [session(1, outcome="skipped"), session(2)]
    assert heavy_sessions(pasts, {"two"}, TODAY) == 1


def test_any_strength_routine_counts() -> None:
    """Two others of the week make the third too much; what is done daily does not."""
    other = replace(HEAVY, id="other")
    pasts = [session(1), session(2)]
    assert enough_for_now(pasts, other, [HEAVY], TODAY)
    assert not enough_for_now(pasts, other, [replace(HEAVY, frequency=None)], TODAY)
    assert is_heavy(HEAVY)
    assert not is_heavy(replace(HEAVY, frequency=Frequency(1, Per.DAY, "once a day")))


def test_what_is_gentle_is_for_the_same_parts() -> None:
    """And there may be nothing."""
    neck = replace(GENTLE, id="neck", exercises=GENTLE.exercises[:1])
    assert gentle([HEAVY, neck, GENTLE], HEAVY) is GENTLE
    assert gentle([HEAVY], HEAVY) is None


def led(past: list[Past], shelf: list[Routine]) -> Rehearsed:
    """Rehearse the heavy routine for a user with a past, who takes what is offered last."""
    room = Room(((30.0, "end session"), (36.0, "yes")))
    coach = Coach(
        room.driver, FakeVoice(), LANGUAGE, TODAY, room.note, past=past, shelf=lambda: shelf
    )
    profile = let_through(TODAY)
    return room.left(coach.lead_for(profile, HEAVY))


def test_it_is_told_at_the_start_with_another_way() -> None:
    """By name, and by its rule in the log; on the third time only."""
    told = SAY.adapt["load_other"].format(name=GENTLE.name)
    much = led([session(3), session(1)], [HEAVY, GENTLE])
    assert told in [event["text"] for event in much.of("cue_started")]
    assert {"S32"} <= {event["rule"] for event in much.of("adapted")}
    fine = led([session(9), session(1)], [HEAVY, GENTLE])
    assert told not in [event["text"] for event in fine.of("cue_started")]
