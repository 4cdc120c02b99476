"""The split of the recordings by speaker: who trains, who tunes, who tests."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.recipe.corpus import TEST, TRAIN, TUNE, bucket, read, side_of

HELD_BEFORE = {"speech": 8, "noise": 6}
"""Twentieths of the speakers that were held out when the shipped network was trained; else 4."""

KINDS = st.sampled_from(["commands", "words", "an4", "speech", "noise", "speechocean"])
SPEAKERS = st.from_regex(r"(gsc|an4|libri|so762):[0-9a-f]{4,8}", fullmatch=True)


@given(SPEAKERS, KINDS)
def test_who_trained_the_shipped_network_neither_tunes_nor_tests(speaker: str, kind: str) -> None:
    """The network was not trained with speechocean762; of all else the held-out side is split."""
    side = side_of(speaker, kind)
    if not speaker.startswith("so762"):
        assert (side == TRAIN) == (bucket(speaker) >= HELD_BEFORE.get(kind, 4))


@given(SPEAKERS)
def test_a_word_and_the_sentence_it_was_cut_from_are_on_one_side(speaker: str) -> None:
    """Whatever the kind of the recording."""
    so762 = f"so762:{speaker.split(':')[1]}"
    assert side_of(so762, "cuts") == side_of(so762, "speechocean")


def test_each_side_gets_its_share() -> None:
    """Of a thousand speakers a tenth tests and a tenth tunes."""
    sides = [side_of(f"gsc:{n:08x}", "commands") for n in range(1000)]
    assert sides.count(TEST) == pytest.approx(100, abs=30)
    assert sides.count(TUNE) == pytest.approx(100, abs=30)


def test_no_speaker_of_the_recordings_is_on_two_sides() -> None:
    """In the folder named by the variable RECORDINGS."""
    folder = os.environ.get("RECORDINGS")
    if not folder:
        pytest.skip("set RECORDINGS to a folder of recordings with a MANIFEST.csv to check it")
    sides = defaultdict(set)
    for clip in read(Path(folder)):
        if "unknown" not in clip.speaker:
            sides[clip.speaker].add(clip.side)
    assert sides
    assert not {speaker: found for speaker, found in sides.items() if len(found) > 1}
