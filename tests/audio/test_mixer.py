"""The mixer: clips at their exact frames, silence at once, and a true report of both."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.clip import Clip, Samples
from voicecoach.audio.mixer import FADE, Ended, Mixer, Report, Started
from voicecoach.units import BLOCK, Frame


def clip(frames: int, level: int = 1000) -> Samples:
    """Return `frames` samples at one level: what is heard can be read off."""
    return np.full(frames, level, np.int16)


class Rig:
    """A mixer with everything that it played and reported."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.mixer = Mixer(self.reports.append)

    def fill(self, *blocks: int) -> Samples:
        """Return the next samples, asked for in blocks of these sizes."""
        return np.concatenate([self.mixer.fill(frames) for frames in blocks])


CLIPS = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 500), st.integers(-3000, 3000)), max_size=8
)
BLOCKS = st.lists(st.integers(1, 400), min_size=1, max_size=12)


@given(CLIPS, BLOCKS)
def test_the_output_is_the_sum_of_the_clips(
    clips: list[tuple[int, int, int]], blocks: list[int]
) -> None:
    """Any clips at any frames, filled in blocks of any size: each sample is the sum of what
    belongs there, and each clip's reports name its exact first and last frame, once.
    """
    rig = Rig()
    blocks = [*blocks, 1500]
    expected = np.zeros(sum(blocks), np.int64)
    for id_, (at, frames, level) in enumerate(clips):
        rig.mixer.play(id_, clip(frames, level), Frame(at))
        expected[at : at + frames] += level
    assert np.array_equal(rig.fill(*blocks), expected)
    assert rig.mixer.frame == sum(blocks)
    assert sorted(rig.reports, key=lambda r: (r.id, isinstance(r, Ended))) == [
        report
        for id_, (at, frames, _) in enumerate(clips)
        for report in (
            Started(id_, Frame(at), Frame(at)),
            Ended(id_, Frame(at + frames), whole=True),
        )
    ]


@given(st.integers(0, 700), st.integers(1, 900), st.integers(1, 5), st.integers(1, 900))
def test_silence_comes_within_five_milliseconds(
    at: int, frames: int, hush_after: int, later: int
) -> None:
    """After a hush the sound falls to nothing in 5 ms without a step; what waited is dropped."""
    rig = Rig()
    rig.mixer.play(1, clip(frames), Frame(at))
    rig.mixer.play(2, clip(300, 500), Frame(at + frames + later + 1000))
    before = rig.fill(*[BLOCK] * hush_after)
    rig.mixer.hush()
    after = rig.fill(*[BLOCK] * 30)
    cut = len(before)
    assert not after[FADE:].any()
    assert (np.diff(after.astype(int)) <= 0).all()
    sounding = at < cut < at + frames
    assert bool(after.any()) == sounding
    if sounding:
        assert after[0] == 1000
        rest = min(FADE, at + frames - cut)
        assert rig.reports == [Started(1, Frame(at), Frame(at)), Ended(1, Frame(cut + rest), False)]
    elif at >= cut:
        assert rig.reports == []


def test_the_fade_is_a_straight_line() -> None:
    """A cut of 5 ms goes from the full level to none evenly: no click."""
    rig = Rig()
    rig.mixer.play(1, clip(4000, 7900), Frame(0))
    rig.fill(BLOCK)
    rig.mixer.hush()
    assert np.array_equal(rig.fill(BLOCK)[:FADE], np.arange(7900, -1, -100))


def test_two_hushes_in_one_block_fade_as_one() -> None:
    """A second hush before the next block does not cut the fade of the first."""
    once, twice = Rig(), Rig()
    for rig, times in ((once, 1), (twice, 2)):
        rig.mixer.play(1, clip(4000), Frame(0))
        rig.fill(BLOCK)
        for _ in range(times):
            rig.mixer.hush()
    assert np.array_equal(once.fill(BLOCK), twice.fill(BLOCK))
    assert once.reports == twice.reports


def test_what_comes_after_a_hush_sounds_beside_the_fade() -> None:
    """A clip that was ordered after the hush is played whole, in the same block even."""
    rig = Rig()
    rig.mixer.play(1, clip(4000), Frame(0))
    rig.fill(BLOCK)
    rig.mixer.hush()
    rig.mixer.play(2, clip(200, 300), Frame(BLOCK + 100))
    out = rig.fill(BLOCK, BLOCK)
    assert not out[FADE:100].any()
    assert (out[100:300] == 300).all()
    assert rig.reports[-1] == Ended(2, Frame(BLOCK + 300), whole=True)


def test_a_late_clip_begins_with_the_next_block_and_says_so() -> None:
    """A clip whose frame has passed is played whole at once; the report shows how late."""
    rig = Rig()
    rig.fill(BLOCK)
    rig.mixer.play(1, clip(50), Frame(10))
    out = rig.fill(BLOCK)
    assert (out[:50] == 1000).all()
    assert rig.reports[0] == Started(1, Frame(BLOCK), Frame(10))


def test_a_silent_cue_is_reported_like_any_other() -> None:
    """A clip without samples begins and ends at its frame, and adds no sound."""
    rig = Rig()
    rig.mixer.play(1, clip(0), Frame(200))
    assert not rig.fill(BLOCK, BLOCK).any()
    assert rig.reports == [
        Started(1, Frame(200), Frame(200)), Ended(1, Frame(200), whole=True),
    ]  # fmt: skip


@pytest.mark.parametrize("level", [30_000, -30_000])
def test_loud_clips_are_held_at_full_scale(level: int) -> None:
    """Two loud clips at once saturate; they never wrap around."""
    rig = Rig()
    rig.mixer.play(1, clip(BLOCK, level), Frame(0))
    rig.mixer.play(2, clip(BLOCK, level), Frame(0))
    assert set(rig.fill(BLOCK)) == {32767 if level > 0 else -32768}


@given(st.floats(-15, 6))
def test_the_level_glides_over_one_block(db: float) -> None:
    """A new gain is reached at the end of one block, evenly, and then stays."""
    rig = Rig()
    rig.mixer.play(1, clip(10 * BLOCK, 8000), Frame(0))
    rig.mixer.gain(db)
    wanted = 8000 * 10 ** (db / 20)
    glide = rig.fill(BLOCK).astype(int)
    assert glide[0] == 8000
    assert abs(glide[-1] - wanted) <= 1
    steps = np.diff(glide)
    assert steps.max() - steps.min() <= 1
    assert np.abs(rig.fill(BLOCK, BLOCK) - wanted).max() <= 1


def test_a_block_is_new_memory() -> None:
    """What was handed out is not written to again: a device may keep it."""
    rig = Rig()
    rig.mixer.play(1, clip(BLOCK), Frame(0))
    first = rig.mixer.fill(BLOCK)
    kept = first.copy()
    rig.mixer.fill(BLOCK)
    assert np.array_equal(first, kept)
    assert first.dtype == np.int16


@given(st.integers(0, 50_000))
def test_a_clip_is_never_shorter_than_its_sound(frames: int) -> None:
    """A clip's length in milliseconds is rounded up, by less than one."""
    one = Clip("", np.zeros(frames, np.int16))
    assert one.length == math.ceil(frames / 16)
