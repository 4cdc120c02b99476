"""The files of a model that numpy reads: ``.npz`` archives of named arrays."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from voicecoach.errors import ModelError
from voicecoach.stt.model_check import NEXT_STEP

Arrays = dict[str, NDArray[Any]]
"""Name -> array, of any shape and type."""


def load_arrays(path: Path) -> Arrays:
    """Return all arrays of an ``.npz`` file. Raises `ModelError` if it is missing or damaged."""
    try:
        with path.open("rb") as file, np.load(file) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, TypeError, EOFError, BadZipFile, zlib.error) as error:
        raise ModelError(f"{path} cannot be read", str(error), NEXT_STEP) from error
