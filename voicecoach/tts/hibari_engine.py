"""Hibari's American voice, in its worker: distilled from `af_heart` of Kokoro-82M (Apache-2.0).

The only importer of hibari. Its text reader needs no espeak-ng and no network.
"""

from __future__ import annotations

import json
from typing import Any, Final

import numpy as np

from voicecoach.tts.onnx_model import Span, checked, mark_of, session, with_input, with_output
from voicecoach.tts.word_times import AROUND, Mark

RATE: Final = 24_000
HOP: Final = 600
"""Samples of a step of the lengths: 25 ms."""
PREDICTED: Final = "/Div_40_output_0"
"""The tensor with the lengths in steps that the model predicts for its phonemes."""
ROUNDED, LENGTHS = "/Round_output_0", "phoneme_lengths"
"""The tensor with the rounded lengths, and the input that takes its place: the predictions are so
near to whole steps that dividing and rounding them, as the model does, makes jumps of 25 % in the
speed of speech."""
NODE: Final = (b"\n\x0f", b"\n\x11/Cast_31_output_0")
"""What stands around `ROUNDED` in the one node that takes it."""
LAG_S: Final = 0.12
"""Seconds, at the usual speed, by which the sound of a phoneme may be ahead of its length: the
first sound of a line by 48 at the median and 91 ms in 95 of 100, of 43 lines."""
BLOCK: Final = RATE // 200
"""Samples of 5 ms, for the search of the gap between two words."""
SEED: Final = 1
"""Of the noise in breathy sounds: the same text gives the same samples."""

FILES: Final = {
    "hibari.onnx": "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8",
    "oov.onnx": "d3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76",
    "oov.json": "b462e6e5dbdf0e7346c732385d0dd844f612f1770871441c56932bff4ca75d8c",
    "lexicon_us_gold.json.gz": "63ae94f8ef0e906d5b24fe9b59ffcbd1529aca5686a774610e43973cbaa86ad2",
    "lexicon_us_silver.json.gz": "c4c2546ebf1eb07010331e7ef785a431aa17ba8e7bfb6b4af8d654ee96a71fd3",
    "tagger.json.gz": "d2da7502284bbbe45d49e0b7ce3ce67bdab82254150f4317f1b8559b4d38d0eb",
    "tokenizer_exceptions.json": "ddf3a3da07bdcf5144270ea4530191d8580fb4fd6f5ae93296e87916e795659a",
    "vocab.json": "70abefbe8a1c8865e43e0a43bbdc25b91a33e4aa053479d443ccf23e20a59e5d",
}
"""SHA-256 of each file that is used: hibari-tts 0.2.1."""


class Engine:
    """Turns text into sound. Raises `RuntimeError` if the package is missing or damaged."""

    rate = RATE

    def __init__(self) -> None:
        contents = checked("hibari", "assets", FILES)
        from hibari import dsp
        from hibari.g2p import G2P

        self._synth: Any = dsp.synth
        self._read: Any = G2P()
        self._ids: dict[str, int] = json.loads(contents["vocab.json"])
        model = with_output(contents["hibari.onnx"], PREDICTED)
        self._model = session(with_input(model, NODE, ROUNDED, LENGTHS))
        self._parts = [one.name for one in self._model.get_outputs() if one.name != PREDICTED]

    def render(self, text: str, speed: float) -> tuple[Any, list[Mark]]:
        """Return the samples, float in -1 to 1, and a mark for each word."""
        phonemes, spans = self._phonemes(text)
        known = np.array([one in self._ids for one in phonemes], bool)
        ids = [0, *(self._ids[one] for one in phonemes if one in self._ids), 0]
        feed = {"ids": np.array([ids], np.int64), "speed": np.ones(1, np.float32)}
        shortest = np.ones(len(ids), np.float32)  # the whole graph runs, whatever is asked of it
        (predicted,) = self._model.run([PREDICTED], {**feed, LENGTHS: shortest})
        steps = _steps(predicted, speed)
        parts = self._model.run(self._parts, {**feed, LENGTHS: steps})
        sound = self._synth(*(part[0] for part in parts), np.random.default_rng(SEED))
        lengths = np.zeros(len(phonemes), np.int64)
        lengths[known] = steps[1:-1]
        starts = HOP * (int(steps[0]) + np.cumsum(lengths) - lengths)
        marks = [mark_of(span, phonemes, starts) for span in spans]
        return sound, [_earlier(mark, sound, speed) for mark in marks]

    def _phonemes(self, text: str) -> tuple[str, list[Span]]:
        """Return the phonemes of the whole text, and its words.

        Hibari's reading of abbreviations is left out, because it takes the end of "yes or no." for
        "number"; the coach's texts have none.
        """
        phonemes, spans, at = "", list[Span](), 0
        for token in self._read.phonemize_tokens(self._read.tokenize(text)):
            own = token.phonemes or ""
            if token.text.strip(AROUND) and own.strip():
                at = text.index(token.text, at)
                spans.append(Span(at, len(token.text), len(phonemes), len(phonemes) + len(own)))
                at += len(token.text)
            phonemes += own + (" " if token.whitespace else "")
        return phonemes.rstrip(), spans


def _steps(predicted: Any, speed: float) -> Any:
    """Return the length of each phoneme in whole steps, one at least, at `speed` times the pace.

    What one is rounded by is made good by the next, so the whole is as long as it should be.
    """
    wanted = np.maximum(predicted.astype(np.float64), 1.0) / speed
    steps, behind = np.zeros(len(wanted), np.float32), 0.0
    for at, length in enumerate(wanted):
        steps[at] = max(1.0, np.rint(length + behind))
        behind += length - steps[at]
    return steps


def _earlier(mark: Mark, sound: Any, speed: float) -> Mark:
    """Return `mark`, moved to the softest place shortly before it: there the word begins."""
    reach = int(LAG_S * RATE / speed)
    first = max(0, mark.sample - reach) // BLOCK
    blocks = sound[first * BLOCK : mark.sample // BLOCK * BLOCK].reshape(-1, BLOCK)
    if not len(blocks):
        return mark
    softest = first + int(np.argmin(np.mean(blocks**2, axis=1)))
    lag = mark.sample - softest * BLOCK
    vowel = None if mark.vowel is None else mark.vowel - lag
    return mark._replace(sample=mark.sample - lag, vowel=vowel)
