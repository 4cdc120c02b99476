"""A small head on Whisper's encoder that knows the words of our recordings, and their fusion with
the default verifier (`models/recipe/whisper.py`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from voicecoach.decision.hearing import NOISE, OTHER
from voicecoach.errors import ModelError
from voicecoach.stt.arrays import Arrays, load_arrays
from voicecoach.stt.fbank import Floats
from voicecoach.stt.model_check import NEXT_STEP, check_spare
from voicecoach.stt.whisper_encoder import WIDTH

FILE = "whisper.npz"
SEGMENTS, LONG = 8, 7
"""Stretches of rows that are averaged, and rows in each: 1.12 s before the end of the sound."""
TINY = 1e-7


class WhisperHead:
    """Reads `FILE` of a model folder. Raises `ModelError` if it is missing or damaged."""

    def __init__(self, folder: Path) -> None:
        check_spare(folder, FILE)
        path = folder / FILE
        arrays = load_arrays(path)
        try:
            self.classes = [str(name) for name in arrays.pop("classes")]
            self._arrays: Arrays = {n: a.astype(np.float32) for n, a in arrays.items()}
            self._fusion = self._arrays.pop("fusion")
            first, out = (self._arrays[f"{name}.weight"].shape for name in ("first", "out"))
            if first[1] != SEGMENTS * WIDTH or out[0] != len(self.classes):
                raise ValueError("it belongs to another network")
            if self._fusion.shape != (len(self.classes), 3) or {OTHER, NOISE} - {*self.classes}:
                raise ValueError("its classes do not fit")
        except (ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{path} cannot be read", str(error), NEXT_STEP) from error

    def scores(self, rows: Floats) -> Floats:
        """Return the logarithm of the share of each class, for rows of the encoder."""
        used = rows[-SEGMENTS * LONG :].reshape(SEGMENTS, LONG, WIDTH).mean(axis=1).ravel()
        hidden = self._arrays["first.weight"] @ used + self._arrays["first.bias"]
        hidden = np.maximum(hidden, 0)
        return _log_softmax(self._arrays["out.weight"] @ hidden + self._arrays["out.bias"])

    def fused(self, scores: Floats, shares: Mapping[str, float]) -> dict[str, float]:
        """Return the shares of a class after both opinions: `scores` and the default's `shares`.

        Linear logistic fusion (Bruemmer and others, 2007): each class gets a weighted sum of both
        logarithms and an offset; the weights are shared by classes of one kind. A class that the
        default does not have counts as another word there.
        """
        other = shares[OTHER]
        logs = np.log([max(shares.get(name, other), TINY) for name in self.classes])
        own, default, offset = self._fusion.T
        joined = own * scores + default * logs + offset
        return dict(zip(self.classes, map(float, np.exp(_log_softmax(joined))), strict=True))


def _log_softmax(scores: Floats) -> Floats:
    shifted = scores - scores.max()
    logs: Floats = shifted - np.log(np.exp(shifted).sum())
    return logs
