"""A recording as MP3, Opus, FLAC, M4A or M4B with chapters, tags and cover, by PyAV (FFmpeg)."""

from __future__ import annotations

import base64
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from voicecoach.errors import CoachError
from voicecoach.extras import install
from voicecoach.ports import Progress
from voicecoach.recording.contents import Recording
from voicecoach.recording.cover import SIZE, cover
from voicecoach.units import RATE, Ms

CHUNK: Final = 10 * RATE
"""Frames that are encoded between two signs of progress."""
ARTIST: Final = "voicecoach"
MILLISECONDS: Final = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Format:
    """How FFmpeg writes a kind of file."""

    container: str
    codec: str
    bit_rate: int = 0
    """Bits a second; 0 for a format without loss."""
    options: dict[str, str] = field(default_factory=dict)
    """Of the codec."""
    picture: bool = True
    """Whether the cover is a stream of its own; else it is a comment, as Ogg has it."""
    comments: bool = False
    """Whether chapters are comments: for FLAC FFmpeg writes none, and in Ogg it rounds some up by a
    second."""


FORMATS: Final = {
    ".mp3": Format("mp3", "libmp3lame", 64_000),
    ".opus": Format(
        "opus", "libopus", 32_000, {"application": "voip"}, picture=False, comments=True
    ),
    ".flac": Format("flac", "flac", comments=True),
    ".m4a": Format("mp4", "aac", 64_000),
    ".m4b": Format("mp4", "aac", 64_000),
}
"""By the ending of the file's name. Bit rates: speech at 16 kHz, by ear."""


def encode(path: Path, ending: str, recording: Recording, progress: Progress) -> None:
    """Write `recording` to `path` in the format of `ending`. Raises `OSError` or `CoachError`."""
    av, kind = _library(), FORMATS[ending]
    options = {"brand": "M4B "} if ending == ".m4b" else {}
    with av.open(f"file:{path}", "w", format=kind.container, options=options) as out:
        out.metadata.update(_tags(recording, kind))
        stream = out.add_stream(kind.codec, rate=RATE, options=kind.options, layout="mono")
        if kind.bit_rate:
            stream.bit_rate = kind.bit_rate
        picture = _picture_stream(av, out) if kind.picture else None
        if not kind.comments:
            out.set_chapters(list(_chapters(recording)))
        out.start_encoding()
        if picture is not None:
            out.mux(_picture_packet(av, picture))
        for frame in _frames(av, recording, progress):
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def require_library() -> None:
    """Raise `CoachError` if PyAV is not installed."""
    _library()


def _library() -> Any:
    try:
        import av
    except ImportError as error:
        step = f"Install it: `{install('files')}`, or name a file that ends in .wav."
        raise CoachError("This kind of file needs the package PyAV", str(error), step) from error
    return av


def _tags(recording: Recording, kind: Format) -> dict[str, str]:
    tags = {
        "title": recording.title,
        "artist": ARTIST,
        "album": recording.title,
        "genre": "Speech",
        "comment": recording.summary,
    }
    if kind.comments:
        for n, chapter in enumerate(recording.chapters):
            tags |= {f"CHAPTER{n:03d}": _clock(chapter.start), f"CHAPTER{n:03d}NAME": chapter.title}
    if not kind.picture:
        tags["METADATA_BLOCK_PICTURE"] = base64.b64encode(_picture_block()).decode()
    return tags


def _clock(at: Ms) -> str:
    minutes, ms = divmod(at, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{ms / 1000:06.3f}"


def _chapters(recording: Recording) -> Iterator[dict[str, object]]:
    ends = [*(chapter.start for chapter in recording.chapters[1:]), recording.length]
    for n, (chapter, end) in enumerate(zip(recording.chapters, ends, strict=True)):
        title = {"title": chapter.title}
        times = {"start": chapter.start, "end": end, "time_base": MILLISECONDS}
        yield {"id": n, **times, "metadata": title}


def _picture_block() -> bytes:
    """Return the cover as a FLAC picture block: type 3 (front), PNG, no description, 24 bits."""
    data, mime = cover(), b"image/png"
    head = struct.pack(">II", 3, len(mime)) + mime + struct.pack(">I", 0)
    return head + struct.pack(">IIIII", SIZE, SIZE, 24, 0, len(data)) + data


def _picture_stream(av: Any, out: Any) -> Any:
    stream = out.add_stream("png", rate=1)
    stream.width = stream.height = SIZE
    stream.pix_fmt = "rgb24"
    stream.disposition = av.stream.Disposition.attached_pic.value
    return stream


def _picture_packet(av: Any, stream: Any) -> Any:
    packet = av.Packet(cover())
    packet.stream, packet.time_base = stream, Fraction(1, 1)
    packet.pts = packet.dts = 0
    packet.is_keyframe = True
    return packet


def _frames(av: Any, recording: Recording, progress: Progress) -> Iterator[Any]:
    samples = recording.samples
    starts = [*range(0, len(samples), CHUNK), len(samples)]
    for start, end in pairwise(starts):
        frame = av.AudioFrame.from_ndarray(samples[None, start:end], format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = RATE, start, Fraction(1, RATE)
        yield frame
        progress(end, len(samples))
