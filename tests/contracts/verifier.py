"""What every `Verifier` must do.

A test class derives from `VerifierContract` and gives a fixture `rig`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pytest

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import NOISE, OTHER
from voicecoach.ports import Verifier
from voicecoach.units import RATE

SAID = ("stop", "yes", "no")
"""Words that every verifier has a class for, and that every rig can say."""


@dataclass(frozen=True)
class Rig:
    """A verifier; `say` returns the sound of a word, with a little silence after it."""

    verifier: Verifier
    say: Callable[[str], Samples]


def hiss(seed: int, level: float, seconds: float = 1.5) -> Samples:
    """Return white noise."""
    noise = np.random.default_rng(seed).normal(0, level, round(seconds * RATE))
    sound: Samples = noise.astype(np.int16)
    return sound


class VerifierContract:
    """Holds for every verifier."""

    def test_has_a_name(self, rig: Rig) -> None:
        """It is one lower-case word, for the settings."""
        assert rig.verifier.name.isidentifier()
        assert rig.verifier.name.islower()

    def test_shares_are_of_its_words_another_word_and_noise(self, rig: Rig) -> None:
        """And add up to 1, whatever it looks at, however long or short that is."""
        sounds = (hiss(2, 300.0), hiss(3, 300.0, 0.1), hiss(4, 30.0, 4.0), np.zeros(0, np.int16))
        for samples in sounds:
            shares = rig.verifier.look(samples).shares
            assert sum(shares.values()) == pytest.approx(1, abs=1e-4)
            assert all(0 <= share <= 1 for share in shares.values())
            assert set(shares) == {OTHER, NOISE, *rig.verifier.words}

    @pytest.mark.parametrize("early", [False, True])
    @pytest.mark.parametrize("word", SAID)
    def test_a_word_that_was_said_is_the_likeliest(self, rig: Rig, word: str, early: bool) -> None:
        """With a share of more than a half, where the recogniser heard it too."""
        found, share = rig.verifier.look(rig.say(word), word, early=early).best
        assert found == word
        assert share > 0.5

    def test_only_the_end_of_the_samples_counts_for_the_shares(self, rig: Rig) -> None:
        """What was said two seconds before is not seen."""
        later = np.concatenate([rig.say("stop"), hiss(5, 3.0, 2.0)])
        assert rig.verifier.look(later).of("stop") == pytest.approx(0, abs=0.1)

    @pytest.mark.parametrize("level", [30.0, 300.0, 3000.0])
    def test_hiss_is_noise(self, rig: Rig, level: float) -> None:
        """White noise of any level is no word."""
        assert rig.verifier.look(hiss(1, level)).noise > 0.5

    def test_the_same_sound_gets_the_same_look(self, rig: Rig) -> None:
        """Whatever it has seen in between; and the samples are left alone."""
        sound = rig.say("yes")
        sound.setflags(write=False)
        first = rig.verifier.look(sound, "yes")
        rig.verifier.look(rig.say("no"))
        assert rig.verifier.look(sound, "yes") == first
