"""What was heard lately: any stretch of it comes back as it was, and how loud it stood out."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.stt.ring_buffer import RingBuffer
from voicecoach.units import RATE, Frame


@given(
    st.lists(st.integers(0, 500), max_size=30),
    st.integers(1, 1000),
    st.integers(0, 9000),
    st.integers(0, 3000),
)
def test_what_is_kept_comes_back_as_it_was(
    sizes: list[int], length: int, begin: int, count: int
) -> None:
    """However it was cut into blocks; at least `length` frames are kept."""
    stream = np.arange(sum(sizes), dtype=np.int16)
    buffer, at = RingBuffer(length), 0
    for size in sizes:
        buffer.add(stream[at : at + size])
        at += size
    assert buffer.fed == len(stream)
    kept = buffer.since(0)
    assert len(kept) >= min(length, len(stream))
    assert np.array_equal(kept, stream[len(stream) - len(kept) :])
    first = len(stream) - len(kept)
    wanted = stream[max(begin, first) : max(first, begin + count)]
    assert np.array_equal(buffer.between(begin, begin + count), wanted)


@pytest.mark.parametrize("offset", [0, 3000])
def test_a_word_stands_out_by_its_level(offset: int) -> None:
    """20 dB over the half second before, whatever the microphone's offset; with nothing before it,
    from anything.
    """
    chance = np.random.default_rng(1)
    sound = chance.normal(offset, 100, 2 * RATE)
    sound[RATE : RATE + RATE // 4] += chance.normal(0, 1000, RATE // 4)
    buffer = RingBuffer(3 * RATE)
    buffer.add(sound.astype(np.int16))
    above = buffer.above(Frame(RATE), Frame(RATE + RATE // 4))
    assert 18 < above < 23
    assert buffer.above(Frame(0), Frame(RATE // 4)) == inf
