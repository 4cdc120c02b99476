"""Cuts a stream into utterances by the voice activity detector of pocketsphinx."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voicecoach.audio.clip import Samples
from voicecoach.units import RATE, Frame


class Endpointer:
    """The detector, and where it stands in the stream; its clock is 0 at `renew`."""

    def __init__(self) -> None:
        import pocketsphinx  # type: ignore[import-untyped]

        self._library: Any = pocketsphinx
        self.renew(Frame(0))

    def renew(self, origin: Frame) -> None:
        """Begin with a fresh detector at a frame of the stream."""
        self._detector: Any = self._library.Endpointer()
        self._origin, self.fed, self._bytes = origin, origin, bytearray()

    @property
    def in_speech(self) -> bool:
        """Whether an utterance goes on."""
        return bool(self._detector.in_speech)

    @property
    def start(self) -> Frame:
        """Frame of the stream at which the last utterance began."""
        return self._at(self._detector.speech_start)

    @property
    def end(self) -> Frame:
        """Frame at which it ended; nothing that was not fed yet."""
        return min(self._at(self._detector.speech_end), self.fed)

    def feed(self, block: Samples) -> Iterator[bytes | None]:
        """Take int16 samples of any length; yield the speech in each piece, None without any."""
        self.fed = Frame(self.fed + len(block))
        self._bytes += block.tobytes()
        size = self._detector.frame_bytes
        while len(self._bytes) >= size:
            piece = bytes(self._bytes[:size])
            del self._bytes[:size]
            yield self._detector.process(piece)

    def finish(self) -> bytes | None:
        """Return the speech in what is left of the stream; `renew` comes after it."""
        last: bytes | None = self._detector.end_stream(bytes(self._bytes) or bytes(2))
        return last

    def _at(self, seconds: float) -> Frame:
        return Frame(self._origin + round(seconds * RATE))
