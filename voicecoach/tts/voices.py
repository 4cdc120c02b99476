"""Voices by name. A new engine is one more entry in `NATURAL`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from voicecoach.errors import CoachError, VoiceError
from voicecoach.ports import ReadBack, Voice
from voicecoach.tts.cache import CachedVoice
from voicecoach.tts.neural_voice import HEART, JOE, NeuralEngine, NeuralVoice
from voicecoach.tts.proof import ProvedVoice
from voicecoach.tts.pyttsx3_voice import COACH, Pyttsx3Voice
from voicecoach.tts.reading import Spelling
from voicecoach.tts.spare import SparedVoice

AUTO: Final = "auto"
"""The first natural voice that is installed, else `COACH`."""

NATURAL: Final[dict[str, NeuralEngine]] = {engine.voice: engine for engine in (HEART, JOE)}
"""Natural voices by name, the best one first (docs/voices.md)."""

Warn = Callable[[CoachError], None]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What voices need besides their name and their rate."""

    folder: Path
    """Where clips are kept."""
    warn: Warn
    language: str
    """Code of the coach's language."""
    spelling: Spelling
    """How it is written."""
    transcriber: Callable[[], ReadBack | None]
    """Gives what reads clips back, once it is needed; None where there is none."""


def resolve(name: str, language: str) -> str:
    """Return the name of the voice that `name` chooses for a coach of that language."""
    if name != AUTO:
        return name
    fitting = (one for one in NATURAL.values() if one.language == language and one.installed())
    return next((engine.voice for engine in fitting), COACH)


def make(name: str, rate: int, around: Surroundings) -> Voice:
    """Return the voice of that name: one of `NATURAL`, `AUTO`, or a name of espeak-ng's.

    Its clips are kept. A natural voice has its clips proved, and `COACH` in reserve. Raises
    `VoiceError` when `rate` is out of range.
    """
    chosen = resolve(name, around.language)
    if chosen not in NATURAL:
        return _kept(Pyttsx3Voice(chosen, rate), around)
    spare, engine = _kept(Pyttsx3Voice(COACH, rate), around), NATURAL[chosen]

    def report(text: str, why: str, speaker: str) -> None:
        how = "unclearly" if speaker == chosen else f"instead of '{chosen}'"
        around.warn(VoiceError(f"'{speaker}' speaks \"{text}\" {how}", why))

    proved = ProvedVoice(
        NeuralVoice(engine, rate), spare, rate, around.spelling, around.transcriber, report
    )
    return SparedVoice(_kept(proved, around), spare, around.warn)


def _kept(voice: Pyttsx3Voice | ProvedVoice, around: Surroundings) -> CachedVoice:
    return CachedVoice(voice, around.folder, around.warn)
