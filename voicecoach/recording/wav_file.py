"""A recording as WAV, with its chapters as cue points; needs no library.

Cue points with labels (chunks "cue " and "LIST") are what editors and some players show.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path

from voicecoach.audio.wav import write_wav
from voicecoach.recording.contents import Chapter, Recording
from voicecoach.units import to_frames

RIFF_SIZE = 4
"""Place of the size of the file after its first 8 bytes, little-endian, 32 bits."""


def write_chaptered_wav(path: Path, recording: Recording) -> None:
    """Write `recording` to `path`. Raises `PlaceError`, and `OSError` for the chapters."""
    write_wav(path, recording.samples)
    if recording.chapters and path.is_file():  # a pipe has no place to go back to
        _append(path, cue_chunks(recording.chapters))


def cue_chunks(chapters: Sequence[Chapter]) -> bytes:
    """Return the chunks that name `chapters`."""
    points = b"".join(
        struct.pack("<II4sIII", n, to_frames(c.start), b"data", 0, 0, to_frames(c.start))
        for n, c in enumerate(chapters, 1)
    )
    labels = b"".join(
        _chunk(b"labl", struct.pack("<I", n) + c.title.encode() + b"\0")
        for n, c in enumerate(chapters, 1)
    )
    cues = _chunk(b"cue ", struct.pack("<I", len(chapters)) + points)
    return cues + _chunk(b"LIST", b"adtl" + labels)


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _append(path: Path, chunks: bytes) -> None:
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.write(chunks)
        size = file.tell() - 8
        file.seek(RIFF_SIZE)
        file.write(struct.pack("<I", size))
