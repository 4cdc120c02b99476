"""English, loaded once for all tests, and the functions that tests call with nothing else."""

from __future__ import annotations

from voicecoach.language.loader import load_language
from voicecoach.routine import parse as reader
from voicecoach.routine.model import Routine
from voicecoach.routine.shared import EMPTY, Library

LANGUAGE = load_language("en")
BOOK = LANGUAGE.phrasebook
SAY = LANGUAGE.prompts


def parse(text: str, path: str, library: Library = EMPTY) -> Routine:
    """Return the English routine in `text`."""
    return reader.parse(text, path, library, LANGUAGE)


def parse_any(text: str, path: str, library: Library = EMPTY) -> Routine:
    """Return the English routine, or one of the shared exercise, in `text`."""
    return reader.parse_any(text, path, library, LANGUAGE)


def parse_exercise(text: str, path: str) -> Routine:
    """Return a routine of the English shared exercise in `text`."""
    return reader.parse_exercise(text, path, LANGUAGE)
