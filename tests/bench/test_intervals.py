"""Intervals of shares and rates, against published values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.recognition.intervals import poisson_bounds, rate, rate_by, share, share_by


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (8, 10, 0.4902, 0.9433),
        (81, 263, 0.2553, 0.3662),  # R. G. Newcombe, Statistics in Medicine 17, 1998, table I
        (15, 148, 0.0624, 0.1605),  # the same
        (10, 10, 0.7225, 1.0),
    ],
)
def test_wilson(count: int, of: int, low: float, high: float) -> None:
    """Bounds of a share are Wilson's, without correction of continuity."""
    found = share(count, of)
    assert found["low"] == pytest.approx(low, abs=1e-4)
    assert found["high"] == pytest.approx(high, abs=1e-4)


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904),
     (100, 81.3639, 121.6272)],
)  # fmt: skip
def test_garwood(count: int, low: float, high: float) -> None:
    """Bounds of a count are Garwood's exact ones: half the quantiles of chi-square."""
    assert poisson_bounds(count) == pytest.approx((low, high), abs=1e-3)


def test_a_rate_is_per_hour() -> None:
    """Count and bounds are divided by the hours."""
    found = rate(5, 2.0)
    assert found["per_hour"] == 2.5
    assert found["high"] == pytest.approx(11.6683 / 2, abs=1e-3)


def test_nothing_measured_is_no_figure() -> None:
    """Without recordings there is neither a share nor a rate."""
    assert share(0, 0)["share"] is None
    assert rate(0, 0.0)["per_hour"] is None


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_share_lies_in_its_interval(count: int, more: int) -> None:
    """The interval holds the share, stays within 0 and 1, and shrinks with four times the clips."""
    found, four = share(count, count + more), share(4 * count, 4 * (count + more))
    low, middle, high = found["low"], found["share"], found["high"]
    assert low is not None
    assert middle is not None
    assert high is not None
    assert 0 <= low <= middle <= high <= 1
    assert four["low"] is not None
    assert four["high"] is not None
    assert four["high"] - four["low"] < high - low


@given(st.integers(0, 300))
def test_a_count_lies_in_its_interval(count: int) -> None:
    """The interval holds the count, and both bounds grow with it."""
    low, high = poisson_bounds(count)
    lower, higher = poisson_bounds(count + 1)
    assert low <= count <= high
    assert low < lower
    assert high < higher


def test_one_speaker_alone_makes_the_interval_wide() -> None:
    """Ten clips of two speakers, one of whom always fails: clips are no independent trials."""
    groups = [("a", 1.0, 1.0)] * 5 + [("b", 0.0, 1.0)] * 5
    found = share_by(groups)
    assert (found["share"], found["low"], found["high"]) == (0.5, 0.0, 1.0)


def test_many_speakers_give_nearly_wilsons_interval() -> None:
    """One clip each: the bootstrap adds little."""
    groups = [(str(n), float(n % 4 > 0), 1.0) for n in range(200)]
    found, wilson = share_by(groups), share(150, 200)
    assert found["low"] == pytest.approx(wilson["low"], abs=0.02)
    assert found["high"] == pytest.approx(wilson["high"], abs=0.02)


def test_events_of_one_speaker_widen_a_rate() -> None:
    """Four events in an hour by one of ten speakers are less certain than Poisson's four."""
    groups = [("a", 4.0, 0.1)] + [(str(n), 0.0, 0.1) for n in range(9)]
    found, poisson = rate_by(groups), rate(4, 1.0)
    assert found["low"] == 0.0
    assert found["high"] >= poisson["high"]


def test_nothing_measured_has_no_interval() -> None:
    """Neither share nor rate."""
    assert share_by([])["share"] is None
    assert rate_by([])["per_hour"] is None
