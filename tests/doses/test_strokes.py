"""Rolling strokes: the metronome, and what is a set (S22)."""

from __future__ import annotations

import pytest
from hypothesis import strategies as st

from tests.doses.reading import faults, read
from tests.doses.strategies import RESTS, SETS, cues, length, words
from tests.english import SAY
from voicecoach.doses.base import Activity, Manner
from voicecoach.doses.beats import Phase
from voicecoach.doses.strokes import Strokes
from voicecoach.track import CueKind
from voicecoach.units import Ms


def strokes() -> st.SearchStrategy[Strokes]:
    """Return sets of strokes that keep rule S22: ten or more, or at least 30 seconds."""
    phases = (Phase.THERE, Phase.BACK)
    return st.builds(
        Strokes,
        count=st.integers(8, 12),
        one_way=st.sampled_from([2000, 2500, 3000, 4000]).map(Ms),
        sets=SETS,
        rest=RESTS,
        breath=cues(phases),
        words=words(phases),
        line=st.just(0),
        path=st.just(""),
    )


DOSES = strokes()


def test_what_they_are() -> None:
    """They are counted, on a roller, and no rest."""
    dose = Strokes(12, Ms(3000))
    assert dose.activity is Activity.ROLLING
    assert (dose.count, dose.timed, dose.rolls, dose.rests, dose.strained) == (
        12, False, True, False, True,
    )  # fmt: skip


@pytest.mark.parametrize("wordy", [True, False])
def test_the_way_back_is_always_said(wordy: bool) -> None:
    """The metronome ticks without words and counts, too."""
    track = Strokes(10, Ms(3000)).track(SAY, length, Manner(wordy=wordy, counting=False))
    back = [cue for cue in track.cues if cue.kind is CueKind.STROKE]
    assert [cue.at for cue in back] == list(range(3000, 60_000, 6000))
    assert {cue.text for cue in back} == {SAY.say("and_back")}


@pytest.mark.parametrize(
    ("count", "one_way", "fewer"),
    [(15, 2000, 10), (12, 2000, 8), (11, 2000, None), (6, 4000, 4), (5, 4000, None)],
)
def test_s22_less_is_still_a_set(count: int, one_way: int, fewer: int | None) -> None:
    """Two thirds of the strokes if those are ten or last 30 s; else there is nothing lighter."""
    lighter = Strokes(count, Ms(one_way)).lighter()
    assert (lighter.count if lighter else None) == fewer


def test_a_level_of_too_few_strokes_is_refused_once() -> None:
    """S22: the level that takes too many away is refused; one that inherits too few is not."""
    enough, too_few = read("{strokes: 10, stroke_s: 2}"), Strokes(5, Ms(2000))
    (problem,) = faults("{strokes: 7}", enough)
    assert (problem.where, problem.rule) == ("strokes", "S22")
    assert not faults("{sets: 2}", too_few)
    assert read("{strokes: 7, stroke_s: 2.5}", enough)
