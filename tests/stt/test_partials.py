"""When what a partial result says is over."""

from __future__ import annotations

import pytest

from voicecoach.decision.hearing import NOISE, OTHER, Look
from voicecoach.stt.partials import STILL, STOOD, Ending, Partial
from voicecoach.units import Frame

LOOK = Look({"yes": 0.9, OTHER: 0.1, NOISE: 0.0})
YES = Partial("yes", Frame(0), Frame(1000))
STANDS = Frame(1000 + STOOD)


class Looks:
    """Takes looks, and counts them."""

    def __init__(self) -> None:
        self.taken = 0

    def __call__(self) -> Look:
        """Take one."""
        self.taken += 1
        return LOOK


def test_what_is_sure_is_over_once_it_is_quiet() -> None:
    """And has stood."""
    ending = Ending(lambda text, look: "yes please" if (text, look) == ("yes", LOOK) else None)
    assert ending.found(YES, STANDS, STILL, Looks()) == ("yes please", LOOK)


@pytest.mark.parametrize(("now", "still"), [(STANDS, STILL - 1), (Frame(STANDS - 1), STILL)])
def test_nothing_is_looked_at_before(now: Frame, still: int) -> None:
    """A look costs as much as decoding 150 ms of sound."""
    looks = Looks()
    assert not Ending(lambda text, _look: text).found(YES, now, still, looks)
    assert looks.taken == 0


def test_each_partial_result_is_looked_at_once() -> None:
    """Until it changes, or the utterance is over."""
    looks, ending = Looks(), Ending(lambda _text, _look: None)
    for _ in range(3):
        assert not ending.found(YES, STANDS, STILL, looks)
    assert looks.taken == 1
    ending.found(Partial("no", Frame(0), Frame(1000)), STANDS, STILL, looks)
    ending.end()
    ending.found(YES, STANDS, STILL, looks)
    assert looks.taken == 3


def test_without_a_look_nothing_is_sure() -> None:
    """A model without a verifier waits for the recogniser."""
    assert not Ending(lambda text, _look: text).found(YES, STANDS, STILL, lambda: None)
