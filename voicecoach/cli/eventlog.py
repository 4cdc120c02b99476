"""The event log as a file of JSON lines, written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from voicecoach.audio.wav import beside
from voicecoach.errors import PlaceError


def write_text(path: Path, text: str) -> None:
    """Write `text` to `path` by way of a temporary file. Raises `PlaceError`.

    A device or a pipe is written to as it stands, and never replaced.
    """
    part = beside(path)
    try:
        part.write_text(text, "utf-8")
        if part != path:
            part.replace(path)
    except OSError as error:
        if part != path:
            part.unlink(missing_ok=True)
        why = error.strerror or str(error)
        raise PlaceError(f"{path} cannot be written", why, "Name another place.") from error


def write_events(path: Path, events: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line."""
    write_text(path, "".join(json.dumps(event, ensure_ascii=False) + "\n" for event in events))
