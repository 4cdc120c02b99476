"""How the user likes the coach to sound, on disk: what was said by voice holds next time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from voicecoach.app.private_file import write_private
from voicecoach.app.sounding import LEAST_DB, MOST_DB, Taste
from voicecoach.dialog.effects import Music
from voicecoach.errors import InputError
from voicecoach.text_file import read_text_if_there

WHAT: Final = "The file of the loudness"
STEP: Final = "Delete it; the coach then speaks at its own level, without music."


class KeptTaste(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says."""

    db: Annotated[float, msgspec.Meta(ge=LEAST_DB, le=MOST_DB)] = 0.0
    music: Music = Music.OFF
    version: Literal[1] = 1


def load_taste(path: Path) -> Taste:
    """Return what is kept in `path`, the usual if there is no such file. Raises `InputError`."""
    text = read_text_if_there(path, WHAT, STEP)
    if text is None:
        return Taste()
    try:
        kept = msgspec.json.decode(text, type=KeptTaste)
    except msgspec.DecodeError as error:
        raise InputError(f"{WHAT} {path} is damaged", str(error), STEP) from error
    return Taste(kept.db, kept.music)


class TasteStore:
    """Keeps the latest taste in `path`; `post` lets it write."""

    def __init__(self, path: Path, post: Callable[[TasteStore], None]) -> None:
        self._path, self._post = path, post
        self._latest: Taste | None = None

    def keep(self, taste: Taste) -> None:
        """Have `taste` written."""
        self._latest = taste
        self._post(self)

    def write(self) -> None:
        """Write what was kept last. Raises `PlaceError`; then the old file is as it was."""
        if self._latest is not None:
            kept = KeptTaste(self._latest.db, self._latest.music)
            write_private(self._path, WHAT, msgspec.json.encode(kept) + b"\n")
