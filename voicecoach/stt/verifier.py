"""The verifier of the shipped model: a second look by the recogniser's own network.

A recogniser decides frame by frame and must choose one of its words; this small network sees a
second and a half at once and may answer "another word" or "no speech". It knows only words of which
its training data have enough speakers (`models/recipe/verifier.py`). Its input is the last hidden
layer of the recogniser's own network.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.decision.hearing import NOISE, OTHER, Look
from voicecoach.errors import ModelError
from voicecoach.stt.acoustic_model import FILE as ACOUSTIC_MODEL
from voicecoach.stt.acoustic_model import SUBSAMPLING, load_acoustic_model
from voicecoach.stt.alignment import Lexicon, fit
from voicecoach.stt.arrays import load_arrays
from voicecoach.stt.embedding import FILE as EMBEDDING
from voicecoach.stt.embedding import Embedder
from voicecoach.stt.fbank import HOP, Floats, fbank
from voicecoach.stt.look_window import WINDOW, window_of
from voicecoach.stt.model_check import NEXT_STEP

FILE = "verifier.npz"

FEW: Final = ("back", "again", "ready", "wait", "next")
"""Classes that only some 10 to 30 people said, in sentences: they count as another word."""

ROW = SUBSAMPLING * HOP
"""Frames of sound for one output of the network."""


class NetworkVerifier:
    """The `Verifier` port. Reads `FILE` and the acoustic model of a model folder.

    Raises `ModelError` if one of them is missing or damaged, or they do not fit each other.
    """

    name = "network"

    def __init__(self, folder: Path) -> None:
        self._acoustic = load_acoustic_model(folder / ACOUSTIC_MODEL)
        self._arrays = load_arrays(folder / FILE)
        try:
            self._lexicon: Lexicon = json.loads(str(self._arrays.pop("lexicon")))
            self._classes = [str(name) for name in self._arrays.pop("classes")]
            self._arrays = {n: a.astype(np.float32) for n, a in self._arrays.items()}
            width = self._arrays["first.weight"].shape[1]
        except (ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{folder / FILE} cannot be read", str(error), NEXT_STEP) from error
        if width != self._acoustic.layers[-1].matrix.shape[1]:
            what = f"{folder / FILE} belongs to another network"
            raise ModelError(what, "Its width differs", NEXT_STEP)
        fits = (folder / EMBEDDING).is_file()
        self._embedder = Embedder(folder, self._arrays["out.weight"]) if fits else None

    @property
    def words(self) -> frozenset[str]:
        """The words that it has a class for."""
        return frozenset(self._classes) - {OTHER, NOISE, *FEW}

    def look(
        self,
        samples: Samples,
        phrase: str = "",
        length: int = 0,
        early: bool = False,  # noqa: ARG002 - the judge's bounds for early results are made for it
    ) -> Look:
        """Look at the end of `samples`: see the port."""
        return self.looks(samples, phrase, length)[0]

    def looks(self, samples: Samples, phrase: str, length: int) -> tuple[Look, dict[str, float]]:
        """Return the look, and the shares of all classes, `FEW` too."""
        rows, scores = self._acoustic.run(fbank(window_of(samples)))
        pooled = self.pooled(rows)
        every = dict(zip(self._classes, map(float, self._shares(pooled)), strict=True))
        embedding = self._embedder.of(pooled) if self._embedder else ()
        if length > WINDOW:
            _, scores = self._acoustic.run(fbank(samples[-length:]))
        found = fit(phrase, self._lexicon, scores[-max(1, (length or WINDOW) // ROW) :])
        goodness = (found.mean, found.weakest) if found else (0.0, 0.0)
        return Look(without_few(every), *goodness, embedding), every

    def shares(self, rows: Floats) -> Floats:
        """Return the share of each class, for rows of the network's last hidden layer."""
        return self._shares(self.pooled(rows))

    def _shares(self, pooled: Floats) -> Floats:
        return _softmax(self._arrays["out.weight"] @ pooled + self._arrays["out.bias"])

    def pooled(self, x: Floats) -> Floats:
        """Return what is left of such rows before the last layer, shape ``(numbers,)``."""
        x = np.maximum(x @ self._arrays["first.weight"].T + self._arrays["first.bias"], 0)
        for name in ("second", "third"):
            x = _convolved(x, self._arrays[f"{name}.weight"], self._arrays[f"{name}.bias"])
        share = _softmax((x @ self._arrays["weight.weight"].T + self._arrays["weight.bias"])[:, 0])
        pooled: Floats = np.concatenate([share @ x, x.max(axis=0)])
        return pooled


def without_few(shares: Mapping[str, float]) -> dict[str, float]:
    """Return the shares with those of `FEW` counted as another word."""
    kept = {name: share for name, share in shares.items() if name not in FEW}
    kept[OTHER] += sum(shares.get(name, 0.0) for name in FEW)
    return kept


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    shares: Floats = powers / powers.sum()
    return shares


def _convolved(x: Floats, weight: Floats, bias: Floats) -> Floats:
    """Convolve over time with a kernel of odd size, zero-padded, then ReLU.

    `x` has shape ``(rows, inputs)``, `weight` ``(outputs, inputs, size)``.
    """
    size = weight.shape[2]
    padded = np.pad(x, ((size // 2, size // 2), (0, 0)))
    parts = [padded[n : n + len(x)] @ weight[:, :, n].T for n in range(size)]
    result: Floats = np.maximum(sum(parts) + bias, 0)
    return result
