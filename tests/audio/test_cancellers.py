"""The echo cancellers by name, and the one that does nothing."""

from __future__ import annotations

import numpy as np
import pytest

from tests.contracts.canceller import CancellerContract, run
from tests.contracts.speech import speech_like
from voicecoach.audio.cancellers import CANCELLERS, NoCanceller, make_canceller
from voicecoach.errors import InputError


class TestNoCanceller(CancellerContract):
    """The one that does nothing."""

    def make(self) -> NoCanceller:
        """Return one."""
        return NoCanceller()

    def test_is_bit_exact(self) -> None:
        """What the microphone gets comes out, whatever is played."""
        mic, played = speech_like(1, 1), speech_like(1, 2)
        assert np.array_equal(run(self.make(), mic, played), mic)


def test_every_name_makes_its_canceller() -> None:
    """The names for the settings are the cancellers' own."""
    assert {name: make_canceller(name).name for name in CANCELLERS} == {n: n for n in CANCELLERS}


def test_unknown_name() -> None:
    """A misspelt name is an error that offers the right one."""
    with pytest.raises(InputError, match="no echo canceller 'kalmann'") as caught:
        make_canceller("kalmann")
    assert caught.value.next_step == "did you mean 'kalman'?"
