"""The network of a model's ``am/final.mdl``, run in numpy over a stretch of sound.

Only what `models/recipe/kaldi_io.py` writes is read: fixed affine layers with their inputs
spliced, each followed by a ReLU, the last by a log-softmax; matrices in 16 bits.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.errors import ModelError
from voicecoach.stt.fbank import MELS, Floats

SUBSAMPLING = 3
"""The network speaks for every third frame of 10 ms."""

_NODE = re.compile(rb"component-node name=(\S+) component=\S+ input=(.+)")
_OFFSET = re.compile(rb"Offset\([^,]+, (-?\d+)\)|[\w.-]+")


@dataclass(frozen=True, slots=True)
class Layer:
    """An affine layer over the rows at `offsets`, in frames of 10 ms."""

    matrix: Floats
    bias: Floats
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Acoustic:
    """Layers in order, and how far they look to each side in all, in frames of 10 ms."""

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


def read_acoustic(path: Path) -> Acoustic:
    """Read a ``final.mdl`` of this project's recipe. Raises `ModelError` for any other."""
    data = path.read_bytes()
    try:
        spliced = _offsets(data)
        bodies = data.split(b"<FixedAffineComponent> <LinearParams> ")[1:]
        layers = tuple(_layer(b, o) for b, o in zip(bodies, spliced, strict=True))
        tail = data[data.rindex(b"<LeftContext> ") :]
        left, right = (_int(tail, name) for name in (b"<LeftContext> ", b"<RightContext> "))
        priors = _vector(tail[tail.index(b"<Priors> ") + 9 :])
        if layers[0].matrix.shape[1] != MELS * len(layers[0].offsets):
            raise ValueError("it has other features")
    except (ValueError, IndexError, struct.error) as error:
        why = f"{path} is not as this program's recipe writes it: {error}"
        raise ModelError("The verifier cannot read the network", why, "") from error
    return Acoustic(layers, left, right, np.log(priors))


def _offsets(data: bytes) -> list[tuple[int, ...]]:
    """Return the offsets of every affine layer, in the order of the network."""
    found = []
    for name, source in _NODE.findall(data):
        if name.endswith(b"-affine"):
            inner = source[7:-1] if source.startswith(b"Append(") else source
            found.append(tuple(int(match or 0) for match in _OFFSET.findall(inner)))
    return found


def _layer(body: bytes, offsets: tuple[int, ...]) -> Layer:
    if body[:4] != b"CM2 ":
        raise ValueError("a matrix is not in 16 bits")
    low, span, rows, columns = struct.unpack_from("<ffii", body, 4)
    raw = np.frombuffer(body, "<u2", rows * columns, 20).reshape(rows, columns)
    matrix = (low + raw.astype(np.float32) * np.float32(span / 65535)).astype(np.float32)
    rest = body[20 + 2 * rows * columns :]
    return Layer(matrix, _vector(rest[len(b"<BiasParams> ") :]), offsets)


def _vector(data: bytes) -> Floats:
    if data[:3] != b"FV ":
        raise ValueError("a vector is missing")
    (count,) = struct.unpack_from("<i", data, 4)
    return np.frombuffer(data, "<f4", count, 8).copy()


def _int(data: bytes, name: bytes) -> int:
    (value,) = struct.unpack_from("<i", data, data.index(name) + len(name) + 1)
    return int(value)
