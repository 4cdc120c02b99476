"""Whether the coach itself was saying what was heard, by the times of its words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.english import BOOK
from voicecoach.decision.hearing import Hearing
from voicecoach.decision.own_words import BEFORE, SLACK, says
from voicecoach.decision.verdict import Spoken, SpokenWord
from voicecoach.units import RATE, Frame

WORDS = ("Say", "the", "word", "stop", "and", "I", "wait", "for", "weight", "stopped")
EACH = RATE // 2
LINE = Spoken(
    "Say the word stop, and I wait for weight. Stopped",
    Frame(0),
    Frame(len(WORDS) * EACH),
    tuple(SpokenWord(w, Frame(n * EACH), Frame(n * EACH + EACH // 2)) for n, w in enumerate(WORDS)),
)


def heard(start: int, length: int = 4000) -> Hearing:
    """Return what was heard from a frame on."""
    return Hearing("stop", Frame(start), Frame(start + length), Frame(start + length), final=True)


@given(st.integers(-RATE, 7 * RATE))
def test_a_word_is_the_coachs_while_it_sounds(start: int) -> None:
    """From a little before it to as late as its echo comes, and at no other moment of the line."""
    times = [(n * EACH, n * EACH + EACH // 2) for n in (3, 9)]
    own = any(a - BEFORE < start + 4000 and start < b + SLACK for a, b in times)
    assert says([LINE], BOOK, "stop", heard(start)) is own


def test_words_that_sound_alike_are_one() -> None:
    """The coach's "weight" is heard as "wait"."""
    assert says([LINE], BOOK, "wait", heard(8 * EACH))
    assert says([LINE], BOOK, "word stop", heard(2 * EACH))
    assert not says([LINE], BOOK, "stop and wait", heard(3 * EACH))


def test_without_times_a_word_is_found_by_its_letters() -> None:
    """A voice that tells no times: the same word, less exactly."""
    plain = replace(LINE, words=())
    share = LINE.text.index("stop") / len(LINE.text)
    assert says([plain], BOOK, "stop", heard(round(share * LINE.end)))
    assert not says([plain], BOOK, "stop", heard(0, 1000))


@pytest.mark.parametrize("at", [0, 3 * EACH, 3 * EACH + 1, 20 * EACH])
def test_of_a_line_that_is_cut_the_words_before_are_left(at: int) -> None:
    """A word that began to sound was said."""
    cut = LINE.cut(Frame(at))
    assert cut.end == at
    assert [word.text for word in cut.words] == [w.text for w in LINE.words if w.start < at]
    assert LINE.text.startswith(cut.text)
