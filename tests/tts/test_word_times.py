"""Words of a clip are where they sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.fakes.voice import FakeVoice
from voicecoach.audio.clip import Samples, Word
from voicecoach.tts.cache import CachedVoice
from voicecoach.tts.postprocess import ONSET, Polished
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.tts.word_times import Mark, place_words
from voicecoach.units import Frame


@pytest.fixture(scope="module")
def spoken() -> Iterator[Pyttsx3Voice]:
    """Return espeak-ng's voice."""
    voice = Pyttsx3Voice()
    yield voice
    voice.close()


def sound(*spans: tuple[int, int], frames: int = 1000) -> Samples:
    """Return silence that is loud within each span."""
    samples = np.zeros(frames, np.int16)
    for start, end in spans:
        samples[start:end] = 5000
    return samples


def test_marks_become_frames_without_the_silence() -> None:
    """Marks at 22 050 Hz, 80 frames cut from the start; pauses belong to no word."""
    marks = [Mark(0, 5, 110, 220), Mark(6, 4, 882)]
    polished = Polished(sound((10, 400), (600, 900)), 80)
    assert place_words("Lift, hold.", marks, polished, 22_050) == (
        Word("Lift", Frame(10), Frame(400), Frame(80)),
        Word("hold", Frame(600), Frame(900)),
    )


def test_a_number_read_in_several_words_is_one() -> None:
    """The first mark of a place counts; a mark of punctuation, or of silence, is no word."""
    marks = [Mark(0, 2, 0), Mark(0, 2, 200), Mark(3, 1, 400), Mark(5, 3, 500), Mark(9, 4, 900)]
    polished = Polished(sound((0, 380), (500, 700)), 0)
    words = place_words("21 - ten mute", marks, polished, 16_000)
    assert [(word.text, word.start, word.end) for word in words] == [
        ("21", 0, 380),
        ("ten", 500, 700),
    ]


def test_espeak_tells_when_words_sound(spoken: Pyttsx3Voice) -> None:
    """Each word between two pauses begins at the end of a silence and ends at the next."""
    clip = spoken.render(["Breathe; hold; switch."])["Breathe; hold; switch."]
    loud = np.abs(clip.samples.astype(int)) >= ONSET
    assert [word.text for word in clip.words] == ["Breathe", "hold", "switch"]
    for word in clip.words:
        assert loud[word.start]
        assert not loud[max(0, word.start - 800) : word.start].any()
        assert not loud[word.end : word.end + 200].any()


def test_the_words_are_kept_on_disk(tmp_path: Path) -> None:
    """A clip from the cache has the words it was rendered with."""
    cached = CachedVoice(FakeVoice(), tmp_path, pytest.fail)
    fresh, kept = (cached.render(["Lift, then rest."])["Lift, then rest."] for _ in range(2))
    assert len(fresh.words) == 3
    assert kept.words == fresh.words
