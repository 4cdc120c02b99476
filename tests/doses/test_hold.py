"""Holds: their lengths by kind (S23), their breath (S24), and what is less."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.doses.reading import faults, read
from tests.doses.strategies import BREATHS, RESTS, SETS, length
from tests.english import SAY
from voicecoach.doses.base import Activity, Manner
from voicecoach.doses.hold import Hold, HoldKind
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


@pytest.mark.parametrize(("seconds", "wanted"), [(10, ["out"]), (15, ["in", "out"])])
def test_no_hold_asks_for_a_breath_in_alone(seconds: int, wanted: list[str]) -> None:
    """Where one breathing cue has room it is "breathe out", so that no breath is held."""
    hold = Hold(length=Ms(1000 * seconds))
    track = hold.track(SAY, lambda text: Ms(200 + 40 * len(text)), Manner())
    assert [cue.breath.value for cue in track.cues if cue.breath][:2] == wanted


@pytest.mark.parametrize(("seconds", "said"), [(11, False), (12, True)])
def test_halfway_is_said_from_twelve_seconds_on(seconds: int, said: bool) -> None:
    """A shorter hold has no room for it before its last five seconds."""
    texts = [cue.text for cue in Hold(Ms(1000 * seconds)).track(SAY, length, Manner()).cues]
    assert (SAY.say("halfway") in texts) is said
    assert texts[-5:] == ["five", "four", "three", "two", "one"]


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
    for text, where in (("{as: effort}", "as"), ("{as: effort, hold_s: 40}", "hold_s")):
        (problem,) = faults(text, plain)
        assert (problem.where, problem.rule) == (where, "S23")
