"""A clip that fails its proof is cut from a row, or spoken by the spare voice, and named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest

from tests.contracts.voice import VoiceContract
from tests.english import SAY
from tests.fakes.voice import FakeVoice
from voicecoach.audio.clip import Clip, Samples
from voicecoach.ports import Progress, Voice
from voicecoach.tts.proof import ProvedVoice
from voicecoach.tts.reading import Spelling
from voicecoach.units import Ms

RATE_WPM = 160
WORD = Ms(300)


class Ears:
    """Understands every clip that it knows: those of the fake voice, by their samples."""

    def __init__(self, *garbled: str) -> None:
        self.garbled = garbled
        self.heard: list[str] = []

    def __call__(self, samples: Samples) -> str:
        """Return the text whose tones these are; nonsense for what is garbled."""
        for text in (*TEXTS, *self.garbled):
            clip = FakeVoice(WORD).render([text])[text]
            if np.array_equal(clip.samples, samples):
                self.heard.append(text)
                return "nonsense" if text in self.garbled else text
        return TEXTS[0]  # the middle of a row: trimmed, so no longer the same


class Deaf(Ears):
    """Understands nothing."""

    def __call__(self, samples: Samples) -> str:
        """Return nonsense."""
        return "nonsense"


TEXTS = ["Three.", "Breathe in.", "Lift your hips, and hold."]


class Slow(FakeVoice):
    """A fake whose short words never end."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips; "Three." takes 15 seconds."""
        clips = super().render(texts, progress)
        return {
            text: replace(clip, samples=np.resize(clip.samples, 240_000))
            if text == "Three."
            else clip
            for text, clip in clips.items()
        }


def proved(ears: Ears | None, voice: FakeVoice, told: list[str]) -> ProvedVoice:
    """Return `voice`, proved, with a spare one of another name."""
    spare = FakeVoice(Ms(500), "spare")
    spelling = Spelling(SAY.number)
    return ProvedVoice(
        voice, spare, RATE_WPM, spelling, lambda: ears, lambda text, why: told.append(text + why)
    )


class TestProvedVoice(VoiceContract):
    """The kit on the proof."""

    @pytest.fixture
    def voice(self) -> Voice:
        """Return the fake behind the proof by length."""
        return proved(None, FakeVoice(WORD), [])


def test_what_is_understood_is_kept() -> None:
    """Each clip is read back once, and is the voice's own."""
    told: list[str] = []
    ears = Ears()
    clips = proved(ears, FakeVoice(WORD), told).render(TEXTS)
    assert ears.heard == TEXTS
    assert not told
    assert all(len(clips[text].words) == len(text.split()) for text in TEXTS)


def test_a_garbled_word_is_cut_out_of_a_row() -> None:
    """It is the middle one of three, without the pause, with its words at their times."""
    told: list[str] = []
    voice = FakeVoice(WORD)
    clip = proved(Ears("Three."), voice, told).render(["Three."])["Three."]
    assert voice.rendered == ["Three.", "Three. Three. Three."]
    assert not told
    (word,) = clip.words
    assert (word.text, clip.text) == ("Three", "Three.")
    assert abs(word.end - word.start - 300 * 16) <= 1
    assert word.end <= clip.frames


def test_what_stays_garbled_is_spoken_by_the_spare_voice() -> None:
    """It is named, with what was understood."""
    told: list[str] = []
    text = "Breathe in."
    clip = proved(Deaf(), FakeVoice(WORD), told).render([text])[text]
    assert told == ['Breathe in.it is understood as "nonsense"']
    assert clip.frames == 2 * 500 * 16


def test_a_length_that_cannot_be_is_noticed_without_ears() -> None:
    """A short word of many seconds is cut out of a row as well."""
    told: list[str] = []
    clip = proved(None, Slow(WORD), told).render(["Three."])["Three."]
    assert clip.length < 400
    assert not told
