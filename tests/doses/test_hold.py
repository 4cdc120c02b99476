"""Holds: their lengths by kind (S23), their breath (S24), and what is less."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.doses.reading import faults, read
from tests.doses.strategies import BREATHS, RESTS, SETS, length
from tests.english import SAY
from voicecoach.doses.base import Activity, Manner
from voicecoach.doses.hold import Hold, HoldKind
from voicecoach.track import Lengths
from voicecoach.units import Ms


def holds() -> st.SearchStrategy[Hold]:
    """Return holds of 10 to 30 seconds; breaths may have a fraction of a second."""
    return st.builds(
        Hold,
        length=st.integers(10, 30).map(lambda seconds: Ms(1000 * seconds)),
        sets=SETS,
        rest=RESTS,
        breath_in=BREATHS,
        breath_out=BREATHS,
        line=st.just(0),
        kind=st.sampled_from(HoldKind),
        path=st.just(""),
    )


DOSES = holds()


def test_what_it_is() -> None:
    """It is timed and strained: nothing is counted, no roller is used, and it is no rest."""
    dose = Hold(Ms(20_000))
    assert dose.activity is Activity.HOLDING
    assert (dose.count, dose.timed, dose.rolls, dose.rests, dose.strained) == (
        0, True, False, False, True,
    )  # fmt: skip


@pytest.mark.parametrize(("seconds", "breaths"), [(6, 0), (10, 1), (15, 1), (25, 2), (30, 3)])
def test_a_hold_has_whole_breaths(seconds: int, breaths: int) -> None:
    """None has a lone cue, so that no breath is held, and none is dropped for "halfway"."""
    hold = Hold(length=Ms(1000 * seconds))
    track = hold.track(SAY, Lengths(lambda text: Ms(200 + 40 * len(text))), Manner())
    assert [cue.breath.value for cue in track.cues if cue.breath] == ["in", "out"] * breaths


@given(st.integers(11, 300), BREATHS, BREATHS)
def test_s24_a_breathing_cue_comes_at_least_every_ten_seconds(
    seconds: int, breath_in: Ms, breath_out: Ms
) -> None:
    """S24: whatever the length and the breaths, to the last seconds, which are counted."""
    hold = Hold(Ms(1000 * seconds), breath_in=breath_in, breath_out=breath_out)
    cues = [cue.at for cue in hold.track(SAY, length, Manner()).cues if cue.breath]
    assert all(b - a <= 10_001 for a, b in pairwise([2000, *cues, hold.length - 3000]))


@pytest.mark.parametrize(("seconds", "said"), [(19, False), (20, True)])
def test_halfway_is_said_from_twenty_seconds_on(seconds: int, said: bool) -> None:
    """A shorter hold needs none; the last three seconds are counted."""
    texts = [cue.text for cue in Hold(Ms(1000 * seconds)).track(SAY, length, Manner()).cues]
    assert (SAY.say("halfway") in texts) is said
    assert texts[-3:] == ["three", "two", "one"]


@pytest.mark.parametrize(
    ("kind", "opening", "leads"),
    [
        (HoldKind.STRETCH, "Hold for twenty seconds.", ["Stay there."]),
        (HoldKind.LONG, "Hold for twenty seconds.", ["Stay there."]),
        (HoldKind.EFFORT, "Hold for twenty seconds.", ["three", "two", "one", "go"]),
        (HoldKind.TIMED, "Twenty seconds, starting now.", ["Begin when I say now."]),
    ],
)
def test_each_kind_begins_in_its_own_tone(kind: HoldKind, opening: str, leads: list[str]) -> None:
    """An effort is counted in; a stretch is eased into; a massage is not held."""
    hold = Hold(Ms(20_000), kind=kind)
    assert hold.track(SAY, length, Manner()).cues[0].text == opening
    assert [cue.text for cue in hold.lead_in(SAY, length).cues] == leads


def test_minutes_are_said_as_minutes() -> None:
    """A hold of up to five minutes says its length in minutes and seconds."""
    hold = Hold(Ms(150_000), kind=HoldKind.LONG)
    assert "for two minutes and thirty seconds, until" in hold.dose_line(SAY)
    assert "for one minute and one second, until" in Hold(Ms(61_000)).dose_line(SAY)


@pytest.mark.parametrize(("seconds", "less"), [(30, 20), (25, 16), (15, 10), (14, None)])
def test_less_is_two_thirds_but_not_under_ten_seconds(seconds: int, less: int | None) -> None:
    """Whole seconds, of every kind of hold."""
    for kind in HoldKind:
        dose = Hold(Ms(1000 * seconds), kind=kind).lighter()
        assert (dose and dose.length) == (1000 * less if less else None)


def test_s19_a_stretch_becomes_a_long_one() -> None:
    """It lasts 30 s or longer; an effort and a long stretch stay as they are."""
    assert Hold(Ms(20_000)).unhurried() == Hold(Ms(30_000), kind=HoldKind.LONG)
    for kind, seconds in ((HoldKind.EFFORT, 10), (HoldKind.LONG, 20), (HoldKind.LONG, 45)):
        dose = Hold(Ms(1000 * seconds), kind=kind)
        assert dose.unhurried() == dose


def test_s24_a_hold_over_ten_seconds_says_how_to_breathe() -> None:
    """The plain dose must; a level takes the breath of the plain one."""
    (problem,) = faults("{hold_s: 11}")
    assert (problem.where, problem.rule) == ("breath", "S24")
    plain = read("{hold_s: 10}")
    assert read("{hold_s: 20}", plain)


def test_a_kind_is_known_by_the_field_that_it_alone_has() -> None:
    """Without ``hold_s``, ``as`` tells what is meant."""
    assert [problem.where for problem in faults("{as: effort, sets: 2}")] == ["hold_s"]


def test_s23_a_level_of_another_kind_is_as_long_as_that_kind_may_be() -> None:
    """The length it inherits is checked at ``as``, the one it names only at ``hold_s``."""
    plain = read("{hold_s: 45, as: long, breath: {in_s: 4, out_s: 6}}")
    for text, where in (("{as: stretch}", "as"), ("{as: stretch, hold_s: 40}", "hold_s")):
        (problem,) = faults(text, plain)
        assert (problem.where, problem.rule) == (where, "S23")
