"""The soft bed: quiet, without a seam, under every word, and gone with a halt."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.audio.bed import AHEAD, DBFS, DUCKED, RISE_S, Bed, waves
from voicecoach.audio.clip import Samples
from voicecoach.audio.mixer import FADE, Mixer
from voicecoach.units import BLOCK, RATE, Frame

LEVEL = np.full(RATE, 1000, np.int16)
"""A bed at one level: its gain can be read off."""


def mixer(bed: Samples = LEVEL) -> Mixer:
    """Return a mixer whose bed is on."""
    made = Mixer(lambda _: None, bed)
    made.bed(True)
    return made


def filled(of: Mixer, seconds: float) -> Samples:
    """Return what it plays, block by block."""
    return np.concatenate([of.fill(BLOCK) for _ in range(round(seconds * RATE / BLOCK))])


def test_the_waves_are_soft_and_have_no_seam() -> None:
    """Well under the voice; the last sample leads to the first as any other to the next."""
    sound = waves().astype(float) / 32768
    assert abs(20 * np.log10(np.sqrt(np.mean(sound**2))) - DBFS) < 0.5
    steps = np.abs(np.diff(sound))
    assert abs(sound[0] - sound[-1]) <= steps.max()
    assert np.abs(sound).max() < 0.05


def test_it_rises_slowly_and_without_a_step() -> None:
    """Full after its time, and never faster on the way."""
    sound = filled(mixer(), RISE_S + 0.5).astype(int)
    assert sound[-1] == 1000
    assert np.abs(np.diff(sound)).max() <= 1
    assert sound[round(RISE_S / 2 * RATE)] < 600


def test_it_gives_way_before_a_word_and_comes_back() -> None:
    """Ducked when the word begins, though it was handed over a moment before; full again later."""
    of = mixer()
    filled(of, RISE_S + 0.5)
    word = np.zeros(RATE // 2, np.int16)
    at = of.frame + AHEAD
    of.play(1, word, Frame(at))
    sound = filled(of, 4.0)
    assert sound[AHEAD + BLOCK] <= 1000 * DUCKED + 1
    assert sound[AHEAD + len(word) - 1] <= 1000 * DUCKED + 1
    assert sound[-1] == 1000


def test_a_hush_silences_it_until_the_coach_speaks_again() -> None:
    """Within the fade of a clip; not a sample sounds before the next word."""
    of = mixer()
    filled(of, RISE_S + 0.5)
    of.hush()
    sound = filled(of, 3.0)
    assert sound[:FADE].any()
    assert not sound[BLOCK:].any()
    of.play(1, np.zeros(RATE, np.int16), of.frame)
    assert filled(of, 2.0).any()


@given(st.lists(st.integers(1, 900), min_size=1, max_size=8))
def test_without_a_bed_nothing_changes(blocks: list[int]) -> None:
    """A mixer whose bed is off plays the samples of a mixer that has none."""
    plain, silent = Mixer(lambda _: None), Mixer(lambda _: None, waves())
    for one in (plain, silent):
        one.play(1, LEVEL[:500], Frame(37))
    for frames in blocks:
        assert np.array_equal(plain.fill(frames), silent.fill(frames))


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=300))
def test_the_gain_keeps_its_bounds(course: list[tuple[bool, bool, bool]]) -> None:
    """Whatever is wanted, said and hushed: never louder than the loop, never below zero."""
    bed = Bed(LEVEL)
    for on, talking, hushed in course:
        bed.on = on
        if hushed:
            bed.hush()
        block = np.zeros(BLOCK, np.float32)
        bed.add_to(block, talking)
        assert 0.0 <= block.min() <= block.max() <= 1000.0
        if hushed and not talking:
            assert block[-1] == 0.0
