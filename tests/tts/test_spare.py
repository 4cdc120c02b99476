"""A voice that cannot speak is replaced by the spare one, for good and with one warning."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tests.contracts.voice import VoiceContract
from tests.fakes.voice import FakeVoice
from voicecoach.audio.clip import Clip
from voicecoach.errors import VoiceError
from voicecoach.ports import Progress, Voice
from voicecoach.tts.spare import SparedVoice


class Mute(FakeVoice):
    """A fake whose weights are damaged."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Fail."""
        raise VoiceError("no speech synthesiser", "the weights are damaged", "install it again")


class TestSparedVoice(VoiceContract):
    """The kit on a pair that works."""

    @pytest.fixture
    def voice(self) -> Voice:
        """Return a pair of fakes."""
        return SparedVoice(FakeVoice(), FakeVoice(name="spare"), pytest.fail)


class TestSpare(VoiceContract):
    """The kit on a pair whose first voice is mute."""

    @pytest.fixture
    def voice(self) -> Voice:
        """Return the pair."""
        return SparedVoice(Mute(), FakeVoice(name="spare"), lambda error: None)


def test_the_warning_comes_once_and_says_what_to_do() -> None:
    """The whole session is spoken by the spare voice, which then gives its name."""
    warned: list[VoiceError] = []
    pair = SparedVoice(Mute(name="heart"), FakeVoice(name="spare"), warned.append)
    assert pair.name == "heart"
    assert list(pair.render(["One.", "Two."])) == ["One.", "Two."]
    assert list(pair.render(["Three."])) == ["Three."]
    (error,) = warned
    assert "'heart' cannot be used; 'spare' speaks instead" in error.what
    assert "the weights are damaged" in error.why
    assert error.next_step == "install it again"
    assert pair.name == "spare"


def test_a_text_at_fault_is_no_failure_of_the_voice() -> None:
    """What neither can speak is an error, and the natural voice goes on."""
    pair = SparedVoice(FakeVoice(name="heart"), FakeVoice(name="spare"), pytest.fail)
    with pytest.raises(VoiceError, match="nothing to say"):
        pair.render([""])
    assert pair.name == "heart"
