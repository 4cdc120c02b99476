"""A language as one value: what a user can say, what the coach says, and how texts are checked."""

from __future__ import annotations

from dataclasses import dataclass, field

from voicecoach.language.lint import Lint
from voicecoach.language.phrasebook import Phrasebook
from voicecoach.language.prompts import Prompts


@dataclass(frozen=True, slots=True)
class Language:
    """Everything that differs from one language to another. It is passed to whoever speaks."""

    code: str
    """Name of its folder, and what stands under ``language`` in a routine: "en"."""
    phrasebook: Phrasebook = field(repr=False)
    prompts: Prompts = field(repr=False)
    lint: Lint = field(repr=False)
    available: tuple[str, ...] = ()
    """Codes of all languages that can be loaded, this one included."""
