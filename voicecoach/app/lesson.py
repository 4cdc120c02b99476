"""A lesson in the user's voice: what it needs, and what it brings."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from voicecoach.decision.taught import TaughtVoice


@dataclass(frozen=True, slots=True)
class Lesson:
    """What is needed to be taught a voice: what measures it, and what keeps it."""

    measure: str
    keep: Callable[[TaughtVoice], None]
    known: TaughtVoice | None = None
    """What was taught before; None if that was nothing."""


def taught_by(voice: TaughtVoice, takes: Mapping[str, Sequence[tuple[float, ...]]]) -> TaughtVoice:
    """Return `voice` with the forms that were said often enough; another one stays as it was."""
    for form, said in takes.items():
        if is_learned(said):
            voice = voice.with_takes(form, said)
    return voice


def is_learned(takes: Sequence[tuple[float, ...]]) -> bool:
    """Tell whether a form is learned from its takes: enough of them are alike."""
    return bool(TaughtVoice().with_takes("", takes).forms)
