"""The taught voice on disk: numbers, in a file for its user alone, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, Literal

import msgspec

from voicecoach.app.private_file import delete_private, write_private
from voicecoach.decision.taught import TaughtForm, TaughtVoice
from voicecoach.errors import InputError
from voicecoach.text_file import read_text_if_there

WHAT: Final = "The taught voice"
FORGET: Final = "`voicecoach teach --forget` deletes it; then teach the coach your voice again."


class KeptVoice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says. Without forms it says only that the user was asked."""

    on: date
    """The day of the lesson."""
    measure: str
    forms: dict[str, TaughtForm]
    version: Literal[1] = 1

    @property
    def voice(self) -> TaughtVoice:
        """What is known of the voice."""
        return TaughtVoice(self.measure, self.forms)


def load_voice(path: Path) -> KeptVoice | None:
    """Return what is kept in `path`; None if there is no such file. Raises `InputError`."""
    text = read_text_if_there(path, WHAT, FORGET)
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=KeptVoice)
    except msgspec.DecodeError as error:
        raise InputError(f"{WHAT} {path} is damaged", str(error), FORGET) from error


def save_voice(path: Path, voice: TaughtVoice, on: date) -> None:
    """Write it to `path`. Raises `PlaceError`; then the old file is as it was."""
    kept = KeptVoice(on, voice.measure, dict(voice.forms))
    write_private(path, WHAT, msgspec.json.encode(kept) + b"\n")


def forget_voice(path: Path) -> bool:
    """Delete the file, damaged or not; return whether there was one. Raises `PlaceError`."""
    return delete_private(path)


class VoiceStore:
    """Keeps the latest voice in `path`; `post` lets it write."""

    def __init__(self, path: Path, on: date, post: Callable[[VoiceStore], None]) -> None:
        self._path, self._on, self._post = path, on, post
        self._latest: TaughtVoice | None = None

    def keep(self, voice: TaughtVoice) -> None:
        """Have `voice` written."""
        self._latest = voice
        self._post(self)

    def write(self) -> None:
        """Write the voice that was kept last. Raises `PlaceError`."""
        if self._latest is not None:
            save_voice(self._path, self._latest, self._on)
