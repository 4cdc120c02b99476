"""Verifiers by name: each takes a second look at what the recogniser found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from voicecoach.errors import InputError, did_you_mean
from voicecoach.ports import Verifier
from voicecoach.stt.verifier import FILE, NetworkVerifier

NONE: Final = "none"
"""No second look: the judge decides alone."""


def network_verifier(folder: Path) -> Verifier | None:
    """Return the verifier that comes with a model folder; other Vosk models have none."""
    return NetworkVerifier(folder) if (folder / FILE).is_file() else None


VERIFIERS: Final[dict[str, Callable[[Path], Verifier | None]]] = {
    NetworkVerifier.name: network_verifier,
    NONE: lambda _folder: None,
}
"""Name in the settings -> what makes it for a model folder."""


def make_verifier(name: str, folder: Path) -> Verifier | None:
    """Return the verifier of that name. Raises `InputError` for an unknown one, `ModelError`."""
    if name not in VERIFIERS:
        known = ", ".join(sorted(VERIFIERS))
        hint = did_you_mean(name, sorted(VERIFIERS)) or f"known are: {known}"
        raise InputError(f"There is no verifier '{name}'", next_step=hint)
    return VERIFIERS[name](folder)
