"""What every `Voice` must do."""

from __future__ import annotations

import re

import numpy as np
import pytest

from voicecoach.errors import VoiceError
from voicecoach.ports import Voice

TEXTS = ["Three.", "Breathe in through your nose.", "Switch sides, then rest."]


def plain(text: str) -> str:
    """Return `text` without punctuation."""
    return re.sub(r"[^\w ]", "", text)


class VoiceContract:
    """Inherit, and give a fixture `voice`."""

    def test_gives_sound_for_each_text(self, voice: Voice) -> None:
        """Each distinct text has one clip of mono int16 that carries its text."""
        clips = voice.render([*TEXTS, TEXTS[0]])
        assert list(clips) == TEXTS
        for text, clip in clips.items():
            assert clip.text == text
            assert clip.samples.dtype == np.int16
            assert clip.samples.ndim == 1
            assert np.abs(clip.samples.astype(int)).max() > 1000

    def test_words_sound_in_order(self, voice: Voice) -> None:
        """A voice that tells when words sound tells it of each word, within the clip."""
        for text, clip in voice.render(TEXTS).items():
            if clip.words:
                assert " ".join(word.text for word in clip.words) == plain(text)
            bounds = [frame for word in clip.words for frame in (word.start, word.end)]
            assert bounds == sorted(bounds)
            assert all(0 <= word.start < word.end <= clip.frames for word in clip.words)
            assert all(w.vowel is None or w.start <= w.vowel < w.end for w in clip.words)

    def test_same_text_same_samples(self, voice: Voice) -> None:
        """A text sounds the same bit for bit, whatever was rendered before it."""
        alone = voice.render([TEXTS[1]])[TEXTS[1]]
        after = voice.render(TEXTS[::-1])[TEXTS[1]]
        assert np.array_equal(alone.samples, after.samples)

    def test_a_longer_text_takes_longer(self, voice: Voice) -> None:
        """Lengths follow the words."""
        clips = voice.render(TEXTS)
        assert clips[TEXTS[0]].frames < clips[TEXTS[1]].frames

    def test_progress_counts_to_all(self, voice: Voice) -> None:
        """Progress rises and ends at the number of distinct texts."""
        seen: list[tuple[int, int]] = []
        voice.render([*TEXTS, *TEXTS], lambda done, every: seen.append((done, every)))
        assert seen == sorted(seen)
        assert seen[-1] == (len(TEXTS), len(TEXTS))

    def test_nothing_wanted_is_nothing_given(self, voice: Voice) -> None:
        """No text, no clip, no error."""
        assert voice.render([]) == {}

    @pytest.mark.parametrize("text", ["", "  \n"])
    def test_an_empty_text_is_an_error(self, voice: Voice, text: str) -> None:
        """There is no silent clip for an empty text."""
        with pytest.raises(VoiceError, match="nothing to say"):
            voice.render(["One.", text])

    def test_closes_twice_and_has_a_name(self, voice: Voice) -> None:
        """Closing is harmless at any time."""
        assert voice.name
        voice.close()
        voice.close()
