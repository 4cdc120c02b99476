"""The recogniser's acoustic network, run in numpy over a stretch of sound.

It is the network of ``am/final.mdl``, which the recipe also writes as `FILE`
(`models/recipe/network_npz.py`): affine layers with their inputs spliced, each followed by a ReLU,
the last by a log-softmax; matrices in 16 bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.errors import ModelError
from voicecoach.stt.arrays import Arrays, load_arrays
from voicecoach.stt.fbank import MELS, Floats
from voicecoach.stt.model_check import NEXT_STEP

FILE = "network.npz"

SUBSAMPLING = 3
"""Frames of 10 ms from one output of the network to the next."""

STEPS = 65535
"""A matrix is kept as `low` + `span` * n / `STEPS`, n in 16 bits."""


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine layer over the rows at `offsets`, in frames of 10 ms.

    `matrix` has shape ``(outputs, inputs * len(offsets))``, `bias` ``(outputs,)``.
    """

    matrix: Floats
    bias: Floats
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class AcousticModel:
    """Layers in order; `left` and `right` are the context of all of them in frames of 10 ms."""

    layers: tuple[Layer, ...]
    left: int
    right: int
    log_priors: Floats

    def run(self, energies: Floats) -> tuple[Floats, Floats]:
        """Return what the last hidden layer and the output give for log mel `energies`.

        `energies` has shape ``(frames, MELS)``; its edges are repeated, as Kaldi does. Both
        results have ``frames // 3`` rows; the output is log probabilities with the priors divided
        out.
        """
        count = len(energies) // SUBSAMPLING
        head, tail = energies[:1].repeat(self.left, 0), energies[-1:].repeat(self.right, 0)
        rows = np.concatenate([head, energies[: count * SUBSAMPLING], tail])
        step = 1
        for number, layer in enumerate(self.layers[:-1]):
            stride = SUBSAMPLING if number == 1 else 1
            rows = np.maximum(_spliced(rows, layer, step, stride), 0)
            step = SUBSAMPLING if number >= 1 else 1
        scores = _spliced(rows, self.layers[-1], step, 1)
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return rows, scores - self.log_priors


def _spliced(rows: Floats, layer: Layer, step: int, stride: int) -> Floats:
    """Apply a layer; `step` is how many frames of 10 ms a row stands for."""
    offsets = [offset // step for offset in layer.offsets]
    count = len(rows) - (max(offsets) - min(offsets))
    parts = [rows[o - min(offsets) :][:count:stride] for o in offsets]
    result: Floats = np.concatenate(parts, axis=1) @ layer.matrix.T + layer.bias
    return result


def load_acoustic_model(path: Path) -> AcousticModel:
    """Read `FILE` of a model folder. Raises `ModelError` if it is missing, damaged or another."""
    arrays = load_arrays(path)
    try:
        layers = tuple(_layer(arrays, number) for number in range(int(arrays["layers"])))
        left, right = map(int, arrays["context"])
        if layers[0].matrix.shape[1] != MELS * len(layers[0].offsets):
            raise ValueError("it has other features")
        return AcousticModel(layers, left, right, np.log(arrays["priors"]))
    except (ValueError, TypeError, KeyError, IndexError) as error:
        why = f"{path} is not as this program's recipe writes it: {error}"
        raise ModelError("The verifier cannot read the network", why, NEXT_STEP) from error


def _layer(arrays: Arrays, number: int) -> Layer:
    low, span = map(float, arrays[f"{number}.low_span"])
    steps = arrays[f"{number}.matrix"].astype(np.float32)
    matrix = (low + steps * np.float32(span / STEPS)).astype(np.float32)
    offsets = tuple(map(int, arrays[f"{number}.offsets"]))
    return Layer(matrix, arrays[f"{number}.bias"], offsets)
