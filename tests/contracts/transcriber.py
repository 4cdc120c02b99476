"""What every `Transcriber` must do.

A test class derives from `TranscriberContract` and gives a fixture `rig`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from tests.contracts.verifier import hiss
from voicecoach.audio.clip import Samples
from voicecoach.language.words import normalise
from voicecoach.ports import Transcriber


@dataclass(frozen=True)
class Rig:
    """A transcriber; `say` returns the sound of a text, `said` are texts that it can say."""

    transcriber: Transcriber
    say: Callable[[str], Samples]
    said: tuple[str, ...]


class TranscriberContract:
    """Holds for every transcriber."""

    def test_has_a_name(self, rig: Rig) -> None:
        """It is one lower-case word."""
        assert rig.transcriber.name.isidentifier()
        assert rig.transcriber.name.islower()

    def test_it_writes_down_what_was_said(self, rig: Rig) -> None:
        """In normal form: lower case, no punctuation, one blank between."""
        for text in rig.said:
            found = rig.transcriber.write(rig.say(text))
            assert found == normalise(found)
            assert found == text

    def test_silence_is_no_text(self, rig: Rig) -> None:
        """Neither nothing at all, nor zeros."""
        assert rig.transcriber.write(np.zeros(0, np.int16)) == ""
        assert rig.transcriber.write(np.zeros(32_000, np.int16)) == ""

    @pytest.mark.parametrize("level", [30.0, 300.0, 3000.0])
    def test_hiss_is_no_text(self, rig: Rig, level: float) -> None:
        """Nothing is invented."""
        assert rig.transcriber.write(hiss(1, level, 2.0)) == ""

    def test_a_short_sound_is_harmless(self, rig: Rig) -> None:
        """As short as one sample."""
        assert rig.transcriber.write(np.ones(1, np.int16)) == ""

    def test_the_same_sound_gets_the_same_text(self, rig: Rig) -> None:
        """Whatever it has written in between; and the samples are left alone."""
        first, second = rig.said[:2]
        sound = rig.say(first)
        sound.setflags(write=False)
        text = rig.transcriber.write(sound)
        rig.transcriber.write(rig.say(second))
        assert rig.transcriber.write(sound) == text
