"""What is not understood is rendered in other ways; the clearest is kept, failures are named."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from tests.contracts.voice import VoiceContract
from tests.english import SAY
from tests.fakes.voice import FakeVoice
from voicecoach.audio.clip import Clip, Samples
from voicecoach.ports import Progress, ReadBack, Voice
from voicecoach.tts.proof import ProvedVoice
from voicecoach.tts.reading import Spelling
from voicecoach.tts.renditions import CARRIED
from voicecoach.units import Ms

RATE_WPM = 160
WORD, SPARE = Ms(300), Ms(500)
SHORT, LONG = "Three.", "Lift your hips, and hold them there."
READINGS = 3
"""Of a short text: as it is, in noise, across a room."""


class Ears:
    """Understands what it is told to, clip by clip; then understands all."""

    def __init__(self, text: str, *heard: str) -> None:
        self._text, self._heard = text, list(heard)
        self.read: list[int] = []

    def __call__(self, samples: Samples) -> str:
        """Return the next text that was given."""
        self.read.append(len(samples))
        return self._heard.pop(0) if self._heard else self._text


class Slow(FakeVoice):
    """A fake whose short words never end."""

    def render(self, texts: Iterable[str], progress: Progress | None = None) -> dict[str, Clip]:
        """Return the clips; that of `SHORT` takes 15 seconds."""
        clips = super().render(texts, progress)
        if SHORT in clips:
            clips[SHORT] = replace(clips[SHORT], samples=clips[SHORT].samples.repeat(50))
        return clips


def proved(ears: ReadBack | None, voice: FakeVoice, told: list[str]) -> ProvedVoice:
    """Return `voice`, proved, with a spare one of another name."""
    spelling = Spelling(SAY.number)

    def report(text: str, why: str, speaker: str) -> None:
        told.append(f"{speaker}: {text} {why}")

    return ProvedVoice(voice, FakeVoice(SPARE, "spare"), RATE_WPM, spelling, lambda: ears, report)


class TestProvedVoice(VoiceContract):
    """The kit on the proof."""

    @pytest.fixture
    def voice(self) -> Voice:
        """Return the fake behind the proof by length."""
        return proved(None, FakeVoice(WORD), [])


def test_what_is_understood_is_kept() -> None:
    """A short text is read in noise and in a room as well, a longer one once."""
    told: list[str] = []
    for text, readings in ((SHORT, READINGS), (LONG, 1), ("Is it better than it was?", READINGS)):
        ears, voice = Ears(text), FakeVoice(WORD)
        clip = proved(ears, voice, told).render([text])[text]
        assert (len(ears.read), voice.rendered) == (readings, [text])
        assert len(clip.words) == len(text.split())
    assert not told


@pytest.mark.parametrize("heard", [["nonsense"], [SHORT, "nonsense"], [SHORT, SHORT, "nonsense"]])
def test_a_garbled_word_is_cut_out_of_a_row(heard: list[str]) -> None:
    """It is the middle one of three, without the pause, with its words at their times.

    A word that is understood in silence alone is one of them.
    """
    told: list[str] = []
    voice = FakeVoice(WORD)
    rest = [SHORT] * (READINGS - len(heard))
    clip = proved(Ears(SHORT, *heard, *rest), voice, told).render([SHORT])[SHORT]
    assert voice.rendered == [SHORT, "Three. Three. Three."]
    assert not told
    (word,) = clip.words
    assert (word.text, clip.text) == ("Three", SHORT)
    assert abs(word.end - word.start - 300 * 16) <= 1
    assert word.end <= clip.frames


def test_a_longer_text_is_tried_more_slowly() -> None:
    """A row of it would only repeat its sentences."""
    told: list[str] = []
    text = f"{LONG} {LONG} {LONG}"
    assert len(text) > CARRIED
    voice = FakeVoice(WORD)
    clip = proved(Ears(text, "Lift your lips."), voice, told).render([text])[text]
    assert voice.rendered == [text]
    assert clip.frames == 375 * 16 * len(text.split())
    assert not told


def test_a_count_without_a_full_stop_is_made_a_sentence() -> None:
    """And each part of it; its words and its text stay the same."""
    told: list[str] = []
    voice, text = FakeVoice(WORD), "six, out"
    ears = Ears(text, *["six up"] * 2 * READINGS)
    clip = proved(ears, voice, told).render([text])[text]
    assert voice.rendered == ["six, out", "six, out.", "six. out."]
    assert (clip.text, [word.text for word in clip.words]) == (text, ["six", "out"])
    assert not told


def test_the_best_of_all_is_kept_though_a_word_is_wrong() -> None:
    """One wrong word of seven is no fault: the reader errs too. Then the first of the best."""
    told: list[str] = []
    wrong = "Lift your lips, and hold them there."
    voice = FakeVoice(WORD)
    clip = proved(Ears(LONG, *[wrong] * 6), voice, told).render([LONG])[LONG]
    assert clip.frames == 300 * 16 * len(LONG.split())
    assert not told


def test_what_stays_garbled_is_spoken_by_the_spare_voice() -> None:
    """It is named, with what was understood: two words of a row, and the slower one, too."""
    told: list[str] = []
    garbled = ["nonsense"] * 4 * READINGS
    clip = proved(Ears(SHORT, *garbled), FakeVoice(WORD), told).render([SHORT])[SHORT]
    assert told == [f'spare: {SHORT} it is understood as "nonsense"']
    assert clip.frames == 500 * 16


def test_what_the_spare_voice_garbles_too_is_not_given_away() -> None:
    """The voice keeps a word that is as unclear from the other one; it is named all the same."""
    told: list[str] = []
    clip = proved(lambda _: "nonsense", FakeVoice(WORD), told).render([SHORT])[SHORT]
    assert told == [f'tones: {SHORT} it is understood as "nonsense"']
    assert clip.frames == 300 * 16


def test_a_length_that_cannot_be_is_noticed_without_ears() -> None:
    """A short word of many seconds is cut out of a row as well."""
    told: list[str] = []
    clip = proved(None, Slow(WORD), told).render([SHORT])[SHORT]
    assert clip.length < 400
    assert not told
