"""The coach's own sounds."""

from __future__ import annotations

import numpy as np
import pytest

from tests.contracts.voice import VoiceContract
from tests.fakes.voice import FakeVoice
from voicecoach.audio.sounds import SECONDS, SoundingVoice, soft_breath
from voicecoach.ports import Voice
from voicecoach.track import SOFT_BREATH
from voicecoach.units import RATE


class TestSoundingVoice(VoiceContract):
    """The kit of voices on the one that has sounds beside it."""

    @pytest.fixture
    def voice(self) -> Voice:
        """Return a voice with sounds, the fake inside."""
        return SoundingVoice(FakeVoice(), {SOFT_BREATH: soft_breath()})


def test_a_sound_is_made_and_not_spoken() -> None:
    """The voice inside is not asked for it; all other texts are its own."""
    clips = SoundingVoice(FakeVoice(), {SOFT_BREATH: soft_breath()}).render(["Rest.", SOFT_BREATH])
    assert (clips[SOFT_BREATH].samples == soft_breath()).all()
    assert (clips["Rest."].samples == FakeVoice().render(["Rest."])["Rest."].samples).all()


def test_the_breath_is_soft() -> None:
    """It is as long as it says, well under the voice, and swells and fades without a click."""
    sound = soft_breath().astype(float) / 32768
    assert len(sound) == int(SECONDS * RATE)
    level = 20 * np.log10(np.sqrt(np.mean(sound**2)))
    assert -35 < level < -33
    assert np.abs(sound[:80]).max() < 0.001
    assert np.abs(sound[-80:]).max() < 0.001
    assert np.abs(sound).max() < 0.2
