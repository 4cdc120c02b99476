"""No silence is so long that the user wonders whether the coach is still there."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.dialog.plans import SHORT
from tests.effort import examples
from tests.english import LANGUAGE, parse
from tests.plan.test_compile import compiled, tracks
from tests.routine.files import GOOD
from tests.routines.shelf import NAMES, load
from voicecoach.plan.compile import all_lines
from voicecoach.plan.plan import Plan
from voicecoach.plan.silences import LONGEST, alive
from voicecoach.track import SOFT_BREATH, Cue, CueKind, Lengths, Track
from voicecoach.units import Ms


def longest(plan: Plan, track: Track) -> int:
    """Return the longest silence of `track`, in ms."""
    spans = [plan.spoken.span(cue) for cue in track.cues]
    ends, starts = [0, *(end for _, end in spans)], [*(at for at, _ in spans), track.length]
    return max(start - end for end, start in zip(ends, starts, strict=True))


@given(st.sampled_from([plan.routine for plan in SHORT]) | st.sampled_from(NAMES).map(load))
@examples(8)
def test_no_track_is_silent_for_more_than_half_a_minute(routine: object) -> None:
    """Of every track of a plan: rests, pauses, guided rests, at each level of talk."""
    plan = compiled(routine)  # type: ignore[arg-type]
    assert max(longest(plan, track) for track in tracks(plan)) <= LONGEST + 1


@given(st.lists(st.integers(0, 600_000), max_size=6, unique=True), st.integers(0, 600_000))
def test_sounds_lie_between_the_lines(starts: list[int], more: int) -> None:
    """They meet no line, leave every line in its place, and none is where none is needed."""
    cues = tuple(Cue(Ms(at * 5), "line") for at in sorted(starts))
    track = Track(cues, Ms(max([0, *starts]) * 5 + 2000 + more))
    made = alive(track, Lengths(lambda text: Ms(3) if text == "line" else Ms(1600)))
    assert tuple(cue for cue in made.cues if cue.kind is not CueKind.SOUND) == cues
    takes = {SOFT_BREATH: 1600, "line": 3}
    assert all(a.at + takes[a.text] <= b.at for a, b in pairwise(made.cues))
    assert all(
        b.at - a.at > 10_000 for a, b in pairwise(made.cues) if SOFT_BREATH in (a.text, b.text)
    )


def test_a_rest_of_minutes_has_a_sign_of_life() -> None:
    """It is announced with its length; the soft sound is among the lines that are rendered."""
    routine = parse(GOOD.replace("rest_s: 20}", "rest_s: 120}", 1), "x.yaml")
    assert SOFT_BREATH in all_lines(routine, LANGUAGE)
    plan = compiled(routine)
    texts = [cue.text for cue in plan.rest(plan.stations(0)[1], 0).cues]
    assert "Rest, about two minutes." in texts
    assert texts.count(SOFT_BREATH) == 3
