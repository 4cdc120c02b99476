"""The language of the benchmarks: their recordings are English."""

from __future__ import annotations

from voicecoach.language.loader import load_language

LANGUAGE = load_language("en")
BOOK = LANGUAGE.phrasebook
