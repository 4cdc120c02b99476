"""Names of espeak-ng voices: friendly in the settings, exact for the engine.

espeak-ng silently speaks with another voice when it does not know a variant, so every name is
checked against the voices and variants of the installed engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voicecoach.errors import VoiceError, did_you_mean


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The voices (such as ``gmw/en-us``) and variants (such as ``f3``) of an engine."""

    voices: tuple[str, ...]
    variants: tuple[str, ...]

    @property
    def friendly(self) -> tuple[str, ...]:
        """Names of the voices as people write them: without the language family."""
        return tuple(_tail(voice) for voice in self.voices)

    def resolve(self, name: str) -> str:
        """Return the engine's name for ``en-us``, ``gmw/en-us``, ``EN-US+f3`` and the like.

        Raises `VoiceError`, with the nearest name, when there is no such voice or variant.
        """
        language, plus, variant = name.strip().partition("+")
        voice = _pick(language.lower(), {_tail(v).lower(): v for v in self.voices})
        voice = voice or _pick(language.lower(), {v.lower(): v for v in self.voices})
        if not voice:
            raise _unknown("voice", language, self.friendly)
        if not plus:
            return voice
        file = _pick(variant.lower(), {v.lower(): v for v in self.variants})
        if not file:
            raise _unknown("voice variant", variant, self.variants)
        return f"{voice}+{file}"


def friendly(voice: str) -> str:
    """Return the engine's name `voice` as people write it: ``gmw/en-us+f3`` is ``en-us+f3``."""
    return _tail(voice)


def _tail(voice: str) -> str:
    return voice.rpartition("/")[2]


def _pick(name: str, known: dict[str, str]) -> str:
    return known.get(name, "")


def _unknown(kind: str, name: str, known: Sequence[str]) -> VoiceError:
    english = [voice for voice in known if voice.startswith("en")] or list(known)
    hint = did_you_mean(name.lower(), known) or f"choose one of: {', '.join(english)}"
    return VoiceError(f"unknown {kind} '{name}'", "espeak-ng has no such file", hint)
