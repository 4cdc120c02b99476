"""The embedding of a look: where sounds of one person saying one word lie close together.

A linear discriminant analysis of what the verifier has pooled over the sound: directions in which
takes of one word by one speaker differ little, and words and speakers much
(`models/recipe/embedding.py`).
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import numpy as np

from voicecoach.errors import ModelError
from voicecoach.stt.arrays import load_arrays
from voicecoach.stt.fbank import Floats
from voicecoach.stt.model_check import NEXT_STEP

FILE = "embedding.npz"
DIGITS = 4


def measure(folder: Path) -> str:
    """Return a name of what makes the embeddings, "" if a model folder has nothing that does.

    It changes with the file: embeddings of another one cannot be compared.
    """
    path = folder / FILE
    return sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def digest(last: Floats) -> str:
    """Return the SHA-256 of a verifier's last layer, by which an embedding is known to fit it."""
    return sha256(np.ascontiguousarray(last, np.float16).tobytes()).hexdigest()


class Embedder:
    """Reads `FILE` of a model folder. Raises `ModelError` if it is missing or damaged."""

    def __init__(self, folder: Path, last: Floats) -> None:
        """`last` is the verifier's last layer, as it is stored: shape ``(classes, width)``."""
        path = folder / FILE
        arrays = load_arrays(path)
        try:
            self._mean = arrays["mean"].astype(np.float32)
            self._matrix = arrays["matrix"].astype(np.float32)
            if str(arrays["of"]) != digest(last):
                raise ValueError("it belongs to another verifier")
        except (ValueError, KeyError, IndexError) as error:
            raise ModelError(f"{path} cannot be read", str(error), NEXT_STEP) from error

    def of(self, pooled: Floats) -> tuple[float, ...]:
        """Return the unit vector of what the verifier pooled, shape ``(width,)``."""
        vector = (pooled - self._mean) @ self._matrix
        length = float(np.linalg.norm(vector)) or 1.0
        return tuple(round(float(x) / length, DIGITS) for x in vector)
