"""The taught voice on disk: numbers, in a file for its user alone, written whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, Literal

import msgspec

from voicecoach.app.profile_store import OWN
from voicecoach.atomic_write import write_durably
from voicecoach.decision.taught import TaughtForm, TaughtVoice
from voicecoach.errors import InputError, PlaceError
from voicecoach.text_file import read_text_if_there

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
    text = read_text_if_there(path, "The taught voice", FORGET)
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=KeptVoice)
    except msgspec.DecodeError as error:
        raise InputError(f"The taught voice {path} is damaged", str(error), FORGET) from error


def save_voice(path: Path, voice: TaughtVoice, on: date) -> None:
    """Write it to `path`. Raises `PlaceError`; then the old file is as it was."""
    kept = KeptVoice(on, voice.measure, dict(voice.forms))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(path, msgspec.json.encode(kept) + b"\n", OWN)
    except OSError as error:
        why = error.strerror or str(error)
        step = "Make room there, or set XDG_DATA_HOME to another folder."
        raise PlaceError(f"The taught voice {path} cannot be written", why, step) from error


def forget_voice(path: Path) -> bool:
    """Delete the file, damaged or not; return whether there was one. Raises `PlaceError`."""
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        why = error.strerror or str(error)
        raise PlaceError(f"The taught voice {path} cannot be deleted", why) from error
    return True


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
